import { sleep } from "../../src/domain/clock.ts";
import type { Fetch as ProviderFetch } from "../../src/gateway/exchange.ts";
import type { Fetch } from "./simulated-network.ts";
import { alipayCall, chargedBy } from "./simulated-provider.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** Bugs to be planted between the parts. None is a switch in the product: each stands where another part would be. */

/** A till's line on which no answer to a journal batch counts as one that everything was taken. */
export function answersInvented(send: Fetch): Fetch {
  return async (input, init) => {
    if (!input.endsWith("/journal")) return send(input, init);
    return send(input, init).catch(() => {
      const asked = JSON.parse(new TextDecoder().decode(init.body as Uint8Array)) as {
        readonly series: number;
        readonly head: { readonly number: number; readonly hash: string };
      };
      const { number, hash } = asked.head;
      return Response.json({ series: asked.series, number, hash, at: 0, signature: "" });
    });
  };
}

/** A way to the providers that sends a charge again, a quarter of a minute later, when nothing came back. */
export function chargesLate(send: ProviderFetch, time: VirtualTime): ProviderFetch {
  return async (url, init) => {
    if (chargedBy(url, init) === null) return send(url, init);
    return send(url, init).catch(async () => {
      await sleep(time.clock, 15_000);
      return send(url, init);
    });
  };
}

/** A way to the providers on which no order is ever asked about, nor its notification's word replaced by a close. */
export function goesUnasked(send: ProviderFetch): ProviderFetch {
  return async (url, init) => {
    const call = alipayCall(url, init);
    const asks =
      call === null
        ? /\/out-trade-no\/[^/]+(?:\?.*)?$/.test(url) || /\/(?:close|reverse)$/.test(url)
        : /^alipay\.trade\.(?:query|cancel|close)$/.test(call.method);
    if (asks) throw new TypeError("nobody asks");
    return send(url, init);
  };
}

/** A gateway that does not see what other returns hold. */
export function claimsForgotten(text: string): string {
  return text.startsWith('select "lines", "parts" from "return_claim" where')
    ? text.replace('from "return_claim" where', 'from "return_claim" where false and')
    : text;
}
