import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  officePayment,
  officePayments,
  officeSale,
  officeSales,
  officeSession,
  officeTills,
  type OfficePayment,
  type OfficePayments,
  type OfficeSale,
  type OfficeSales,
  type StoryStep,
} from "../../../src/contract/office.ts";
import { officeExceptions } from "../../../src/contract/office-exceptions.ts";
import type { PaymentId, SaleId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { resetOwner } from "../../../src/gateway/office/owner.ts";
import { newId, sampleSale } from "../../fakes/sample-sale.ts";
import type { SigningTill } from "../../fakes/signing-till.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { chargeAt, plays, quickTimings, sandboxAtHand, tell, untilState, type Played } from "./office-stage.ts";

let bench: GatewayBench;
let till: SigningTill;
let cookie = "";
beforeAll(async () => {
  const { account, fetch } = sandboxAtHand({ ...quickTimings, reverseAfterMs: 2_000 });
  bench = await gatewayBench({ fetch }, [account]);
  await bench.gateway.start();
  till = await bench.till("till-a1");
  const password = await resetOwner(bench.parts);
  const signed = await bench.gateway.app.server.inject({
    method: "POST",
    url: "/v1/office/sign-ins",
    headers: { host: "localhost", origin: "http://localhost", "content-type": "application/json" },
    payload: JSON.stringify({ v: 1, password, newPassword: "a long new password" }),
  });
  cookie = String(signed.headers["set-cookie"]).split(";")[0] ?? "";
});
afterAll(() => bench.gateway.stop());

async function get<Told>(path: string): Promise<Told> {
  const answer = await bench.gateway.app.server.inject({
    url: `/v1/office/${path}`,
    headers: { host: "localhost", cookie },
  });
  return answer.json<Told>();
}
const told = (story: readonly StoryStep[]): string[] =>
  story.map((step) =>
    [
      step.source,
      step.source === "provider" ? `${step.asked}→${step.what}` : step.what,
      step.source === "books" ? `${step.debit}>${step.credit} ${step.amount.amount}` : "",
    ]
      .join(" ")
      .trim(),
  );
const complete = (played: Played) => tell(till, bench.parts.clock, { kind: "saleCompleted", body: played.completed });

describe("the story", () => {
  it("of a paid sale names till, gateway, provider and books in the order in which things happened", async () => {
    const paid = await chargeAt(till, bench.parts.clock, 11_300, plays.pays);
    await complete(paid);
    const story = [
      "till paymentAttempted",
      "gateway submitted",
      "provider charged→captured",
      "books captured receivable/wechat-sandbox>suspense 11300",
      "till saleCompleted",
      "books saleCompleted suspense>revenue/1300 10000",
      "books saleCompleted suspense>outputTax/1300 1300",
    ];
    const sale = await get<OfficeSale>(`sales/${paid.sale}`);
    expect(told(sale.story)).toEqual(story);
    expect(sale.story[0]).toMatchObject({ source: "till", who: "王芳", amount: { amount: 11_300 } });
    expect(sale.story[2]).toMatchObject({ detail: expect.stringMatching(/^42\d+$/), amount: { amount: 11_300 } });
    const payment = await get<OfficePayment>(`payments/${paid.attempt}`);
    expect(told(payment.story)).toEqual(story.slice(0, 5));
    expect(payment.row).toMatchObject({ receipt: paid.completed.receipt, payment: { state: "captured" } });
  });

  it("of a sale whose first payment was declined keeps the provider's own words and both payments", async () => {
    const sale = newId<SaleId>(till.answer.settings.tag);
    const declined = await chargeAt(till, bench.parts.clock, 2_260, plays.cannotPay, sale);
    await complete({ ...declined, completed: sampleSale(sale, 2_260) });
    const whole = await get<OfficeSale>(`sales/${sale}`);
    expect(told(whole.story)).toEqual([
      "till paymentAttempted",
      "gateway submitted",
      "provider charged→declined",
      "till saleCompleted",
      "books saleCompleted drawer/till-a1>revenue/1300 2000",
      "books saleCompleted drawer/till-a1>outputTax/1300 260",
    ]);
    expect(whole.story[2]).toMatchObject({ detail: expect.stringMatching(/^NOT_ENOUGH ./), payment: declined.attempt });
    expect(whole.payments).toMatchObject([{ id: declined.attempt, state: "declined", reason: "notEnoughMoney" }]);
  });

  it("of a payment nobody answered tells every query, the reversal and that the till had given up", async () => {
    const silent = await chargeAt(till, bench.parts.clock, 990, plays.neverAnswers);
    await tell(till, bench.parts.clock, {
      kind: "attemptAbandoned",
      body: { attempt: silent.attempt, sale: silent.sale, freed: false },
    });
    await untilState(till, silent.attempt, "reversed");
    const payment = await get<OfficePayment>(`payments/${silent.attempt}`);
    const steps = told(payment.story);
    expect(steps.slice(0, 3)).toEqual(["till paymentAttempted", "gateway submitted", "provider charged→payerPrompted"]);
    expect(steps).toEqual(
      expect.arrayContaining([
        "till attemptAbandoned",
        "gateway abandoned",
        "provider lastQuery→payerPrompted",
        "gateway reverseRequested",
        "provider reversed→reversed",
      ]),
    );
    expect(steps.filter((step) => step.startsWith("books"))).toEqual([]);
    expect(payment.row.payment).toMatchObject({ state: "reversed", abandoned: true });
  });

  it("of a payment that was captured, freed and given back ends with its posting in red", async () => {
    const freed = await chargeAt(till, bench.parts.clock, 1_130, plays.pays);
    await tell(till, bench.parts.clock, {
      kind: "attemptAbandoned",
      body: { attempt: freed.attempt, sale: freed.sale, freed: true },
    });
    await untilState(till, freed.attempt, "reversed");
    const steps = told((await get<OfficePayment>(`payments/${freed.attempt}`)).story);
    expect(steps).toContain("till attemptFreed");
    expect(steps.filter((step) => step.startsWith("books"))).toEqual([
      "books captured receivable/wechat-sandbox>suspense 1130",
      "books captureReversed receivable/wechat-sandbox>suspense -1130",
    ]);
  });

  it("of a sale made offline says when it reached the gateway", async () => {
    const sale = newId<SaleId>(till.answer.settings.tag);
    const at = (bench.parts.clock.now() - 20 * 60_000) as never;
    await till.drain([till.write({ kind: "saleCompleted", body: sampleSale(sale, 500) }, { at })]);
    const { story } = await get<OfficeSale>(`sales/${sale}`);
    expect(told(story).filter((step) => !step.startsWith("books"))).toEqual([
      "till saleCompleted",
      "gateway saleArrived",
    ]);
  });

  it("of an id that was given up before it was seen says that it can never charge", async () => {
    const attempt = newId<PaymentId>(till.answer.settings.tag);
    const sale = newId<SaleId>(till.answer.settings.tag);
    await tell(till, bench.parts.clock, {
      kind: "paymentAttempted",
      body: { attempt, sale, amount: money(700, "CNY"), channel: "wechat" },
    });
    await tell(till, bench.parts.clock, { kind: "attemptAbandoned", body: { attempt, sale, freed: false } });
    await untilState(till, attempt, "closed");
    const payment = await get<OfficePayment>(`payments/${attempt}`);
    expect(told(payment.story)).toEqual(["till paymentAttempted", "till attemptAbandoned", "gateway closedUnseen"]);
  });
});

describe("a list", () => {
  it("finds sales and payments by receipt, by our ids and by the provider's number, and by nothing else", async () => {
    const paid = await chargeAt(till, bench.parts.clock, 4_321, plays.pays);
    await complete(paid);
    const { providerTransactionId } = paid.body.capture!;
    const elsewhere = await get<OfficeSales>(`sales?query=${paid.sale}&date=2001-01-01`);
    expect(elsewhere.sales.map(({ id }) => id)).toEqual([paid.sale]);
    for (const query of [paid.completed.receipt, paid.sale, paid.attempt, providerTransactionId]) {
      const sales = await get<OfficeSales>(`sales?query=${query.toLowerCase()}`);
      const payments = await get<OfficePayments>(`payments?query=${query}`);
      expect([query, sales.sales.map(({ id }) => id), sales.sum.amount]).toEqual([query, [paid.sale], 4_321]);
      expect([query, payments.payments.map(({ payment }) => payment.id)]).toEqual([query, [paid.attempt]]);
    }
    for (const query of [String(paid.sale).slice(0, 20), "%", "' or 1=1 --"])
      expect((await get<OfficeSales>(`sales?query=${encodeURIComponent(query)}`)).count).toBe(0);
  });

  it("is of one business date and one store when asked so, with count and sums of just these", async () => {
    const other = await bench.till("till-b1");
    const sale = newId<SaleId>(other.answer.settings.tag);
    const text = other.write(
      { kind: "saleCompleted", body: sampleSale(sale, 777) },
      { at: bench.parts.clock.now(), businessDate: "2026-03-01" as never },
    );
    expect((await other.drain([text])).statusCode).toBe(200);
    const ofDay = await get<OfficeSales>("sales?date=2026-03-01");
    expect([ofDay.count, ofDay.sum.amount, ofDay.sales[0]?.id]).toEqual([1, 777, sale]);
    expect((await get<OfficeSales>("sales?date=2026-03-01&store=heping")).count).toBe(0);
    const ofStore = await get<OfficeSales>("sales?store=jiangbian");
    expect([ofStore.count, ofStore.sum.amount]).toEqual([1, 777]);
    expect((await get<OfficePayments>("payments?store=jiangbian")).count).toBe(0);
    expect((await get<{ code: string }>("sales?date=yesterday")).code).toBe("badRequest");
  });

  it("counts among a day's payments what is captured and what is in doubt, ids closed unseen too", async () => {
    const { stores } = await get<{ stores: { id: string; today: string }[] }>("session");
    const today = stores.find(({ id }) => id === "heping")?.today;
    const before = await get<OfficePayments>(`payments?date=${today}`);
    expect(before.payments.some(({ payment }) => payment.state === "closed" && payment.amount === null)).toBe(true);
    const captured = before.payments.filter(({ payment }) => payment.state === "captured");
    expect(before.captured.amount).toBe(captured.reduce((all, { payment }) => all + (payment.amount?.amount ?? 0), 0));
    expect(before.inDoubt).toBe(0);
    await bench.parts.database
      .updateTable("payment_attempt")
      .set({ state: "unknown" })
      .where("id", "=", captured[0]!.payment.id)
      .execute();
    const after = await get<OfficePayments>(`payments?date=${today}`);
    expect([after.inDoubt, after.count]).toEqual([1, before.count]);
  });
});

it("money that belongs to a customer is marked as owed: paid after its end, or captured and not reversible", async () => {
  for (const fen of [1_001, 1_002]) await chargeAt(till, bench.parts.clock, fen, plays.pays);
  const { payments } = await get<OfficePayments>("payments");
  const [late, refused] = payments.filter(({ payment }) => payment.state === "captured");
  const settled = { seen_at: 1, settled_at: null, detail: "{}" };
  await bench.parts.database
    .insertInto("late_capture")
    .values({
      store: late!.store,
      attempt: late!.payment.id,
      provider_transaction: "42",
      amount: 1,
      currency: "CNY",
      ...settled,
    })
    .execute();
  await bench.parts.database
    .updateTable("payment_attempt")
    .set({ detail: json({ capture: refused!.payment.capture, refundOwed: true }) })
    .where("id", "=", refused!.payment.id)
    .execute();
  const owed = (await get<OfficePayments>("payments")).payments.filter((row) => row.owed !== null);
  expect(owed.map((row) => [row.payment.id, row.owed])).toEqual([
    [late!.payment.id, "lateCapture"],
    [refused!.payment.id, "refundOwed"],
  ]);
});

it("every answer is of the contract's form, so that the page understands it", async () => {
  const [sale] = (await get<OfficeSales>("sales")).sales;
  const [payment] = (await get<OfficePayments>("payments")).payments;
  const answers = [
    [officeSession, "session"],
    [officeSales, "sales"],
    [officeSale, `sales/${sale!.id}`],
    [officePayments, "payments"],
    [officePayment, `payments/${payment!.payment.id}`],
    [officeTills, "tills"],
    [officeExceptions, "exceptions"],
  ] as const;
  for (const [schema, path] of answers) {
    const parsed = schema.safeParse(await get(path));
    expect([path, parsed.error?.issues ?? []]).toEqual([path, []]);
  }
});
