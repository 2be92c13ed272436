import { afterAll, beforeAll, expect, it } from "vitest";
import { sql } from "kysely";
import { codeOf, counterStage, pay, providers, type CounterStage } from "./counter-stage.ts";
import { until } from "./until.ts";

let stage: CounterStage;
beforeAll(async () => {
  stage = await counterStage({ lateQueryMs: 200 });
});
afterAll(() => stage.stop());

it.each(providers)(
  "%s: a yes after a certain no goes back by itself, and stands in the books once",
  async (channel) => {
    const { database } = stage.bench.parts;
    // captured at the provider, its answer lost; as if a certain no had been heard then
    stage.loseAnswer(channel === "wechat" ? "codepay" : "trade.pay", async () => undefined);
    const begun = await pay(stage.tills.a1, 777, channel, codeOf(channel));
    const declined = sql<never>`'{"reason":"notEnoughMoney"}'::jsonb`;
    await database
      .updateTable("payment_attempt")
      .set({ state: "declined", detail: declined })
      .where("id", "=", begun.attempt)
      .execute();
    await database.updateTable("job").set({ due_at: 0 }).where("subject", "=", begun.attempt).execute();
    const all = { moved: 777, givenBack: 777 };
    await until(
      async () => stage.truth(channel, begun.attempt),
      (truth) => truth?.givenBack === all.moved,
    );
    const refunds = () => database.selectFrom("refund").select(["cause", "state"]).where("attempt", "=", begun.attempt);
    const paid = await until(
      () => refunds().execute(),
      ([only]) => only?.state === "succeeded",
    );
    expect([stage.truth(channel, begun.attempt), paid]).toEqual([all, [{ cause: "lateCapture", state: "succeeded" }]]);
    const posted = await database
      .selectFrom("ledger_transfer")
      .select("event")
      .where("subject", "=", begun.attempt)
      .where("event", "=", "captured")
      .execute();
    expect(posted).toHaveLength(1);
  },
);
