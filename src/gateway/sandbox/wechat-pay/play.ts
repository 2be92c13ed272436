import type { ControlReply, NotificationPlay, PlayMaker, ProviderPlay } from "../play.ts";
import type { SandboxAnswer, SandboxRequest } from "../wire.ts";
import { usualTerms, type AccountTerms } from "../settlement/terms.ts";
import { accountOf, giveBackOutside } from "./bills/account.ts";
import { downloadBill, downloadPath, fundFlowBill, tradeBill } from "./bills/calls.ts";
import { anyOrder, type Books, type BooksParts } from "./books.ts";
import { listCertificates } from "./certificates.ts";
import { closeOrder } from "./close.ts";
import { codepay } from "./codepay.ts";
import type { SandboxKeys } from "./keys.ts";
import { nativeOrder } from "./native.ts";
import { inventedNotification } from "./notification.ts";
import { openBooks } from "./open-books.ts";
import { queryOrder, reverseOrder } from "./orders.ts";
import { askRefund, queryRefund } from "./refunds.ts";
import { scanCode } from "./scan.ts";
import { answerPrompt, issueCode, walletState } from "./wallet.ts";
import { errorAnswer, signerOf, type SandboxMerchant } from "./wire.ts";

const orderPattern = /^\/v3\/pay\/transactions\/out-trade-no\/([^/?]{1,96})(\/reverse|\/close)?(?:\?[^/]*)?$/;
const transactionPattern = /^\/v3\/pay\/transactions\/id\/(\d{1,32})\?[^/]*$/;
const refundPattern = /^\/v3\/refund\/domestic\/refunds\/([^/?]{1,192})(?:\?[^/]*)?$/;
const certificatesPattern = /^\/v3\/certificates(?:\?algorithm_type=(?:RSA|ALL))?$/;

/** WeChat Pay API v3 over the given keys; `terms` are the shop's. */
export function wechatPayPlay(keys: SandboxKeys, terms: AccountTerms = usualTerms): PlayMaker {
  return { provider: "wechat", open: (parts) => openPlay({ ...parts, keys, terms }) };
}

function openPlay(parts: BooksParts): ProviderPlay {
  const books = openBooks(parts);
  return {
    provider: "wechat",
    speaks: (url) => url.startsWith("/v3/") && !url.startsWith("/v3/alipay/"),
    answer: (request) => wireAnswer(request, books),
    issueCode: (wallet, behaviour) => issueCode(books, wallet, behaviour),
    walletState: (wallet) => walletState(books, wallet),
    scan: (wallet, content, behaviour) => scanCode(books, wallet, content, behaviour),
    answerPrompt: (order, answer) => answerPrompt(books, order, answer),
    orders() {
      books.settle();
      return [...books.ledger.orders.values()];
    },
    playNotification: (next, order) => playNotification(books, next, order),
    playRefund(next, order) {
      books.record({ event: "refundPlay", next, of: order ?? anyOrder });
      return { status: 200, json: { next, order } };
    },
    account: () => accountOf(books),
    giveBackOutside: (wanted) => giveBackOutside(books, wanted),
    stop: () => books.stop(),
  };
}

/** Forging one of an order that nobody has paid invents the payment, at once. */
function playNotification(books: Books, next: NotificationPlay, number: string | null): ControlReply {
  const now = books.settle();
  const order = next === "forged" && number !== null ? books.ledger.orders.get(number) : undefined;
  if (order?.state === "NOTPAY" && order.notifyUrl !== null)
    books.record({ event: "notified", notification: inventedNotification(order, order.notifyUrl, now, books) });
  else books.record({ event: "notificationPlay", next, of: number ?? anyOrder });
  return { status: 200, json: { next, order: number } };
}

function wireAnswer(request: SandboxRequest, books: Books): SandboxAnswer {
  const { keys, clock, random } = books.parts;
  const merchant = signerOf(request, keys, clock.now());
  if (typeof merchant === "string") return errorAnswer(401, "SIGN_ERROR", merchant, random);
  const answer = request.method === "POST" ? posted(request, merchant, books) : asked(request, merchant, books);
  return answer ?? errorAnswer(404, "NOT_FOUND", "接口不存在", random);
}

function posted(request: SandboxRequest, merchant: SandboxMerchant, books: Books): SandboxAnswer | null {
  switch (request.url) {
    case "/v3/pay/transactions/codepay":
      return codepay(request, merchant, books);
    case "/v3/pay/transactions/native":
      return nativeOrder(request, merchant, books);
    case "/v3/refund/domestic/refunds":
      return askRefund(request, merchant, books);
    default: {
      const [, outTradeNo, act] = orderPattern.exec(request.url) ?? [];
      if (outTradeNo === undefined || act === undefined) return null;
      const undo = act === "/close" ? closeOrder : reverseOrder;
      return undo(request, merchant, books, unescaped(outTradeNo));
    }
  }
}

function asked(request: SandboxRequest, merchant: SandboxMerchant, books: Books): SandboxAnswer | null {
  if (request.method !== "GET") return null;
  if (certificatesPattern.test(request.url)) return listCertificates(request, merchant, books);
  switch (request.url.split("?")[0]) {
    case "/v3/bill/tradebill":
      return tradeBill(request, merchant, books);
    case "/v3/bill/fundflowbill":
      return fundFlowBill(request, merchant, books);
    case downloadPath:
      return downloadBill(request, books);
    default:
  }
  const [, outRefundNo] = refundPattern.exec(request.url) ?? [];
  if (outRefundNo !== undefined) return queryRefund(request, merchant, books, unescaped(outRefundNo));
  const [, transactionId] = transactionPattern.exec(request.url) ?? [];
  if (transactionId !== undefined) {
    const order = [...books.ledger.orders.values()].find((each) => each.transactionId === transactionId);
    return queryOrder(request, merchant, books, order?.outTradeNo ?? "");
  }
  const [, outTradeNo, act] = orderPattern.exec(request.url) ?? [];
  return outTradeNo === undefined || act !== undefined
    ? null
    : queryOrder(request, merchant, books, unescaped(outTradeNo));
}

/** Percent escapes undone where they are UTF-8; otherwise as it stands, which no order's number is. */
function unescaped(text: string): string {
  return /%(?![0-7][0-9A-Fa-f])/u.test(text) ? text : decodeURIComponent(text);
}
