import type { Counter } from "../register/state.ts";

/** What a key or a gesture does. */
export type Action =
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
  | "help";

/** How a finger does it; each of them has a button beside it. `press`: its own large key on the screen. */
export type Gesture = "press" | "swipeLeft" | "swipeRight" | "swipeUpDown" | "longPress";

export type KeyRow = {
  readonly action: Action;
  /** Names of keys as `keyName` gives them; none where only a finger can point at the thing, as at a phone's ticket. */
  readonly keys: readonly string[];
  readonly gesture: Gesture;
  /** Where on the goods side it works. */
  readonly in: readonly Counter["kind"][];
  /** Cannot be given another key: it is what that key means everywhere. */
  readonly isFixed?: true;
};

/** A person's own keys, in place of the usual ones. */
export type OwnKeys = { readonly [A in Action]?: string };

export const counterKinds: readonly Counter["kind"][] = [
  "goods",
  "weigh",
  "tender",
  "secondPerson",
  "waiting",
  "declined",
  "done",
  "sales",
  "find",
  "return",
  "giveBack",
  "held",
  "line",
  "discount",
  "shift",
  "cashMove",
  "count",
  "handOver",
];
const goods = ["goods"] as const;
const paying = ["goods", "tender", "declined"] as const;
/** Nothing begun there is lost by leaving. */
const free = ["goods", "sales", "find", "held"] as const;
const betweenSales = [...free, "done", "shift"] as const;

/** Every action with its usual key and its gesture, in the order of a sale. */
export const keyTable: readonly KeyRow[] = [
  { action: "search", keys: ["F2", "/"], gesture: "press", in: betweenSales },
  { action: "lineMore", keys: ["+"], gesture: "press", in: goods },
  { action: "lineLess", keys: ["-"], gesture: "press", in: goods },
  { action: "lineRemove", keys: ["Delete"], gesture: "swipeLeft", in: goods },
  { action: "lineOpen", keys: ["*"], gesture: "swipeRight", in: goods },
  { action: "count", keys: ["="], gesture: "longPress", in: goods },
  { action: "discount", keys: ["F7"], gesture: "press", in: goods },
  { action: "hold", keys: ["F6"], gesture: "press", in: free },
  { action: "held", keys: ["Shift+F6"], gesture: "press", in: free },
  { action: "returnGoods", keys: ["F8"], gesture: "press", in: free },
  { action: "ticket", keys: [], gesture: "swipeUpDown", in: goods },
  { action: "pay", keys: ["F9"], gesture: "press", in: [...free, "weigh", "return", "line", "discount", "shift"] },
  { action: "cash", keys: ["F10"], gesture: "press", in: paying },
  { action: "showWechat", keys: ["F3"], gesture: "press", in: paying },
  { action: "showAlipay", keys: ["F4"], gesture: "press", in: paying },
  { action: "next", keys: ["Enter"], gesture: "press", in: ["done"], isFixed: true },
  { action: "printCopy", keys: ["Shift+F8"], gesture: "press", in: ["goods", "done", "sales"] },
  { action: "drawer", keys: ["Shift+F9"], gesture: "press", in: betweenSales },
  { action: "shift", keys: ["Shift+F2"], gesture: "press", in: betweenSales },
  { action: "back", keys: ["Escape"], gesture: "press", in: counterKinds, isFixed: true },
  { action: "help", keys: ["?", "F1"], gesture: "press", in: counterKinds },
];

/** The keys of `row` as this person has them. */
export function keysOf(row: KeyRow, own: OwnKeys): readonly string[] {
  const mine = own[row.action];
  return mine === undefined ? row.keys : [mine];
}

/** What `key` does where the goods side shows `kind`; null when nothing. */
export function actionOf(key: string, kind: Counter["kind"], own: OwnKeys): Action | null {
  return keyTable.find((row) => row.in.includes(kind) && keysOf(row, own).includes(key))?.action ?? null;
}

/** The other action that has `key` already, wherever it works: one key means one thing. */
export function takenBy(key: string, action: Action, own: OwnKeys): Action | null {
  return keyTable.find((row) => row.action !== action && keysOf(row, own).includes(key))?.action ?? null;
}

/**
 * A key's name in the table, with Shift only before keys that write nothing (Shift is already in what the others write). Null
 * for shortcuts of the browser, for an input method, and for keys that only shift.
 */
export function keyName(event: Pick<KeyboardEvent, KeyFields>): string | null {
  const { key, shiftKey } = event;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || key === "Process") return null;
  if (["Shift", "CapsLock", "Unidentified", "Dead", "AltGraph"].includes(key)) return null;
  return shiftKey && /^F\d+$/.test(key) ? `Shift+${key}` : key;
}
type KeyFields = "key" | "shiftKey" | "ctrlKey" | "altKey" | "metaKey" | "isComposing";

/** A function key, or Escape: it writes nothing, so that it works while somebody types. */
export function worksWhileTyping(key: string): boolean {
  return key === "Escape" || /^(?:Shift\+)?F\d+$/.test(key);
}

/**
 * Whether an action may have `key`: function keys but those of the browser's own (reload, full screen, tools), signs, and the
 * keys above the arrows. Letters, digits and points are for scanning and typing; Enter, Tab and arrows move about.
 */
export function isFreeKey(key: string): boolean {
  if (/^(?:Shift\+)?F(?:[1-46-9]|10)$/.test(key)) return true;
  if (["Delete", "Insert", "Home", "End", "PageUp", "PageDown"].includes(key)) return true;
  return /^[^\p{L}\p{N}\s.,]$/u.test(key);
}

/** Own keys as they are stored: `action=key` pairs. */
export function writtenOwnKeys(own: OwnKeys): string {
  return new URLSearchParams(Object.entries(own)).toString();
}

/** Own keys from what was stored; what is unknown, not free or taken is left out. */
export function readOwnKeys(stored: string): OwnKeys {
  const found = [...new URLSearchParams(stored)].flatMap(([name, key]): [Action, string][] => {
    const row = keyTable.find((each) => each.action === name);
    return row !== undefined && mayChange(row) && isFreeKey(key) ? [[row.action, key]] : [];
  });
  const own: OwnKeys = Object.fromEntries(found);
  return Object.fromEntries(found.filter(([action, key]) => takenBy(key, action, own) === null));
}

/** Whether a person may give `row` another key. */
export function mayChange(row: KeyRow): boolean {
  return row.isFixed !== true && row.keys.length > 0;
}
