import { afterAll, beforeAll, expect, it } from "vitest";
import type { OfficeException } from "../../../src/contract/office-exceptions.ts";
import { instant } from "../../../src/domain/clock.ts";
import type { RefundId, SaleId, StoreId } from "../../../src/domain/identifier.ts";
import type { JournalFact } from "../../../src/domain/journal.ts";
import { money } from "../../../src/domain/money.ts";
import type { RefundEvent } from "../../../src/domain/refund.ts";
import { raiseException } from "../../../src/gateway/books/exceptions.ts";
import { officeExceptions } from "../../../src/gateway/office/exceptions.ts";
import { applyEvent } from "../../../src/gateway/payments/apply-event.ts";
import { applyRefund } from "../../../src/gateway/refunds/apply-refund.ts";
import { systemClock } from "../../../src/gateway/system-clock.ts";
import { ownerPass } from "../../fakes/owner-pass.ts";
import { sampleSale } from "../../fakes/sample-sale.ts";
import { counterStage, newId, pay, tell, untilPayment, type CounterStage } from "./counter-stage.ts";
import { until } from "./until.ts";

let stage: CounterStage;
beforeAll(async () => {
  stage = await counterStage({ lateQueryMs: 60_000 });
});
afterAll(() => stage.stop());

const store = "heping" as StoreId;
const told = { kind: "queried", detail: null };
const database = () => stage.bench.parts.database;

/** What the office's list says of these subjects. */
async function shown(...subjects: readonly string[]): Promise<OfficeException["kind"][]> {
  const { exceptions } = await officeExceptions(database(), ownerPass([store]), [store]);
  return exceptions.filter(({ subject }) => subjects.includes(subject)).map(({ kind }) => kind);
}

const capture = (fen: number) => ({
  order: money(fen, "CNY"),
  receivable: money(fen, "CNY"),
  paid: money(fen, "CNY"),
  providerTransactionId: "4200000000000000042",
  capturedAt: instant(systemClock.now()),
  discounts: [],
});

it("a payment that came too late leaves the office's list once the customer has the money back, and comes back with a refund that fails after all", async () => {
  const { attempt, sale } = await pay(stage.tills.a1, 615, "wechat", null);
  await tell(stage.tills.a1, { kind: "attemptAbandoned", body: { attempt, sale, freed: false } });
  await untilPayment(stage.tills.a1, attempt, "closed");
  await applyEvent(
    database(),
    store,
    attempt,
    { kind: "captured", capture: capture(615) },
    told,
    instant(systemClock.now()),
  );
  const refund = await until(
    () => database().selectFrom("refund").select(["id", "state"]).where("attempt", "=", attempt).executeTakeFirst(),
    (row) => row !== undefined && row.state !== "owed",
  );
  const id = refund!.id as RefundId;
  const apply = (event: RefundEvent) => applyRefund(database(), store, id, event, told, instant(systemClock.now()));
  await apply({ kind: "failed", reason: "notPaid" });
  expect((await shown(attempt, id)).toSorted()).toEqual(["lateCapture", "refundStuck"]);
  const paid = { asked: money(615, "CNY"), taken: money(615, "CNY"), providerRefundId: "1", at: instant(1) };
  await apply({ kind: "succeeded", paid });
  expect(await shown(attempt, id)).toEqual([]);
  const rows = await database().selectFrom("exception_item").selectAll().where("subject", "=", attempt).execute();
  expect(rows).toMatchObject([{ kind: "lateCapture", detail: { closed: `succeeded: ${id}` } }]);
  const late = await database()
    .selectFrom("late_capture")
    .select("settled_at")
    .where("attempt", "=", attempt)
    .execute();
  expect(late[0]?.settled_at).toBeGreaterThan(0);
  await apply({ kind: "abnormal", reason: "payerUnreachable" });
  expect(await shown(attempt, id)).toEqual(["refundStuck"]);
});

it("a reversal that needed a person needs none once it went through", async () => {
  const { attempt } = await pay(stage.tills.a1, 616, "wechat", "130000000000000009");
  const detail = { amount: null, detail: null, staff: null };
  await raiseException(database(), { store, kind: "reversalStuck", subject: attempt, detail }, instant(1));
  expect(await shown(attempt)).toEqual(["reversalStuck"]);
  await database().updateTable("payment_attempt").set({ state: "reversing" }).where("id", "=", attempt).execute();
  const at = instant(systemClock.now());
  const step = await applyEvent(database(), store, attempt, { kind: "reversed", moneyMoved: true }, told, at);
  expect(step?.attempt.state.kind).toBe("reversed");
  expect(await shown(attempt)).toEqual([]);
});

it.each(["completed", "voided"])(
  "a sale left open at the end of its shift is off the list when it is %s",
  async (end) => {
    const till = stage.tills.a2;
    const sale = newId<SaleId>(till);
    const attempt = newId<never>(till);
    const over = { at: instant(systemClock.now()), session: newId<never>(till) };
    const say = async (fact: JournalFact) => expect((await till.drain([till.write(fact, over)])).statusCode).toBe(200);
    await say({ kind: "paymentAttempted", body: { attempt, sale, amount: money(100, "CNY"), channel: "wechat" } });
    const none = money(0, "CNY");
    const body = { openedAt: instant(1), sales: 0, total: none, cash: none, payments: none, inDoubt: [], shift: null };
    await say({ kind: "sessionClosed", body });
    expect(await shown(sale)).toEqual(["saleLeftOpen"]);
    if (end === "completed") await say({ kind: "saleCompleted", body: sampleSale(sale, 100) });
    else await say({ kind: "saleVoided", body: { sale } });
    expect(await shown(sale)).toEqual([]);
  },
);
