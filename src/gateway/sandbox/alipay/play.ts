import type { PlayMaker, ProviderPlay } from "../play.ts";
import { usualTerms, type AccountTerms } from "../settlement/terms.ts";
import { jsonObject, originOf, type SandboxAnswer, type SandboxRequest } from "../wire.ts";
import { accountOf, giveBackOutside } from "./bills/account.ts";
import { billAddress, downloadArchive, downloadPath } from "./bills/calls.ts";
import { anyOrder, type Books, type BooksParts } from "./books.ts";
import type { Call } from "./call.ts";
import type { AlipayPlayKeys } from "./keys.ts";
import { openBooks } from "./open-books.ts";
import { pay } from "./pay.ts";
import { precreate } from "./precreate.ts";
import { queryRefund, refundTrade } from "./refunds.ts";
import { scanCode } from "./scan.ts";
import { cancelTrade, closeTrade, queryTrade } from "./trades.ts";
import { answerPrompt, issueCode, walletState } from "./wallet.ts";
import { answered, gateFault, node, parametersOf, type GateFault, type Parameters } from "./wire.ts";

const path = "/gateway.do";

const methods: Readonly<Record<string, (call: Call) => SandboxAnswer>> = {
  "alipay.trade.pay": pay,
  "alipay.trade.precreate": precreate,
  "alipay.trade.query": queryTrade,
  "alipay.trade.cancel": cancelTrade,
  "alipay.trade.close": closeTrade,
  "alipay.trade.refund": refundTrade,
  "alipay.trade.fastpay.refund.query": queryRefund,
  "alipay.data.dataservice.bill.downloadurl.query": billAddress,
};

/** Alipay over gateway.do with the given keys; `terms` are the shop's. */
export function alipayPlay(keys: AlipayPlayKeys, terms: AccountTerms = usualTerms): PlayMaker {
  return { provider: "alipay", open: (parts) => openPlay({ ...parts, keys, terms }) };
}

function openPlay(parts: BooksParts): ProviderPlay {
  const books = openBooks(parts);
  return {
    provider: "alipay",
    speaks: (url) => isAt(path, url) || isAt(downloadPath, url),
    answer: (request) => (isAt(path, request.url) ? wireAnswer(request, books) : downloadArchive(request, books)),
    issueCode: (wallet, behaviour) => issueCode(books, wallet, behaviour),
    walletState: (wallet) => walletState(books, wallet),
    scan: (wallet, content, behaviour) => scanCode(books, wallet, content, behaviour),
    answerPrompt: (order, answer) => answerPrompt(books, order, answer),
    orders() {
      books.settle();
      return [...books.ledger.orders.values()];
    },
    playNotification(next, order) {
      books.record({ event: "notificationPlay", next, of: order ?? anyOrder });
      return { status: 200, json: { next, order } };
    },
    playRefund(next, order) {
      books.record({ event: "refundPlay", next, of: order ?? anyOrder });
      return { status: 200, json: { next, order } };
    },
    account: () => accountOf(books),
    giveBackOutside: (wanted) => giveBackOutside(books, wanted),
    stop: () => books.stop(),
  };
}

function isAt(wanted: string, url: string): boolean {
  return url === wanted || url.startsWith(`${wanted}?`);
}

/** Nothing is looked at before the signature. */
function wireAnswer(request: SandboxRequest, books: Books): SandboxAnswer {
  const parameters = parametersOf(request);
  const fault = gateFault(parameters, books.parts.keys, books.parts.clock.now());
  if (fault !== null) return faulty(parameters, fault, books);
  const name = parameters["method"] ?? "";
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method === undefined)
    return faulty(parameters, { code: "40002", subCode: "isv.invalid-method", message: "不存在的方法名" }, books);
  const members = jsonObject(Buffer.from(parameters["biz_content"] ?? "", "utf8"));
  if (members === null)
    return faulty(parameters, { code: "40002", subCode: "isv.invalid-parameter", message: "参数无效" }, books);
  return method({ parameters, members, books, origin: originOf(request) });
}

/** A known method's own node tells its fault; otherwise `error_response` does. */
function faulty(parameters: Parameters, { code, subCode, message }: GateFault, books: Books): SandboxAnswer {
  const isFault = !Object.hasOwn(methods, parameters["method"] ?? "");
  return answered(parameters, node(code, {}, { subCode, message }), books.parts.keys, { isFault });
}
