import { expect, test } from "vitest";
import { paymentAnswer, paymentIn, type PaymentAsked } from "../../fakes/payment-answer.ts";
import { milk, registerBench } from "../../fakes/register-bench.ts";

test("captured although it was being reversed, and owed back: that money pays for nothing, and the sale is there to be paid again", async () => {
  let asked: { readonly id: string; readonly body: PaymentAsked } | null = null;
  let hears = { state: "pending", version: 1, givenBack: false };
  const bench = await registerBench((method, path, body) => {
    if (!path.startsWith("/v1/payments/")) return undefined;
    if (method === "PUT") asked = { id: paymentIn(path), body: body as PaymentAsked };
    if (asked === null) return undefined;
    const isPaid = hears.state === "captured";
    const answer = paymentAnswer(asked.id, asked.body, isPaid ? "captured" : "pending", hears.version);
    return { status: 200, body: { ...answer, state: hears.state, givenBack: hears.givenBack } };
  });
  const { register, clock, ledger } = bench;
  await register.scan(milk.barcodes[0] ?? "");
  await register.beginTender();
  await register.scan("130000000000000001");
  await clock.advance(1_000);
  hears = { state: "reversing", version: 2, givenBack: false };
  await clock.advance(10_000);
  hears = { state: "captured", version: 3, givenBack: true };
  await clock.advance(10_000);
  expect(register.state.get()).toMatchObject({ counter: { kind: "declined", givenBack: true } });
  expect(await ledger.database.sale.count()).toBe(0);
  expect((await ledger.database.attempt.toArray()).map((row) => row.resolved)).toEqual([1]);
  expect(register.state.get().sale?.lines).toHaveLength(1);
});
