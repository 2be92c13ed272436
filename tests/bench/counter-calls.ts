import { setTimeout as sleep } from "node:timers/promises";
import type { OpenDatabase } from "../../src/gateway/store/database.ts";
import { systemClock } from "../../src/gateway/system-clock.ts";
import { pay, returnOf, sold, tell } from "../integration/counter/counter-stage.ts";
import type { Stage } from "./bench.ts";
import { timed, type Row } from "./figures.ts";
import { timedGateway, type TimedGateway } from "./timed-gateway.ts";

const samples = 120;
const warm = 20;
const fen = 4_560;
const askedWithinMs = 30_000;
const lookMs = 2;

/** A code to show, and a refund, on top of what the provider takes for each. */
export async function measureCounterCalls(stage: Stage): Promise<readonly Row[]> {
  const gateway = await timedGateway(stage, "till-a2");
  const { database } = await stage.shop();
  const codes: number[] = [];
  const refunds: number[] = [];
  for (let n = 0; n < samples + warm; n++) {
    const [code, refund] = [await codeOnce(gateway), await refundOnce(gateway, database)];
    if (n < warm) continue;
    codes.push(code);
    refunds.push(refund);
  }
  await gateway.stop();
  return [
    timed("code to show (WeChat native), gateway's own time", codes, 0.95, null),
    timed("refund: return handed in → provider asked", refunds, 0.95, null),
  ];
}

/** Asked for and there, with the entry that announces it; less the provider's own. */
async function codeOnce({ till, exchanges }: TimedGateway): Promise<number> {
  const startedAt = performance.now();
  const { attempt, sale, body } = await pay(till, fen, "wechat", null);
  const ms = performance.now() - startedAt;
  const theirs = exchanges.get(attempt);
  if (body.prompt === null || theirs === undefined) throw new Error(`no code came: ${JSON.stringify(body)}`);
  await tell(till, { kind: "attemptAbandoned", body: { attempt, sale, freed: false } });
  return ms - theirs.ms;
}

/** From the completed return on its way to the gateway until one of the shop's gateways asks the provider for the refund. */
async function refundOnce({ till }: TimedGateway, database: OpenDatabase): Promise<number> {
  const original = await sold(till, fen, "wechat");
  const back = returnOf(original, fen, till, "wechat");
  const claimed = await till.ask({ method: "POST", path: "/v1/returns", body: back.claim });
  if (claimed.statusCode !== 200) throw new Error(`the return was not allowed: ${claimed.body}`);
  const startedAt = systemClock.now();
  await tell(till, { kind: "saleCompleted", body: back.completed });
  while (systemClock.now() - startedAt < askedWithinMs) {
    const sent = await database
      .selectFrom("refund_event")
      .select("at")
      .where("refund", "=", back.refund)
      .where("kind", "=", "sent")
      .executeTakeFirst();
    if (sent !== undefined) return sent.at - startedAt;
    await sleep(lookMs);
  }
  throw new Error("the provider was never asked for the refund");
}
