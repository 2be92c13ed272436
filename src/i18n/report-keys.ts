import type { ReportTexts } from "./report-texts.ts";

/** What a row's key is called where it is no name of the shop's own: a way to pay, a rate, a way to give away. */
export function keyWord(by: string, key: string, words: ReportTexts): string | null {
  if (by === "tax") return words.taxRate(String(Number(key) / 100));
  if (by === "tender") return tenderWord(key, words);
  return by === "discount" ? discountWord(key, words) : null;
}

/** How a period of a report is written: an hour, a day as it is, an ISO week, a month. */
export function periodWord(period: string, words: ReportTexts): string {
  if (/^\d{1,2}$/.test(period)) return words.hour(Number(period));
  if (period.includes("W")) return words.week(period.slice(0, 4), Number(period.slice(6)));
  return period.length === 7 ? words.month(period.slice(0, 4), Number(period.slice(5))) : period;
}

function tenderWord(key: string, words: ReportTexts): string {
  const [first = "", second] = key.split("/");
  const channels: Readonly<Record<string, string>> = words.channels;
  if (first === "cash") return words.cash;
  return second === undefined ? (channels[first] ?? first) : words.unverified(channels[second] ?? second);
}

function discountWord(key: string, words: ReportTexts): string {
  const [kind = "", how = ""] = key.split("/");
  const kinds: Readonly<Record<string, string>> = words.discountKinds;
  const reasons: Readonly<Record<string, string>> = words.reasons;
  if (kind === "rounding") return words.roundingRow;
  if (kind === "line") return words.lineDiscount(kinds[how] ?? how);
  if (kind === "sale") return words.saleDiscount(kinds[how] ?? how);
  return kind === "price" ? words.priceChanged(reasons[how] ?? how) : words.offer;
}
