import type { PaymentId, SaleId } from "../../src/domain/identifier.ts";
import { systemClock } from "../../src/gateway/system-clock.ts";
import { newId, sampleSale } from "../fakes/sample-sale.ts";
import type { SigningTill } from "../fakes/signing-till.ts";
import type { Stage } from "./bench.ts";
import { timed, type Row } from "./figures.ts";
import { timedGateway, type Exchanges } from "./timed-gateway.ts";

const charges = 240;
const warm = 40;
const overheadMsMax = 10;

/**
 * PUT /v1/payments over HTTP, on PostgreSQL with fsync, against the sandbox's process; less the time of the one exchange with
 * it. The asking till shares the gateway's process, so its signing counts against the gateway.
 */
export async function measureCharges(stage: Stage): Promise<readonly Row[]> {
  const { till, exchanges, stop } = await timedGateway(stage);
  await chargeMany(till, exchanges, warm, 1);
  const alone = await chargeMany(till, exchanges, charges, 1);
  const together = await chargeMany(till, exchanges, charges, 8);
  await stop();
  return [
    timed("charge, gateway's own time, one at a time", alone.own, 0.95, overheadMsMax),
    timed("  the provider's", alone.provider, 0.95, null),
    timed("charge, gateway's own time, eight at once", together.own, 0.95, overheadMsMax),
    timed("  the provider's", together.provider, 0.95, null),
  ];
}

async function chargeMany(
  till: SigningTill,
  exchanges: Exchanges,
  count: number,
  atOnce: number,
): Promise<{ readonly own: number[]; readonly provider: number[] }> {
  const own: number[] = [];
  const provider: number[] = [];
  let left = count;
  const oneByOne = async (): Promise<void> => {
    while (left-- > 0) {
      const { id, ms } = await chargeOnce(till);
      const theirs = exchanges.get(id)?.ms;
      if (theirs === undefined) throw new Error(`the provider was not asked for ${id}`);
      own.push(ms - theirs);
      provider.push(theirs);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, oneByOne));
  return { own, provider };
}

async function chargeOnce(till: SigningTill): Promise<{ readonly id: string; readonly ms: number }> {
  const { tag } = till.answer.settings;
  const id = newId<PaymentId>(tag);
  const body = {
    v: 1,
    deadline: systemClock.now() + 10_000,
    amount: 4_560,
    currency: "CNY",
    channel: "wechat",
    code: `130000${String(Math.floor(Math.random() * 1e12)).padStart(12, "0")}`,
    sale: sampleSale(newId<SaleId>(tag), 4_560).sale,
    entry: { series: till.answer.series, number: 1 },
  };
  const startedAt = performance.now();
  const answer = await till.ask({ method: "PUT", path: `/v1/payments/${id}`, body });
  const ms = performance.now() - startedAt;
  if (answer.json().state !== "captured") throw new Error(`a charge was not captured: ${answer.body}`);
  return { id, ms };
}
