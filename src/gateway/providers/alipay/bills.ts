import { z } from "zod";
import type { BillKind } from "../../../domain/bills/bill.ts";
import { download } from "../../download.ts";
import type { BillOutcome, BillRequest, BillRules, Bills } from "../../provider-bills.ts";
import type { AnswerNode } from "./answer-node.ts";
import { ask, transportFault, type AlipayPorts } from "./ask.ts";
import { billFault } from "./bill-table.ts";
import { readAlipayBill } from "./read-bill.ts";

/** A day's bills are there from about 9:00 on, and are asked for from 10:00; six years are kept. */
export const alipayBills: BillRules = {
  kinds: ["trade", "fundFlow"],
  zone: "Asia/Shanghai",
  cutMinute: 0,
  readyMinute: 600,
  keptDays: 2190,
};

/** A larger file, packed, is broken off; a million rows are a tenth of it. In bytes. */
export const billBytesMax = 1024 ** 3;

/** Alipay's `bill_type`; refunds from the balance have no file of their own. */
const typeOf: Readonly<Record<BillKind, string | null>> = {
  trade: "trade",
  balanceRefunds: null,
  fundFlow: "signcustomer",
};

const method = "alipay.data.dataservice.bill.downloadurl.query";
const address = z.object({ bill_download_url: z.string().max(4096) });

/** Fetching and reading Alipay's bills: a signed question for the address, then a plain GET at once, for the address ends in 30 s. */
export function billCalls(ports: AlipayPorts): Bills {
  return {
    bills: alipayBills,
    async fetchBill(request, signal) {
      const type = typeOf[request.kind];
      if (type === null)
        return { kind: "refused", word: { code: "TYPE_NOT_SUPPORTED", message: request.kind, httpStatus: 0 } };
      const members = () => ({ bill_type: type, bill_date: request.day });
      const told = await ask(ports, request, { method, members, notifyUrl: null }, addressIn, signal);
      return "url" in told ? fetchFile(ports, request, type, told.url, signal) : told;
    },
    billAccount: async (accountId) => (await ports.credentials(accountId)).sellerId,
    readBill: (kind, source) => readAlipayBill(kind, source),
  };
}

/** The address in a believed answer. `EMPTY_DATA_WITH_BILL_FILE` is a file like any other: it has no rows. */
function addressIn(node: AnswerNode): { readonly url: string } | BillOutcome {
  if (node.code !== "10000") return billFault(node);
  const read = address.safeParse(node.members);
  return read.success ? { url: read.data.bill_download_url } : { kind: "silence", why: "body" };
}

async function fetchFile(
  ports: AlipayPorts,
  request: BillRequest,
  type: string,
  told: string,
  signal: AbortSignal,
): Promise<BillOutcome> {
  const { gatewayUrl, sellerId } = await ports.credentials(request.accountId);
  const url = downloadAddress(told, gatewayUrl);
  if (url === null)
    return {
      kind: "refused",
      word: { code: "DOWNLOAD_ELSEWHERE", message: "bill_download_url is no public https address", httpStatus: 200 },
    };
  const answer = await download(
    ports,
    {
      url,
      headers: { Accept: "*/*", "User-Agent": "kuantai" },
      withinMs: request.downloadWithinMs,
      bytesMax: billBytesMax,
    },
    signal,
  );
  if (answer.kind === "silence") return answer;
  if (answer.kind === "refused") return transportFault(answer.status);
  return { kind: "file", name: `${sellerId}-${request.day}-${type}.csv.zip`, announced: null, bytes: answer.bytes };
}

/**
 * Where to fetch from: the gateway's own host as it stands (the sandbox), else a public name by https only: an address that Alipay
 * still tells with `http` is asked by https. Null for numbers, local names, other ports, and names with a password.
 */
export function downloadAddress(told: string, gatewayUrl: string): string | null {
  if (!URL.canParse(told)) return null;
  const url = new URL(told);
  if (url.username + url.password !== "") return null;
  if (url.origin === new URL(gatewayUrl).origin) return url.href;
  if (url.protocol === "http:" && url.port === "") url.protocol = "https:";
  const isPublic = /^(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]+$/u.test(url.hostname) && !localName.test(url.hostname);
  return url.protocol === "https:" && url.port === "" && isPublic ? url.href : null;
}

/** Names that never leave a house. */
const localName = /\.(?:local|localhost|localdomain|internal|intranet|lan|home|corp|arpa)$/u;
