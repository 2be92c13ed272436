/** What the keys page and the question for a count say. Actions and gestures by the names of the page's table. */
export type KeysWords = {
  readonly title: string;
  readonly text: string;
  readonly close: string;
  readonly reset: string;
  readonly groups: { readonly [G in "sell" | "ticket" | "pay" | "till"]: string };
  readonly action: {
    readonly [
      A in
        | "pay"
        | "cash"
        | "showWechat"
        | "showAlipay"
        | "hold"
        | "held"
        | "returnGoods"
        | "discount"
        | "lineMore"
        | "lineLess"
        | "lineRemove"
        | "lineOpen"
        | "count"
        | "ticket"
        | "search"
        | "printCopy"
        | "drawer"
        | "shift"
        | "next"
        | "back"
        | "help"
    ]: string;
  };
  readonly gesture: { readonly [G in "press" | "swipeLeft" | "swipeRight" | "swipeUpDown" | "longPress"]: string };
  readonly change: (action: string, keys: string) => string;
  readonly waiting: string;
  readonly fingerOnly: string;
  readonly taken: (key: string, action: string) => string;
  readonly notFree: (key: string) => string;
  readonly changed: (action: string, key: string) => string;
  readonly howMany: {
    readonly title: string;
    readonly label: string;
    readonly add: (count: number) => string;
    readonly cancel: string;
  };
};
