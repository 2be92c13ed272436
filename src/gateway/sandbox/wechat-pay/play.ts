import type { PlayMaker, PlayParts, ProviderPlay } from "../play.ts";
import type { SandboxAnswer, SandboxRequest } from "../wire.ts";
import { openBooks, type Books } from "./books.ts";
import { codepay } from "./codepay.ts";
import type { SandboxKeys } from "./keys.ts";
import { queryOrder, reverseOrder } from "./orders.ts";
import { answerPrompt, issueCode, walletState } from "./wallet.ts";
import { errorAnswer, signerOf } from "./wire.ts";

const orderPattern = /^\/v3\/pay\/transactions\/out-trade-no\/([^/?]{1,96})(\/reverse)?(?:\?[^/]*)?$/;

/** WeChat Pay API v3 over the given keys. */
export function wechatPayPlay(keys: SandboxKeys): PlayMaker {
  return { provider: "wechat", open: (parts) => openPlay({ ...parts, keys }) };
}

function openPlay(parts: PlayParts & { readonly keys: SandboxKeys }): ProviderPlay {
  const books = openBooks(parts);
  return {
    provider: "wechat",
    speaks: (url) => url.startsWith("/v3/") && !url.startsWith("/v3/alipay/"),
    answer: (request) => wireAnswer(request, books),
    issueCode: (wallet, behaviour) => issueCode(books, wallet, behaviour),
    walletState: (wallet) => walletState(books, wallet),
    scan: () => null,
    answerPrompt: (order, answer) => answerPrompt(books, order, answer),
    orders() {
      books.settle();
      return [...books.ledger.orders.values()];
    },
    playNotification: () => ({ status: 409, json: { problem: "code payments have no notification" } }),
    playRefund: () => ({ status: 409, json: { problem: "no refunds yet" } }),
    stop: () => books.stop(),
  };
}

function wireAnswer(request: SandboxRequest, books: Books): SandboxAnswer {
  const { keys, clock, random } = books.parts;
  const merchant = signerOf(request, keys, clock.now());
  if (typeof merchant === "string") return errorAnswer(401, "SIGN_ERROR", merchant, random);
  if (request.url === "/v3/pay/transactions/codepay" && request.method === "POST")
    return codepay(request, merchant, books);
  const [, outTradeNo, isReverse] = orderPattern.exec(request.url) ?? [];
  if (outTradeNo !== undefined && isReverse === undefined && request.method === "GET") {
    return queryOrder(request, merchant, books, unescaped(outTradeNo));
  }
  if (outTradeNo !== undefined && isReverse !== undefined && request.method === "POST") {
    return reverseOrder(request, merchant, books, unescaped(outTradeNo));
  }
  return errorAnswer(404, "NOT_FOUND", "接口不存在", random);
}

/** Percent escapes undone where they are UTF-8; otherwise as it stands, which no order's number is. */
function unescaped(text: string): string {
  return /%(?![0-7][0-9A-Fa-f])/u.test(text) ? text : decodeURIComponent(text);
}
