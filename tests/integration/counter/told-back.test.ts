import { afterAll, beforeAll, expect, it } from "vitest";
import { officePayments as paymentsSchema } from "../../../src/contract/office.ts";
import { officeExceptions as exceptionsSchema } from "../../../src/contract/office-exceptions.ts";
import type { StoreId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { officeExceptions } from "../../../src/gateway/office/exceptions.ts";
import { officePayment, officePayments } from "../../../src/gateway/office/payments.ts";
import { ownerPass } from "../../fakes/owner-pass.ts";
import { counterStage, returnOf, sold, tell, untilRefund, type CounterStage } from "./counter-stage.ts";

const heping = "heping" as StoreId;
let stage: CounterStage;
beforeAll(async () => void (stage = await counterStage()));
afterAll(() => stage.stop());

const database = () => stage.bench.parts.database;

it("the office counts as given back what went back to the payer, in full and in part, and says so at each payment", async () => {
  const { a1 } = stage.tills;
  const kept = await sold(a1, 900, "wechat");
  const whole = await sold(a1, 6_498, "wechat");
  const part = await sold(a1, 1_000, "wechat");
  for (const [original, fen] of [
    [whole, 6_498],
    [part, 400],
  ] as const) {
    const back = returnOf(original, fen, a1, "wechat");
    await tell(a1, { kind: "saleCompleted", body: back.completed });
    await untilRefund(a1, back.refund, "succeeded");
  }
  const told = paymentsSchema.parse(await officePayments(database(), {}));
  expect(told.captured).toEqual(money(8_398, "CNY"));
  expect(told.givenBack).toEqual(money(6_898, "CNY"));
  const backOf = (id: string) => told.payments.find(({ payment }) => payment.id === id)?.givenBack;
  expect([kept, whole, part].map(({ attempt }) => backOf(attempt))).toEqual([
    undefined,
    money(6_498, "CNY"),
    money(400, "CNY"),
  ]);
  expect((await officePayment(database(), part.attempt))?.row.givenBack).toEqual(money(400, "CNY"));
});

it("money that went back twice is put before a person with the receipts of both returns and of their sale", async () => {
  const { a1, a2 } = stage.tills;
  const original = await sold(a1, 1_200, "wechat");
  const first = returnOf(original, 1_200, a1, "wechat");
  const second = returnOf(original, 1_200, a2, "wechat");
  const papers = [
    { ...first.completed, receipt: "A1-1-BACK" },
    { ...second.completed, receipt: "A2-1-BACK" },
  ] as const;
  await tell(a1, { kind: "saleCompleted", body: papers[0] });
  await tell(a2, { kind: "saleCompleted", body: papers[1] });
  const { exceptions } = exceptionsSchema.parse(await officeExceptions(database(), ownerPass([heping]), [heping]));
  const above = exceptions.filter(({ kind }) => kind === "refundAboveLeft");
  expect(above.map(({ subject }) => subject).toSorted()).toEqual([second.sale, second.refund].toSorted());
  for (const { receipts } of above)
    expect(receipts).toEqual([
      { sale: second.sale, receipt: "A2-1-BACK" },
      { sale: first.sale, receipt: "A1-1-BACK" },
      { sale: original.sale, receipt: original.completed.receipt },
    ]);
});
