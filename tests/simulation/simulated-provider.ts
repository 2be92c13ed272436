import { sleep, type Instant } from "../../src/domain/clock.ts";
import type { Fetch } from "../../src/gateway/exchange.ts";
import { createSandbox } from "../../src/gateway/sandbox/sandbox.ts";
import { wechatPayPlay } from "../../src/gateway/sandbox/wechat-pay/play.ts";
import { sandboxFetch } from "../../src/gateway/sandbox/sandbox-fetch.ts";
import { memoryStore } from "../../src/gateway/sandbox/store.ts";
import { testSandboxKeys } from "../conformance/providers/wechat-stage.ts";
import type { Dice } from "./seeded.ts";
import { never, type Process, type VirtualTime } from "./virtual-time.ts";

/** When a request that can charge left the gateway. */
export type ChargeSeen = { readonly attempt: string; readonly at: Instant };

/** WeChat Pay's sandbox behind a line that loses and delays; it outlives every gateway. */
export type SimulatedProvider = {
  fetchFor(gateway: Process): Fetch;
  readonly lines: readonly string[];
  readonly charges: readonly ChargeSeen[];
  calm(): void;
};

const faultPercent = 6;

/** A provider with an empty ledger. */
export function simulatedProvider(time: VirtualTime, random: Dice, line: Dice): SimulatedProvider {
  const store = memoryStore();
  const sandbox = createSandbox({ clock: time.clock, random, store, timeFactor: 1 }, [wechatPayPlay(testSandboxKeys)]);
  const reach = sandboxFetch(sandbox);
  const charges: ChargeSeen[] = [];
  let isCalm = false;
  return {
    lines: store.lines,
    charges,
    calm: () => void (isCalm = true),
    fetchFor: (gateway) => async (url, init) => {
      if (!gateway.isAlive()) return never();
      if (url.endsWith("/codepay")) {
        const { out_trade_no: attempt } = JSON.parse(String(init.body)) as { out_trade_no: string };
        charges.push({ attempt, at: time.clock.now() });
      }
      const fault = !isCalm && line.chance(faultPercent) ? line.pick(["lost", "unanswered", "late"]) : "none";
      const there = line.between(10, 400) + (fault === "late" ? line.between(3_000, 12_000) : 0);
      const back = line.between(10, 200);
      await sleep(time.clock, there);
      if (fault === "lost") throw new TypeError("fetch failed");
      const answer = await reach(url, init);
      await sleep(time.clock, back);
      if (fault === "unanswered" || !gateway.isAlive()) return never();
      return answer;
    },
  };
}
