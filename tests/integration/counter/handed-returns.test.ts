import { afterAll, beforeAll, expect, test } from "vitest";
import { sql } from "kysely";
import type { SaleId } from "../../../src/domain/identifier.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { systemClock } from "../../../src/gateway/system-clock.ts";
import {
  codeOf,
  counterStage,
  pay,
  returnOf,
  sold,
  tell,
  ticketOf,
  untilRefund,
  type CounterStage,
} from "./counter-stage.ts";

let stage: CounterStage;
beforeAll(async () => {
  stage = await counterStage({ lateQueryMs: 60_000 });
});
afterAll(() => stage.stop());

/** A1 holds the ticket, and A2 takes it up. */
async function handOver(sale: SaleId): Promise<void> {
  const { a1, a2 } = stage.tills;
  const held = ticketOf(a1, sale, 10_000, systemClock.now());
  expect((await a1.ask({ method: "PUT", path: `/v1/held-sales/${sale}`, body: held })).statusCode).toBe(200);
  const claims = `/v1/held-sales/${sale}/claims`;
  await a2.ask({ method: "POST", path: claims, body: { v: 1, ends: false } });
  const release = { v: 1, to: "till-a2", ticket: held.ticket };
  await a1.ask({ method: "POST", path: `/v1/held-sales/${sale}/releases`, body: release });
  await a2.ask({ method: "POST", path: claims, body: { v: 1, ends: true, got: true } });
}

/** A2 holds it once more, and takes it up again out of the gateway's reach. */
async function heldAgain(sale: SaleId): Promise<void> {
  const body = ticketOf(stage.tills.a2, sale, 10_000, systemClock.now() + 1_000);
  const answer = await stage.tills.a2.ask({ method: "PUT", path: `/v1/held-sales/${sale}`, body });
  expect(answer.statusCode).toBe(200);
}

test.each([
  ["within its claim's time", false],
  ["after its claim lapsed", true],
])(
  "a return settled at one till, held and taken up at another %s, is settled there, and sent as the gateway saw it",
  async (_name, hasLapsed) => {
    const { database } = stage.bench.parts;
    const { a1, a2 } = stage.tills;
    const original = await sold(a1, 10_000, "wechat");
    const back = returnOf(original, 10_000, a1, "wechat");
    const claim = async (till = a2) =>
      (await till.ask({ method: "POST", path: "/v1/returns", body: back.claim })).statusCode;
    expect(await claim(a1)).toBe(200);
    await handOver(back.sale);
    if (hasLapsed) await sql`update return_claim set expires_at = 1 where sale = ${back.sale}`.execute(database);
    expect([await claim(), await claim()]).toEqual([200, 200]);
    await sql`update store set rules = rules || ${json({ refundsOnTrust: { day: 0 } })}`.execute(database);
    await tell(a2, { kind: "saleCompleted", body: { ...back.completed, approvals: [] } });
    await untilRefund(a2, back.refund, "succeeded");
    await sql`update store set rules = rules - 'refundsOnTrust'`.execute(database);
    expect(stage.truth("wechat", original.attempt)?.givenBack).toBe(10_000);
  },
);

test("a ticket held again where it was taken up is that till's, also when its taking up was not heard: it voids it and settles its returns", async () => {
  const { a1, a2 } = stage.tills;
  const begun = await pay(a1, 700, "wechat", codeOf("wechat", "0201"));
  await handOver(begun.sale);
  await heldAgain(begun.sale);
  await tell(a2, { kind: "saleVoided", body: { sale: begun.sale } });
  const row = await stage.bench.parts.database
    .selectFrom("sale")
    .select("state")
    .where("id", "=", begun.sale)
    .executeTakeFirst();
  expect(row?.state).toBe("voided");
  const original = await sold(a1, 10_000, "wechat");
  const back = returnOf(original, 10_000, a1, "wechat");
  await handOver(back.sale);
  await heldAgain(back.sale);
  const answer = await a2.ask({ method: "POST", path: "/v1/returns", body: back.claim });
  expect(answer.statusCode).toBe(200);
});
