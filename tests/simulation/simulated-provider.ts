import { sleep, type Instant, type Random } from "../../src/domain/clock.ts";
import type { Fetch } from "../../src/gateway/exchange.ts";
import { sandboxAccounts } from "../../src/gateway/sample-shop/sandbox-account.ts";
import { readAlipayKeys } from "../../src/gateway/sandbox/alipay/keys.ts";
import { alipayPlay } from "../../src/gateway/sandbox/alipay/play.ts";
import { createSandbox } from "../../src/gateway/sandbox/sandbox.ts";
import { sandboxFetch } from "../../src/gateway/sandbox/sandbox-fetch.ts";
import { memoryStore } from "../../src/gateway/sandbox/store.ts";
import { readWechatPayKeys } from "../../src/gateway/sandbox/wechat-pay/keys.ts";
import { wechatPayPlay } from "../../src/gateway/sandbox/wechat-pay/play.ts";
import { dice, type Dice } from "./seeded.ts";
import type { RunningGateway } from "./simulated-network.ts";
import { never, type Process, type VirtualTime } from "./virtual-time.ts";

/** When a request that can charge, or that makes a code to be paid, left the gateway. */
export type ChargeSeen = { readonly attempt: string; readonly at: Instant };

/** Both wallets' sandboxes behind a line that loses and delays, in both directions; they outlive every gateway. */
export type SimulatedProvider = {
  fetchFor(gateway: Process): Fetch;
  /** Plays a customer or sets a switch (`sandbox/README.md`); the status answered. */
  control(path: string, body: object): Promise<number>;
  readonly lines: readonly string[];
  readonly charges: readonly ChargeSeen[];
  /** What was done on this line, for the report. */
  readonly faults: Record<string, number>;
  calm(): void;
};

export type ProviderMaking = {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly line: Dice;
  readonly notices: Dice;
  readonly gateway: () => RunningGateway | null;
  /** A planted bug of the gateway's way out; the plain one without. */
  readonly plant?: (send: Fetch, time: VirtualTime) => Fetch;
};

const faultPercent = 6;
/** RSA keys take a while to make, and nothing that a seed repeats depends on them. */
const made = sandboxAccounts(dice(0, "accounts"), "https://sandbox.invalid");
export const simulatedAccounts = made.accounts;
/** Both sandboxes' plays, by keys that every simulation shares. */
export const simulatedPlays = [
  wechatPayPlay(readWechatPayKeys(made.sandboxKeys["wechatPay"], "wechatPay")),
  alipayPlay(readAlipayKeys(made.sandboxKeys["alipay"], "alipay")),
] as const;

/** Two providers with empty ledgers. */
export function simulatedProvider(making: ProviderMaking): SimulatedProvider {
  const { time, random, line, plant = (send) => send } = making;
  const store = memoryStore();
  const charges: ChargeSeen[] = [];
  const faults: Record<string, number> = {};
  const state = { isCalm: false };
  const note = (fault: string): void => void (faults[fault] = (faults[fault] ?? 0) + 1);
  const sandbox = createSandbox(
    { clock: time.clock, random, store, timeFactor: 1, fetch: toGateway(making, state, note) },
    simulatedPlays,
  );
  const reach = sandboxFetch(sandbox);
  const send: Fetch = async (url, init) => {
    const attempt = chargedBy(url, init);
    if (attempt !== null) charges.push({ attempt, at: time.clock.now() });
    const fault = !state.isCalm && line.chance(faultPercent) ? line.pick(["lost", "unanswered", "late"]) : "none";
    const there = line.between(10, 400) + (fault === "late" ? line.between(3_000, 12_000) : 0);
    const back = line.between(10, 200);
    await sleep(time.clock, there);
    if (fault === "lost") throw new TypeError("fetch failed");
    const answer = await reach(url, init);
    await sleep(time.clock, back);
    return fault === "unanswered" ? never() : answer;
  };
  const planted = plant(send, time);
  return {
    lines: store.lines,
    charges,
    faults,
    calm: () => void (state.isCalm = true),
    async control(path, body) {
      const answer = await sandbox.handle({
        method: "POST",
        url: `/_sandbox${path}`,
        headers: { "content-type": "application/json" },
        body: Buffer.from(JSON.stringify(body)),
      });
      return answer.kind === "cut" ? 0 : answer.status;
    },
    fetchFor: (gateway) => async (url, init) => {
      if (!gateway.isAlive()) return never();
      const answer = await planted(url, init).catch((trouble: unknown) =>
        gateway.isAlive() ? Promise.reject(trouble) : never<Response>(),
      );
      return gateway.isAlive() ? answer : never();
    },
  };
}

/** A notification on its way to whatever gateway runs, at the address it was asked to be sent to. */
function toGateway(making: ProviderMaking, state: { readonly isCalm: boolean }, note: (fault: string) => void): Fetch {
  const { time, notices } = making;
  return async (url, init) => {
    const isLost = !state.isCalm && notices.chance(8);
    await sleep(time.clock, notices.between(10, 900));
    const running = making.gateway();
    if (isLost || running === null) {
      note("noticeLost");
      throw new TypeError("fetch failed");
    }
    note("notices");
    const answer = await running.gateway.app.server.inject({
      method: "POST",
      url: new URL(url).pathname,
      headers: { ...Object.fromEntries(new Headers(init.headers)), host: "127.0.0.1" },
      payload: String(init.body),
    });
    return new Response(answer.statusCode === 204 ? null : answer.body, { status: answer.statusCode });
  };
}

/** The attempt that a request to a provider charges or shows a code for; null for every other request. */
export function chargedBy(url: string, init: RequestInit): string | null {
  const body = typeof init.body === "string" ? init.body : "";
  if (/\/(?:codepay|native)$/.test(url)) return (JSON.parse(body) as { out_trade_no: string }).out_trade_no;
  const form = alipayCall(url, init);
  return form !== null && /^alipay\.trade\.(?:pay|precreate)$/.test(form.method) ? form.order : null;
}

/** Alipay's method and order number in a request; null when it is not Alipay's. */
export function alipayCall(url: string, init: RequestInit): { readonly method: string; readonly order: string } | null {
  if (!new URL(url).pathname.endsWith("/gateway.do")) return null;
  const form = new URLSearchParams(typeof init.body === "string" ? init.body : "");
  const content = JSON.parse(form.get("biz_content") ?? "{}") as { readonly out_trade_no?: string };
  return { method: form.get("method") ?? "", order: content.out_trade_no ?? "" };
}
