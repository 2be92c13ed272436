import { z } from "zod";
import type { BillKind } from "../../../domain/bills/bill.ts";
import { download } from "../../download.ts";
import type { BillOutcome, BillRequest, BillRules, Bills } from "../../provider-bills.ts";
import type { ProviderWord } from "../../provider-outcome.ts";
import { billFault } from "./bill-table.ts";
import { readWechatBill } from "./read-bill.ts";
import { call, signedHeaders, type AccountLine } from "./signed-exchange.ts";

/** A day's bills are there from 9:00 on, the provider's guide says to ask after 10:00; three months are kept. */
export const wechatPayBills: BillRules = {
  kinds: ["trade", "balanceRefunds", "fundFlow"],
  zone: "Asia/Shanghai",
  cutMinute: 0,
  readyMinute: 600,
  keptDays: 90,
};

/** A larger file, packed, is broken off; a million rows are a tenth of it. In bytes. */
export const billBytesMax = 1024 ** 3;

const pathOf: Readonly<Record<BillKind, (day: string) => string>> = {
  trade: (day) => `/v3/bill/tradebill?bill_date=${day}&bill_type=ALL&tar_type=GZIP`,
  balanceRefunds: (day) => `/v3/bill/tradebill?bill_date=${day}&bill_type=RECHARGE_REFUND&tar_type=GZIP`,
  fundFlow: (day) => `/v3/bill/fundflowbill?bill_date=${day}&account_type=BASIC&tar_type=GZIP`,
};
const nameOf: Readonly<Record<BillKind, string>> = {
  trade: "trade-all",
  balanceRefunds: "trade-recharge-refund",
  fundFlow: "fund-flow-basic",
};

const address = z.object({
  hash_type: z.literal("SHA1"),
  hash_value: z.string().regex(/^[0-9a-fA-F]{40}$/u),
  download_url: z.string().max(2048),
});

/** Fetching and reading WeChat Pay's bills: a signed question for the address, then the file at once, for the address soon ends. */
export function billCalls(lineOf: (accountId: string) => Promise<AccountLine>): Bills {
  return {
    bills: wechatPayBills,
    async fetchBill(request, signal) {
      const line = await lineOf(request.accountId);
      const path = pathOf[request.kind](encodeURIComponent(request.day));
      const answer = await call(line, { method: "GET", path, body: "", withinMs: request.withinMs }, signal);
      if ("kind" in answer) return answer;
      if (answer.status !== 200) return billFault(answer.word, answer.status);
      const read = address.safeParse(answer.json);
      if (!read.success) return { kind: "silence", why: "body" };
      const { hash_value: value, download_url: url } = read.data;
      const filePath = ownPath(url, line.credentials.baseUrl);
      if (filePath === null) return { kind: "refused", word: elsewhere };
      return fetchFile(line, request, { path: filePath, announced: { type: "SHA1", value } }, signal);
    },
    billAccount: async (accountId) => (await lineOf(accountId)).credentials.mchid,
    readBill: (kind, source) => readWechatBill(kind, source),
  };
}

const elsewhere: ProviderWord = {
  code: "DOWNLOAD_ELSEWHERE",
  message: "download_url names another host than the account's base URL",
  httpStatus: 200,
};

/** Path and query of an address on the base URL's own host, as they go on the wire; null for any other, which is not asked. */
export function ownPath(url: string, baseUrl: string): string | null {
  if (!URL.canParse(url)) return null;
  const { origin, username, password, pathname, search } = new URL(url);
  return origin === new URL(baseUrl).origin && username + password === "" ? pathname + search : null;
}

async function fetchFile(
  line: AccountLine,
  request: BillRequest,
  file: { readonly path: string; readonly announced: { readonly type: "SHA1"; readonly value: string } },
  signal: AbortSignal,
): Promise<BillOutcome> {
  const { ports, credentials } = line;
  const answer = await download(
    ports,
    {
      url: credentials.baseUrl + file.path,
      headers: { Accept: "*/*", ...signedHeaders(ports, credentials, { method: "GET", path: file.path, body: "" }) },
      withinMs: request.downloadWithinMs,
      bytesMax: billBytesMax,
    },
    signal,
  );
  if (answer.kind === "silence") return answer;
  if (answer.kind === "refused") {
    const why = answer.status === 429 ? "busy" : answer.status >= 500 ? "server" : "unlisted";
    return { kind: "silence", why, word: { code: `HTTP ${answer.status}`, message: "", httpStatus: answer.status } };
  }
  return {
    kind: "file",
    name: `${credentials.mchid}-${request.day}-${nameOf[request.kind]}.csv.gz`,
    announced: file.announced,
    bytes: answer.bytes,
  };
}
