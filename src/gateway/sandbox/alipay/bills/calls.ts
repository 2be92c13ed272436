import type { Instant } from "../../../../domain/clock.ts";
import { noteShown } from "../../settlement/books.ts";
import { dayAfter, dayOf, isDay } from "../../settlement/days.ts";
import { gbk } from "../../settlement/gbk.ts";
import { applyPlants, isFlowMissing } from "../../settlement/plan.ts";
import { billState, writtenAt } from "../../settlement/ready.ts";
import type { TradeRow } from "../../settlement/trade-row.ts";
import { controlAnswer, fileAnswer, type SandboxAnswer, type SandboxRequest } from "../../wire.ts";
import type { Books } from "../books.ts";
import { done, failed, type Call } from "../call.ts";
import { accountByType, accountDetails, accountRows } from "./account-file.ts";
import { accountOf } from "./account.ts";
import { tradeByStore, tradeDetails } from "./trade-file.ts";
import { zip } from "./zip.ts";

/** Where archives are fetched, without a signature. */
export const downloadPath = "/downloadBillFile.resource";
const addressGoodMs = 30_000;
/** Six years back. */
const keptDays = 6 * 366;
const monthPattern = /^\d{4}-(?:0[1-9]|1[0-2])$/;
const names = { trade: ["业务明细", "业务明细(汇总)"], signcustomer: ["账务明细", "账务明细(汇总)"] } as const;
type BillType = keyof typeof names;

/** The day's rows as the truth knows them. */
export function billRows(rows: readonly TradeRow[], day: string): readonly TradeRow[] {
  return rows.filter(({ at }) => dayOf(at) === day);
}

/** `alipay.data.dataservice.bill.downloadurl.query`: days only; a month's bill is never there. */
export function billAddress(call: Call): SandboxAnswer {
  const { books, members, origin } = call;
  const { bill_type: type, bill_date: day } = members;
  const wrong = (name: string): SandboxAnswer => failed(call, "INVAILID_ARGUMENTS", `入参不合法：${name}`);
  if (type !== "trade" && type !== "signcustomer") return wrong("bill_type");
  if (typeof day === "string" && monthPattern.test(day)) return failed(call, "BILL_NOT_EXIST", "账单不存在");
  if (!isDay(day)) return wrong("bill_date");
  const now = books.settle();
  const state = billState(day, now, books.parts.settlement);
  if (state === "future") return wrong("bill_date");
  if (state === "early" || dayAfter(day, keptDays) < dayOf(now)) return failed(call, "BILL_NOT_EXIST", "账单不存在");
  const texts = type === "trade" ? tradeTexts(books, day, now) : accountTexts(books, day, now);
  if (texts === "missing") return failed(call, "BILL_NOT_EXIST", "账单不存在");
  if (texts === "empty") return failed(call, "NO_BILL_DATA", "账单无数据");
  const { sellerId } = books.parts.keys;
  const token = books.downloads.offer(archive(texts, type, fileBase(sellerId, day), day), now, addressGoodMs);
  const query = new URLSearchParams({
    bizType: type,
    userId: sellerId,
    fileType: "csv.zip",
    bizDates: day.replaceAll("-", ""),
    downloadFileName: `${fileBase(sellerId, day)}.csv.zip`,
    fileId: token,
  });
  return done(call, { bill_download_url: `${origin}${downloadPath}?${query.toString()}` });
}

/** Plain GET; whoever has the address has the file. */
export function downloadArchive(request: SandboxRequest, books: Books): SandboxAnswer {
  const token = new URLSearchParams(request.url.split("?")[1] ?? "").get("fileId") ?? "";
  const file = request.method === "GET" ? books.downloads.take(token, books.parts.clock.now()) : null;
  return file === null
    ? controlAnswer(404, { problem: "this address is over: ask for the bill again" })
    : fileAnswer(file, "application/octet-stream");
}

type Texts = readonly [details: string, sums: string] | "missing" | "empty";

function tradeTexts(books: Books, day: string, now: Instant): Texts {
  const { settlement, keys } = books.parts;
  const rows = billRows(accountOf(books).rows, day);
  const planned = applyPlants(rows, settlement.plants("alipay"), day, now);
  const ids = planned.applied.map(({ id }) => id);
  noteShown(settlement, ids, "alipay trade", day, now);
  if (planned.isMissing) return "missing";
  if (planned.rows.length === 0) return "empty";
  const of = { account: accountName(keys.sellerId), day };
  return [tradeDetails(planned.rows, of, planned.footerOff), tradeByStore(planned.rows, of)];
}

function accountTexts(books: Books, day: string, now: Instant): Texts {
  const { settlement, keys } = books.parts;
  const missing = isFlowMissing(settlement.plants("alipay"), day, now);
  noteShown(settlement, missing, "alipay account flow", day, now);
  if (missing.length > 0) return "missing";
  const rows = accountRows(accountOf(books), day);
  if (rows.length === 0) return "empty";
  const of = { account: accountName(keys.sellerId), day };
  return [accountDetails(rows, of), accountByType(rows, of)];
}

function archive(texts: Exclude<Texts, string>, type: BillType, base: string, day: string): Uint8Array {
  const entries = texts.map((text, index) => ({
    name: gbk(`${base}_${names[type][index] ?? ""}.csv`),
    bytes: gbk(text),
  }));
  return zip(entries, writtenAt(day));
}

/** The account as the files write it. */
function accountName(sellerId: string): string {
  return `${sellerId}0156`;
}

function fileBase(sellerId: string, day: string): string {
  return `${accountName(sellerId)}_${day.replaceAll("-", "")}`;
}
