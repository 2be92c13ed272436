import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sql } from "kysely";
import { setTimeout as sleep } from "node:timers/promises";
import type { RefundId, SaleId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { json } from "../../../src/gateway/store/database.ts";
import {
  codeOf,
  counterStage,
  newId,
  pay,
  returnOf,
  sold,
  tell,
  untilRefund,
  yesTo,
  type Begun,
  type CounterStage,
} from "./counter-stage.ts";

// What a till writes is the till's word. What the gateway does with money on it has limits of its own.

/** Longer than any refund of the sandbox's takes. */
const quietMs = 1_500;
let stage: CounterStage;

beforeAll(async () => {
  stage = await counterStage({ lateQueryMs: 60_000, abandonNotBeforeMs: 0 });
});
afterAll(() => stage.stop());

async function raisedOn(...subjects: readonly string[]): Promise<readonly string[]> {
  const rows = await stage.bench.parts.database
    .selectFrom("exception_item")
    .select("kind")
    .where("subject", "in", subjects)
    .execute();
  return rows.map((row) => row.kind).toSorted();
}

const givenBack = (of: Begun): number | undefined => stage.truth("wechat", of.attempt)?.givenBack;

describe("a refund on a till's word", () => {
  it("is not sent when nobody who may has agreed", async () => {
    const original = await sold(stage.tills.a1, 5_000, "wechat");
    const back = returnOf(original, 5_000, stage.tills.a2, "wechat");
    await tell(stage.tills.a2, { kind: "saleCompleted", body: { ...back.completed, approvals: [] } });
    await sleep(quietMs);
    expect([givenBack(original), await raisedOn(back.refund)]).toEqual([0, ["refundUnapproved"]]);
  });

  it("is not sent on a yes to less, nor on a cashier's, nor on the seller's own", async () => {
    for (const change of [{ size: 4_999 }, { by: "staff-2" as never }, { by: "staff-1" as never }]) {
      const original = await sold(stage.tills.a1, 5_000, "wechat");
      const back = returnOf(original, 5_000, stage.tills.a1, "wechat");
      const approvals = [{ ...yesTo("return", back.sale, 5_000), ...change }];
      await tell(stage.tills.a1, { kind: "saleCompleted", body: { ...back.completed, approvals } });
      expect(await raisedOn(back.refund)).toEqual(["refundUnapproved"]);
      expect(givenBack(original)).toBe(0);
    }
  });

  it("goes up to what the shop trusts a till with in a day; with a claim the gateway saw the second person, and it goes further", async () => {
    const { database } = stage.bench.parts;
    const others = await database
      .selectFrom("refund")
      .select(sql<number>`coalesce(sum(amount), 0)::bigint`.as("sent"))
      .where("till", "=", "till-a1")
      .where(sql<boolean>`memo->>'onTrust' = 'true'`)
      .executeTakeFirstOrThrow();
    const day = Number(others.sent) + 1_000;
    await sql`update store set rules = rules || ${json({ refundsOnTrust: { day } })}`.execute(database);
    const [first, second, third] = [
      await sold(stage.tills.a1, 1_000, "wechat"),
      await sold(stage.tills.a1, 1_000, "wechat"),
      await sold(stage.tills.a1, 1_000, "wechat"),
    ];
    const [within, over, seen] = [first, second, third].map((of) => returnOf(of, 1_000, stage.tills.a1, "wechat"));
    if (within === undefined || over === undefined || seen === undefined) throw new Error("three returns");
    await tell(stage.tills.a1, { kind: "saleCompleted", body: within.completed });
    await untilRefund(stage.tills.a1, within.refund, "succeeded");
    await tell(stage.tills.a1, { kind: "saleCompleted", body: over.completed });
    const claimed = await stage.tills.a1.ask({ method: "POST", path: "/v1/returns", body: seen.claim });
    expect(claimed.statusCode).toBe(200);
    await tell(stage.tills.a1, { kind: "saleCompleted", body: seen.completed });
    await untilRefund(stage.tills.a1, seen.refund, "succeeded");
    expect([givenBack(second), await raisedOn(over.refund)]).toEqual([0, ["refundUnapproved"]]);
    await sql`update store set rules = rules - 'refundsOnTrust'`.execute(database);
  });

  it("is not sent to another customer's payment than the ones its original was paid with", async () => {
    const original = await sold(stage.tills.a1, 100, "wechat");
    const other = await sold(stage.tills.a1, 40_000, "wechat");
    const back = returnOf(original, 100, stage.tills.a1, "wechat");
    const none = money(0, "CNY");
    const cash = { given: money(39_900, "CNY"), change: none, rounding: none };
    const tenders = [
      { ...back.completed.tenders[0], amount: money(-40_000, "CNY"), attempt: other.attempt },
      { kind: "cash" as const, amount: money(39_900, "CNY"), ...cash },
    ];
    const approvals = [yesTo("return", back.sale, 40_000)];
    await tell(stage.tills.a1, { kind: "saleCompleted", body: { ...back.completed, tenders, approvals } as never });
    await sleep(quietMs);
    expect([givenBack(other), await raisedOn(back.refund)]).toEqual([0, ["refundUnapproved"]]);
  });

  it("is not sent twice for one article of two that comes back at two tills out of reach of each other", async () => {
    const begun = await pay(stage.tills.a1, 20_000, "wechat", codeOf("wechat"));
    const { sale } = begun.completed;
    const [line] = sale.lines;
    if (line === undefined) throw new Error("one line");
    const half = { amount: money(10_000, "CNY"), unitPrice: money(10_000, "CNY"), listPrice: money(10_000, "CNY") };
    const lines = [1, 2].map((n) => ({ ...line, ...half, line: n }));
    const completed = { ...begun.completed, sale: { ...sale, lines }, receipt: "A1-1-9001" };
    await tell(stage.tills.a1, { kind: "saleCompleted", body: completed });
    const taxes = sale.taxes.map((each) => ({ ...each, tax: money(1_150, "CNY") }));
    const first = { ...sale, total: money(10_000, "CNY"), lines: lines.slice(0, 1), taxes };
    const article = { ...begun, completed: { ...completed, sale: first } };
    const here = returnOf(article, 10_000, stage.tills.a1, "wechat");
    const there = returnOf(article, 10_000, stage.tills.a2, "wechat");
    await tell(stage.tills.a1, { kind: "saleCompleted", body: here.completed });
    await tell(stage.tills.a2, { kind: "saleCompleted", body: there.completed });
    await untilRefund(stage.tills.a1, here.refund, "succeeded");
    await sleep(quietMs);
    expect(givenBack(begun)).toBe(10_000);
    expect(await raisedOn(there.sale, there.refund)).toEqual(["refundAboveLeft", "refundAboveLeft"]);
  });
});

describe("a tender taken off", () => {
  const off = (of: Begun, sale: SaleId, refund: RefundId) => ({
    kind: "tenderReturned" as const,
    body: { attempt: of.attempt, sale, refund, amount: money(900, "CNY"), channel: "wechat" as const },
  });

  it("needs somebody who may", async () => {
    const begun = await pay(stage.tills.a1, 900, "wechat", codeOf("wechat"));
    const refund = newId<RefundId>(stage.tills.a1);
    await tell(stage.tills.a1, off(begun, begun.sale, refund));
    await sleep(quietMs);
    expect([givenBack(begun), await raisedOn(refund)]).toEqual([0, ["refundUnapproved"]]);
  });

  it("with a tip, on the yes of an older build to what it is without: the tip goes along", async () => {
    const begun = await pay(stage.tills.a1, 900, "wechat", codeOf("wechat"), undefined, 50);
    const refund = newId<RefundId>(stage.tills.a1);
    await tell(stage.tills.a1, off(begun, begun.sale, refund), yesTo("returnTender", begun.sale, 850));
    await untilRefund(stage.tills.a1, refund, "succeeded");
    expect([givenBack(begun), await raisedOn(refund)]).toEqual([900, []]);
  });

  it("goes back whatever its size when the gateway saw who allowed it, and not on a wrong PIN", async () => {
    const begun = await pay(stage.tills.a1, 600_000, "wechat", codeOf("wechat"));
    const refund = newId<RefundId>(stage.tills.a1);
    const { attempt, sale } = begun;
    const ask = async (approval: object | null, till = stage.tills.a1) => {
      const body = { v: 1, sale, attempt, amount: 600_000, asker: "staff-1", approval };
      return (await till.ask({ method: "POST", path: "/v1/tender-returns", body })).statusCode;
    };
    const pin = stage.bench.pins.find((each) => each.name === "李敏")?.pin ?? "";
    expect(await ask(null)).toBe(403);
    expect(await ask({ by: "staff-5", pin: "000000" })).toBe(401);
    expect(await ask({ by: "staff-5", pin }, stage.tills.a2)).toBe(404);
    expect(await ask({ by: "staff-5", pin })).toBe(200);
    const body = { attempt, sale, refund, amount: money(600_000, "CNY"), channel: "wechat" as const };
    await tell(stage.tills.a1, { kind: "tenderReturned", body });
    await untilRefund(stage.tills.a1, refund, "succeeded");
    expect([givenBack(begun), await raisedOn(refund)]).toEqual([600_000, []]);
  });

  it("is one of an open sale of this till: not another till's, not one that a completed sale counts", async () => {
    const theirs = await pay(stage.tills.a1, 900, "wechat", codeOf("wechat"));
    const counted = await sold(stage.tills.a1, 900, "wechat");
    const before = await stage.balances();
    const taken = [
      { of: theirs, till: stage.tills.a2 },
      { of: counted, till: stage.tills.a1 },
    ];
    for (const { of, till } of taken) {
      const refund = newId<RefundId>(till);
      await tell(till, off(of, of.sale, refund), yesTo("returnTender", of.sale, 900));
      expect(await raisedOn(refund)).toEqual(["refundUnapproved"]);
    }
    await sleep(quietMs);
    expect([givenBack(theirs), givenBack(counted)]).toEqual([0, 0]);
    expect(await stage.balances()).toEqual(before);
  });
});

describe("what is another till's", () => {
  it("payment is not given up: it stays with the till that made it", async () => {
    const begun = await pay(stage.tills.a1, 50_000, "wechat", codeOf("wechat"));
    const body = { attempt: begun.attempt, sale: newId<SaleId>(stage.tills.a2), freed: true };
    await tell(stage.tills.a2, { kind: "attemptAbandoned", body });
    await sleep(quietMs);
    const known = await stage.tills.a1.ask({ path: `/v1/payments/${begun.attempt}` });
    expect(known.json()).toMatchObject({ state: "captured", freed: false, givenBack: false });
    expect(givenBack(begun)).toBe(0);
  });

  it("sale is not voided", async () => {
    const begun = await pay(stage.tills.a1, 700, "wechat", codeOf("wechat"));
    await tell(stage.tills.a2, { kind: "saleVoided", body: { sale: begun.sale } });
    const row = await stage.bench.parts.database
      .selectFrom("sale")
      .select("state")
      .where("id", "=", begun.sale)
      .executeTakeFirst();
    expect(row?.state).toBe("open");
  });

  it("payment, counted in a second sale, is put before a person", async () => {
    const original = await sold(stage.tills.a1, 12_300, "wechat");
    const sale = { ...original.completed.sale, id: newId<SaleId>(stage.tills.a2) };
    const body = { ...original.completed, sale, receipt: "A2-1-7777" };
    await tell(stage.tills.a2, { kind: "saleCompleted", body });
    expect(await raisedOn(original.attempt)).toEqual(["tenderWithoutCapture"]);
  });
});
