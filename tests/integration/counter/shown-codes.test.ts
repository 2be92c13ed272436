import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { counterStage, pay, providers, sold, tell, untilPayment, type CounterStage } from "./counter-stage.ts";

/** Short enough to see a code end within seconds. */
const timings = { askWithinMs: 2_000, codeLivesMs: 3_000, lateQueryMs: 60_000, reverseRetryMs: [100, 200] };
let stage: CounterStage;
beforeAll(async () => {
  stage = await counterStage(timings);
});
afterAll(() => stage.stop());

describe.each(providers)("a code that the shop shows, %s", (channel) => {
  const scan = (content: string, behaviour = "usual") =>
    stage.control("/scan", { wallet: "phone-0001", content, behaviour });

  it("is answered with what the QR says and until when, and a scan pays it", async () => {
    const { attempt, body, status } = await pay(stage.tills.a1, 1_234, channel, null);
    expect(status).toBe(200);
    expect(body).toMatchObject({ state: "pending", presentment: "merchant", capture: null });
    expect(body.prompt?.content).toMatch(/^\w+:\/\//u);
    expect((await scan(body.prompt!.content)).status).toBe(200);
    const paid = await untilPayment(stage.tills.a1, attempt, "captured");
    expect(paid).toMatchObject({ prompt: null, capture: { order: { amount: 1_234 } } });
    expect(stage.truth(channel, attempt)).toEqual({ moved: 1_234, givenBack: 0 });
  });

  it("is closed by itself when its time is over, and cannot be paid afterwards", async () => {
    const { attempt, body } = await pay(stage.tills.a1, 555, channel, null);
    await untilPayment(stage.tills.a1, attempt, "closed");
    await scan(body.prompt!.content);
    expect(stage.truth(channel, attempt)?.moved ?? 0).toBe(0);
  });

  it("is closed at once when the till gives up", async () => {
    const { attempt, sale } = await pay(stage.tills.a1, 777, channel, null);
    await tell(stage.tills.a1, { kind: "attemptAbandoned", body: { attempt, sale, freed: false } });
    await untilPayment(stage.tills.a1, attempt, "closed");
  });

  it("is over when its order never came to the provider: nobody can have its code", async () => {
    stage.reach(false);
    const { attempt, body } = await pay(stage.tills.a1, 666, channel, null);
    stage.reach(true);
    expect(body).toMatchObject({ state: "unknown", prompt: null });
    await untilPayment(stage.tills.a1, attempt, "closed");
    expect(stage.truth(channel, attempt)?.moved ?? 0).toBe(0);
  });

  it("paid in the last second is adopted, not closed over", async () => {
    await stage.control("/notifications", { provider: channel, next: "lost" });
    const { attempt, body, sale } = await pay(stage.tills.a1, 888, channel, null);
    await scan(body.prompt!.content);
    await tell(stage.tills.a1, { kind: "attemptAbandoned", body: { attempt, sale, freed: false } });
    const paid = await untilPayment(stage.tills.a1, attempt, "captured");
    expect(paid.givenBack).toBe(false);
  });

  it("paid just before a closing whose answer is lost is kept where closing leaves it, else given back, and the body says which", async () => {
    const { attempt, body } = await pay(stage.tills.a1, 987, channel, null);
    stage.loseAnswer(channel === "wechat" ? "/close" : "alipay.trade.cancel", async () => {
      await scan(body.prompt!.content);
      // its notification arrives before anything else is asked
      await sleep(300);
    });
    const isKept = channel === "wechat";
    const ended = await untilPayment(stage.tills.a1, attempt, isKept ? "captured" : "reversed");
    await sleep(500);
    expect(stage.truth(channel, attempt)).toEqual({ moved: 987, givenBack: isKept ? 0 : 987 });
    expect(ended.givenBack).toBe(!isKept);
    const rows = await stage.bench.parts.database
      .selectFrom("ledger_transfer")
      .select(["debit", "amount"])
      .where("subject", "=", attempt)
      .execute();
    const receivable = rows.reduce((sum, row) => sum + (row.debit.startsWith("receivable") ? row.amount : 0), 0);
    const back = rows.reduce((sum, row) => sum + (row.debit === "suspense" ? row.amount : 0), 0);
    expect(receivable - back).toBe(isKept ? 987 : 0);
  });

  it("paid although the sale was freed goes back by itself, and the body says so", async () => {
    const { attempt, body, sale } = await pay(stage.tills.a1, 999, channel, null);
    await scan(body.prompt!.content);
    await tell(stage.tills.a1, { kind: "attemptAbandoned", body: { attempt, sale, freed: true } });
    const paid = await untilPayment(stage.tills.a1, attempt, "captured");
    for (let tries = 0; tries < 100 && stage.truth(channel, attempt)?.givenBack !== 999; tries++) await sleep(50);
    expect(stage.truth(channel, attempt)).toEqual({ moved: 999, givenBack: 999 });
    expect(paid.givenBack || (await untilPayment(stage.tills.a1, attempt, "captured")).givenBack).toBe(true);
  });

  it.each(["duplicate", "forged", "late", "lost"])("%s notifications change nothing but when", async (next) => {
    await stage.control("/notifications", { provider: channel, next });
    const { attempt, body } = await pay(stage.tills.a1, 321, channel, null);
    await scan(body.prompt!.content);
    await untilPayment(stage.tills.a1, attempt, "captured");
    await sleep(200);
    const { database } = stage.bench.parts;
    const rows = await database
      .selectFrom("ledger_transfer")
      .select("amount")
      .where("subject", "=", attempt)
      .where("event", "=", "captured")
      .execute();
    expect(rows).toEqual([{ amount: 321 }]);
  });

  it("and a payer's code are told apart by the second PUT of an id", async () => {
    const { attempt, completed } = await pay(stage.tills.a1, 150, channel, null);
    const again = await stage.tills.a1.ask({
      method: "PUT",
      path: `/v1/payments/${attempt}`,
      body: {
        v: 1,
        deadline: Date.now() + 5_000,
        amount: 150,
        currency: "CNY",
        channel,
        code: channel === "wechat" ? "130000123456789012" : "280000123456789012",
        sale: completed.sale,
        entry: { series: 1, number: 1 },
      },
    });
    expect(again.json()).toMatchObject({ code: "differentRequest" });
  });
});

it("a sale paid by both wallets' codes is captured by each provider once", async () => {
  for (const channel of providers) {
    const { attempt } = await sold(stage.tills.a2, 100, channel);
    expect(stage.truth(channel, attempt)).toEqual({ moved: 100, givenBack: 0 });
  }
});
