import { sleep } from "../../domain/clock.ts";
import { openBooks, type SandboxParts } from "./books.ts";
import { codepay } from "./codepay.ts";
import { queryOrder, reverseOrder } from "./orders.ts";
import { controlCall } from "./wallet-control.ts";
import { errorAnswer, signerOf, type SandboxAnswer, type SandboxRequest } from "./wire.ts";

/** WeChat Pay as a function: a request in, an answer or a cut connection out. */
export type Sandbox = {
  /** Resolves when the answer is due; what it tells is in the store by then. */
  handle(request: SandboxRequest): Promise<SandboxAnswer>;
  /** Cancels timers and closes the store. */
  stop(): void;
};

const orderPattern = /^\/v3\/pay\/transactions\/out-trade-no\/([^/?]{1,96})(\/reverse)?(?:\?[^/]*)?$/;

/** WeChat Pay's sandbox over the given clock, randomness, store and keys. */
export function createSandbox(parts: SandboxParts): Sandbox {
  const books = openBooks(parts);
  const route = (request: SandboxRequest): SandboxAnswer => {
    if (request.url.startsWith("/_sandbox/")) return controlCall(request, books);
    const merchant = signerOf(request, parts.keys, parts.clock.now());
    if (typeof merchant === "string") return errorAnswer(401, "SIGN_ERROR", merchant, parts.random);
    if (request.url === "/v3/pay/transactions/codepay" && request.method === "POST")
      return codepay(request, merchant, books);
    const [, outTradeNo, isReverse] = orderPattern.exec(request.url) ?? [];
    if (outTradeNo !== undefined && isReverse === undefined && request.method === "GET") {
      return queryOrder(request, merchant, books, unescaped(outTradeNo));
    }
    if (outTradeNo !== undefined && isReverse !== undefined && request.method === "POST") {
      return reverseOrder(request, merchant, books, unescaped(outTradeNo));
    }
    return errorAnswer(404, "NOT_FOUND", "接口不存在", parts.random);
  };
  return {
    async handle(request) {
      const answer = route(request);
      if (answer.afterMs > 0) await sleep(parts.clock, answer.afterMs);
      return answer;
    },
    stop: () => books.stop(),
  };
}

/** Percent escapes undone where they are UTF-8; otherwise as it stands, which no order's number is. */
function unescaped(text: string): string {
  return /%(?![0-7][0-9A-Fa-f])/u.test(text) ? text : decodeURIComponent(text);
}
