import { afterAll, beforeAll, expect, it } from "vitest";
import { sql } from "kysely";
import { instant } from "../../../src/domain/clock.ts";
import type { StoreId } from "../../../src/domain/identifier.ts";
import type { Job } from "../../../src/gateway/jobs/jobs.ts";
import { createAccounts } from "../../../src/gateway/payments/accounts.ts";
import { applyEvent } from "../../../src/gateway/payments/apply-event.ts";
import type { PaymentEngine } from "../../../src/gateway/payments/engine.ts";
import { processNews } from "../../../src/gateway/payments/news.ts";
import { watchKind } from "../../../src/gateway/payments/watch-plan.ts";
import { watchWork } from "../../../src/gateway/payments/watch-work.ts";
import type { ProviderOutcome } from "../../../src/gateway/provider-outcome.ts";
import { systemClock } from "../../../src/gateway/system-clock.ts";
import { codeOf, counterStage, pay, type CounterStage } from "./counter-stage.ts";

let stage: CounterStage;
beforeAll(async () => {
  stage = await counterStage({ lateQueryMs: 60_000, queryAfterMs: [60_000] });
});
afterAll(() => stage.stop());

const store = "heping" as StoreId;
const database = () => stage.bench.parts.database;

/** An attempt that was paid, its answer lost, and that is being reversed; nobody here knows that it was paid. */
async function reversing(fen: number) {
  stage.loseAnswer("trade.pay", async () => undefined);
  const { attempt } = await pay(stage.tills.a1, fen, "alipay", codeOf("alipay"));
  await database().deleteFrom("job").where("subject", "=", attempt).execute();
  await database().updateTable("payment_attempt").set({ state: "reversing" }).where("id", "=", attempt).execute();
  return attempt;
}

const stateOf = (attempt: string) =>
  database()
    .selectFrom("payment_attempt")
    .select(["state", sql<boolean>`coalesce((detail->>'refundOwed')::boolean, false)`.as("refundOwed")])
    .where("id", "=", attempt)
    .executeTakeFirst();

it("a reversal that is refused for a payment nobody had heard of asks for its state, and the money is owed back", async () => {
  const attempt = await reversing(4_400);
  const accounts = createAccounts(stage.bench.parts);
  const refused: ProviderOutcome = {
    kind: "reversalRefused",
    word: { code: "ACQ.TRADE_CANCEL_TIME_OUT", httpStatus: 200 } as never,
  };
  const engine: PaymentEngine = {
    parts: stage.bench.parts,
    accounts: {
      ...accounts,
      byId: async (...given) => {
        const account = await accounts.byId(...given);
        return { ...account, provider: { ...account.provider, reverse: async () => refused } };
      },
    },
    news: processNews(),
    wake: () => undefined,
    running: new Set(),
  };
  const job: Job = {
    store,
    id: `${watchKind}/${attempt}`,
    kind: watchKind,
    subject: attempt,
    payload: null,
    dueAt: instant(systemClock.now()),
    tries: 0,
  };
  await watchWork(engine, job);
  expect(await stateOf(attempt)).toEqual({ state: "captured", refundOwed: true });
  const owed = await database().selectFrom("refund").select("cause").where("attempt", "=", attempt).execute();
  expect(owed).toEqual([{ cause: "reversalRefused" }]);
});

it("an order that is closed while a known payment of it is reversed was given back: its posting is taken back in red", async () => {
  const attempt = await reversing(4_500);
  const capture = {
    order: { amount: 4_500, currency: "CNY" },
    receivable: { amount: 4_500, currency: "CNY" },
    paid: { amount: 4_500, currency: "CNY" },
    providerTransactionId: "2026",
    capturedAt: instant(1),
    discounts: [],
  } as never;
  const told = { kind: "queried", detail: null };
  const at = instant(systemClock.now());
  await applyEvent(database(), store, attempt, { kind: "captured", capture }, told, at);
  await applyEvent(database(), store, attempt, { kind: "closed" }, told, at);
  expect((await stateOf(attempt))?.state).toBe("reversed");
  const posted = await database()
    .selectFrom("ledger_transfer")
    .select("event")
    .where("subject", "=", attempt)
    .execute();
  expect(new Set(posted.map(({ event }) => event))).toEqual(new Set(["captured", "captureReversed"]));
});
