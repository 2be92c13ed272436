import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Instant } from "../../../../domain/clock.ts";
import { noteShown } from "../../settlement/books.ts";
import { dayMs, dayOf, isDay, momentOf } from "../../settlement/days.ts";
import { applyPlants, isFlowMissing } from "../../settlement/plan.ts";
import { billState, snapshotAt } from "../../settlement/ready.ts";
import type { TradeRow } from "../../settlement/trade-row.ts";
import { fileAnswer, originOf, type SandboxAnswer, type SandboxRequest } from "../../wire.ts";
import type { Books } from "../books.ts";
import { errorAnswer, signedAnswer, type SandboxMerchant } from "../wire.ts";
import { accountOf } from "./account.ts";
import { fundRows, writeFundFlow } from "./fund-file.ts";
import { billTypes, rowsOfType, writeTradeBill } from "./trade-file.ts";

/** Where files are fetched. */
export const downloadPath = "/v3/billdownload/file";
const addressGoodMs = 5 * 60_000;
/** Three months, as long as they can be. */
const keptMs = 92 * dayMs;

type Asked = { readonly request: SandboxRequest; readonly merchant: SandboxMerchant; readonly books: Books };
/** The file's bytes, or null when there is nothing of that day. */
type Make = (day: string, now: Instant) => Uint8Array | null;

/** The day's rows as the truth knows them: payments by when they were paid, refunds by when they were taken on. */
export function billRows(rows: readonly TradeRow[], day: string): readonly TradeRow[] {
  return rows.filter(({ at }) => dayOf(at) === day);
}

/** `GET /v3/bill/tradebill?bill_date=…` */
export function tradeBill(request: SandboxRequest, merchant: SandboxMerchant, books: Books): SandboxAnswer {
  const asked = { request, merchant, books };
  const type = billTypes.find((each) => each === (parameter(request, "bill_type") ?? "ALL"));
  if (type === undefined) return refused(asked, "PARAM_ERROR", "参数错误：bill_type");
  return told(asked, (day, now) => {
    const state = accountOf(books);
    const { settlement } = books.parts;
    const planned = applyPlants(billRows(state.rows, day), settlement.plants("wechat"), day, now);
    const rows = rowsOfType(planned.rows, type);
    const stands = (row: TradeRow | null): boolean =>
      row === null ? type === "ALL" : rowsOfType([row], type).length > 0;
    const ids = planned.applied.flatMap(({ id, row }) => (stands(row) ? id : []));
    noteShown(settlement, ids, `wechat ${type}`, day, now);
    if (planned.isMissing || rows.length === 0 || state.account !== merchant.mchid) return null;
    return writeTradeBill(rows, type, {
      merchant,
      snapshot: snapshotAt(day, now),
      footerOff: type === "ALL" ? planned.footerOff : 0,
    });
  });
}

/** `GET /v3/bill/fundflowbill?bill_date=…`; there is a BASIC account alone. */
export function fundFlowBill(request: SandboxRequest, merchant: SandboxMerchant, books: Books): SandboxAnswer {
  const asked = { request, merchant, books };
  const type = parameter(request, "account_type") ?? "BASIC";
  if (!["BASIC", "OPERATION", "FEES"].includes(type)) return refused(asked, "PARAM_ERROR", "参数错误：account_type");
  return told(asked, (day, now) => {
    const state = accountOf(books);
    const { settlement } = books.parts;
    const missing = isFlowMissing(settlement.plants("wechat"), day, now);
    noteShown(settlement, missing, "wechat fund flow", day, now);
    const rows = fundRows(state, day);
    const isNone = missing.length > 0 || rows.length === 0 || type !== "BASIC" || state.account !== merchant.mchid;
    return isNone ? null : writeFundFlow(rows);
  });
}

/** `GET /v3/billdownload/file?token=…`: the signature of the request was checked, the answer bears none. */
export function downloadBill(request: SandboxRequest, books: Books): SandboxAnswer {
  const file = books.downloads.take(parameter(request, "token") ?? "", books.parts.clock.now());
  if (file === null) return errorAnswer(400, "INVALID_REQUEST", "下载地址已失效，请重新申请账单", books.parts.random);
  return fileAnswer(file, "application/octet-stream");
}

function told(asked: Asked, make: Make): SandboxAnswer {
  const { request, books } = asked;
  const day = parameter(request, "bill_date");
  const tar = parameter(request, "tar_type");
  if (!isDay(day)) return refused(asked, "PARAM_ERROR", "参数错误：bill_date");
  if (tar !== undefined && tar !== "GZIP") return refused(asked, "PARAM_ERROR", "参数错误：tar_type");
  const now = books.settle();
  if (now - momentOf(day, 0) > keptMs) return refused(asked, "INVALID_REQUEST", "账单日期超出可下载的范围：三个月");
  switch (billState(day, now, books.parts.settlement)) {
    case "future":
      return refused(asked, "INVALID_REQUEST", "账单日期不能晚于今日");
    case "early":
      return refused(asked, "STATEMENT_CREATING", "账单生成中，请次日9点后再试");
    case "ready": {
      const file = make(day, now);
      if (file === null) return refused(asked, "NO_STATEMENT_EXIST", "请求的账单文件不存在");
      const { keys, random } = books.parts;
      const token = books.downloads.offer(tar === undefined ? file : gzipSync(file), now, addressGoodMs);
      const json = {
        hash_type: "SHA1",
        hash_value: createHash("sha1").update(file).digest("hex"),
        download_url: `${originOf(request)}${downloadPath}?token=${token}${tar === undefined ? "" : "&tartype=gzip"}`,
      };
      return signedAnswer({ status: 200, json }, request, { keys, now, random });
    }
  }
}

function refused({ books }: Asked, code: string, message: string): SandboxAnswer {
  return errorAnswer(400, code, message, books.parts.random);
}

function parameter(request: SandboxRequest, name: string): string | undefined {
  return new URLSearchParams(request.url.split("?")[1] ?? "").get(name) ?? undefined;
}
