/** What digits 3 to 6 of a payment code make the sandbox do, so that a till needs nothing special. */
export type Switch = {
  /** What the payer does: pays at once, pays or cancels by himself after a while, or is asked and never answers. */
  readonly payer:
    | "paysAtOnce"
    | "paysLater"
    | "cancelsLater"
    | "neverAnswers"
    | "answersInWallet"
    | "cannotPay"
    | "codeRefused";
  /** What becomes of the answer to codepay. */
  readonly answer: "true" | "systemError" | "cut" | "late" | "wronglySigned";
  /** False: the request is lost before it makes an order. */
  readonly makesOrder: boolean;
  /** Reversals that fail first, and how. */
  readonly reverseFails: { readonly times: number; readonly as: "systemError" | "userPaying" };
  /** The payer pays in the moment the reversal (of a shown code: the closing) arrives. */
  readonly paysAtReverse: boolean;
  /** A coupon of a tenth of the amount: `others` fund it and the shop receives it, or the `shop` gives it up. */
  readonly coupon: "none" | "others" | "shop";
};

const plain: Switch = {
  payer: "paysAtOnce",
  answer: "true",
  makesOrder: true,
  reverseFails: { times: 0, as: "systemError" },
  paysAtReverse: false,
  coupon: "none",
};

/** The table of the sheet, section 15, and four of our own, so that a person or a test can play them: 0100, 0503, 0601, 0602. */
export const switches: Readonly<Record<string, Switch>> = {
  "0000": plain,
  /** Ours: the password is asked and the wallet page answers. */
  "0100": { ...plain, payer: "answersInWallet" },
  "0101": { ...plain, payer: "paysLater" },
  "0102": { ...plain, payer: "cancelsLater" },
  "0103": { ...plain, payer: "neverAnswers" },
  "0201": { ...plain, payer: "cannotPay" },
  "0202": { ...plain, payer: "codeRefused" },
  "0301": { ...plain, answer: "systemError" },
  "0302": { ...plain, answer: "systemError", makesOrder: false },
  "0303": { ...plain, answer: "cut" },
  "0304": { ...plain, answer: "cut", makesOrder: false },
  "0305": { ...plain, answer: "late" },
  "0401": { ...plain, answer: "wronglySigned" },
  "0501": { ...plain, payer: "neverAnswers", reverseFails: { times: 2, as: "systemError" } },
  "0502": { ...plain, payer: "neverAnswers", paysAtReverse: true },
  /** Ours: the payer is typing, so the first reversal is answered USERPAYING. */
  "0503": { ...plain, payer: "neverAnswers", reverseFails: { times: 1, as: "userPaying" } },
  /** Ours: a coupon funded by others (WeChat CASH), and one funded by the shop (WeChat NOCASH). */
  "0601": { ...plain, coupon: "others" },
  "0602": { ...plain, coupon: "shop" },
};

/** The behaviour that `digits` name; `plain` when they name none. */
export function switchOf(digits: string): Switch {
  return (Object.hasOwn(switches, digits) ? switches[digits] : undefined) ?? plain;
}

/** Delays of the switches, before the time factor. */
export const payerActsAfterMs = 8_000;
export const lateAnswerAfterMs = 40_000;

/** Above this the payer is asked for the password unless a switch says otherwise: 1000 yuan, in fen. */
export const passwordAboveFen = 100_000;

/** The behaviour a code and an amount choose. */
export function chosenSwitch(code: string, total: number, isFromWallet: boolean): Switch {
  const digits = switchDigits(code);
  const listed = Object.hasOwn(switches, digits) ? switches[digits] : undefined;
  if (listed !== undefined) return listed;
  if (total <= passwordAboveFen) return plain;
  return { ...plain, payer: isFromWallet ? "answersInWallet" : "paysLater" };
}

/** Digits 3 to 6. */
export function switchDigits(code: string): string {
  return code.slice(2, 6);
}
