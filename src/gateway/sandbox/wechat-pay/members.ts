/** The provider takes no more in one payment than this: 500,000 yuan, in fen. */
const totalFenMax = 50_000_000;
const outTradeNoPattern = /^[0-9A-Za-z_\-|*]{6,32}$/;
/** Characters of four UTF-8 bytes are refused. */
const astral = /[\u{10000}-\u{10FFFF}]/u;

/** A text of so many characters. */
export function isText(value: unknown, lengthMin: number, lengthMax: number): value is string {
  return typeof value === "string" && value.length >= lengthMin && value.length <= lengthMax;
}

/** `description`: shown to the payer. */
export function isDescription(value: unknown): value is string {
  return isText(value, 1, 127) && !astral.test(value);
}

/** `out_trade_no`: the merchant's number. */
export function isOutTradeNo(value: unknown): value is string {
  return typeof value === "string" && outTradeNoPattern.test(value);
}

/** Fen that one payment can take. */
export function isTotal(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= totalFenMax;
}

const notifyUrlLengthMax = 255;
const loopbackNames = ["127.0.0.1", "localhost", "[::1]"];

/** `notify_url`: https without a query; http only to this machine, for a shop that is tried at home. */
export function isNotifyUrl(value: unknown): value is string {
  if (typeof value !== "string" || value.length > notifyUrlLengthMax || !URL.canParse(value)) return false;
  const { protocol, hostname, search, hash } = new URL(value);
  const isTold = protocol === "https:" || (protocol === "http:" && loopbackNames.includes(hostname));
  return isTold && search === "" && hash === "" && !value.includes("?");
}
