import type { Told } from "./wire.ts";
import type { Wanted } from "./trade.ts";

/** Fen that one payment can take: 100 million yuan. */
const totalFenMax = 10_000_000_000;
const outTradeNoPattern = /^[0-9A-Za-z_]{1,64}$/;
const yuanPattern = /^(\d{1,9})(?:\.(\d{1,2}))?$/;
const livesPattern = /^(\d{1,5})([mhd])$/;
const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
/** A trade without a time of its own. */
const livesMsUsual = 3 * 3_600_000;
const livesMsMax = 15 * 86_400_000;
const notifyUrlLengthMax = 256;

/** The members of `biz_content`. */
export type Members = Readonly<Record<string, unknown>>;

/** Fen of a yuan text between 0.01 and 100 000 000.00, or null. */
export function fenIn(value: unknown): number | null {
  const [, whole = "", decimals = ""] = yuanPattern.exec(typeof value === "string" ? value : "") ?? [];
  if (whole === "") return null;
  const fen = Number(whole) * 100 + Number(decimals.padEnd(2, "0"));
  return fen >= 1 && fen <= totalFenMax ? fen : null;
}

/** Fen as yuan with two decimals. */
export function yuan(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;
}

/** What pay and precreate have in common, or the name of the first member the provider would refuse. */
export function readWanted(members: Members, sellerId: string, notifyUrl: string | undefined): Wanted | string {
  const { out_trade_no: outTradeNo, subject, store_id: storeId, terminal_id: terminalId } = members;
  if (!isOutTradeNo(outTradeNo)) return "out_trade_no";
  const total = fenIn(members["total_amount"]);
  if (total === null) return "total_amount";
  if (typeof subject !== "string" || subject === "" || subject.length > 256 || /[/=&]/u.test(subject)) return "subject";
  if (members["seller_id"] !== undefined && members["seller_id"] !== sellerId) return "seller_id";
  if (!isShortText(storeId)) return "store_id";
  if (!isShortText(terminalId)) return "terminal_id";
  const livesMs = livesMsOf(members["timeout_express"]);
  if (livesMs === null) return "timeout_express";
  if (notifyUrl !== undefined && !isNotifyUrl(notifyUrl)) return "notify_url";
  const places = { storeId: storeId ?? "", terminalId: terminalId ?? "" };
  return { outTradeNo, total, subject, livesMs, notifyUrl: notifyUrl ?? null, ...places };
}

/** True when two requests for one number ask for the same. */
export function isSame(a: Wanted, b: Wanted): boolean {
  return a.total === b.total && a.subject === b.subject;
}

/** How long a `1m`–`15d` lives; the usual time when nothing is said, null for another form. */
export function livesMsOf(value: unknown, usualMs: number = livesMsUsual): number | null {
  if (value === undefined) return usualMs;
  if (value === "1c") return unitMs["d"] ?? null;
  const [, count, unit = ""] = livesPattern.exec(typeof value === "string" ? value : "") ?? [];
  const ms = Number(count) * (unitMs[unit] ?? Number.NaN);
  return ms >= 60_000 && ms <= livesMsMax ? ms : null;
}

/** `out_trade_no`: the shop's number. */
export function isOutTradeNo(value: unknown): value is string {
  return typeof value === "string" && outTradeNoPattern.test(value);
}

/** The answer's members that repeat a number. */
export function named(outTradeNo: string | undefined): Told {
  return outTradeNo === undefined ? {} : { out_trade_no: outTradeNo };
}

function isShortText(value: unknown): value is string | undefined {
  return value === undefined || (typeof value === "string" && value.length <= 32);
}

function isNotifyUrl(value: string): boolean {
  return value.length <= notifyUrlLengthMax && URL.canParse(value) && /^https?:/u.test(value);
}
