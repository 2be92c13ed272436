import { amountMax, minorUnits, type MinorUnits } from "../../../domain/money.ts";

const yuanPattern = /^(0|[1-9]\d{0,10})(?:\.(\d{1,2}))?$/;

/** Fen (not negative) as Alipay writes money: yuan with two decimals, made by text. */
export function yuanText(fen: MinorUnits): string {
  const digits = String(fen).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The fen in a yuan text, or null when it is no amount of whole fen. A JSON number is read by its own digits. */
export function fenOf(yuan: string | number): MinorUnits | null {
  const [, whole, decimals = ""] = yuanPattern.exec(String(yuan)) ?? [];
  if (whole === undefined) return null;
  const fen = Number(whole + decimals.padEnd(2, "0"));
  return fen > amountMax ? null : minorUnits(fen);
}
