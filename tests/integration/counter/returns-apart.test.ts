import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SoldSaleFound } from "../../../src/contract/returns.ts";
import type { SaleId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { systemClock } from "../../../src/gateway/system-clock.ts";
import type { SigningTill } from "../../fakes/signing-till.ts";
import { sampleSale } from "../../fakes/sample-sale.ts";
import {
  counterStage,
  newId,
  returnOf,
  sold,
  tell,
  ticketOf,
  untilRefund,
  type CounterStage,
} from "./counter-stage.ts";

let stage: CounterStage;
beforeAll(async () => void (stage = await counterStage()));
afterAll(async () => stage.stop());

test("cash for empties beside a return is not counted as used of the original", async () => {
  const { a1 } = stage.tills;
  const sale = newId<SaleId>(a1);
  const original = { ...sampleSale(sale, 1_000), receipt: "A1-1-E001" };
  await tell(a1, { kind: "saleCompleted", body: original });
  const part = returnOf({ sale, attempt: newId<never>(a1), completed: original }, 400, a1, "wechat");
  const [back] = part.completed.sale.lines;
  const out = (fen: number) => money(-fen, "CNY");
  const none = money(0, "CNY");
  const empties = { ...back!, line: 2, isDeposit: true, returnOf: null, amount: out(50) };
  const tax = { ...part.completed.sale.taxes[0]! };
  const body = {
    ...part.completed,
    sale: {
      ...part.completed.sale,
      lines: [back!, empties],
      taxes: [{ ...tax, tax: money(tax.tax.amount - 6, "CNY"), net: money(tax.net.amount - 44, "CNY") }],
      total: out(450),
    },
    tenders: [
      { kind: "cash" as const, amount: out(400), given: none, change: none, rounding: none },
      { kind: "cash" as const, amount: out(50), given: none, change: none, rounding: none },
    ],
  };
  await tell(a1, { kind: "saleCompleted", body });
  const found = (await a1.ask({ path: "/v1/sales?number=A1-1-E001" })).json<{ sales: SoldSaleFound[] }>();
  expect(found.sales[0]?.left).toEqual([{ kind: "cash", left: money(600, "CNY") }]);
});

test("what an exchange has used up is not refunded to a till that was cut off: it stays owed and is put before a person", async () => {
  const { a1, a2 } = stage.tills;
  const original = await sold(a2, 1_000, "wechat");
  const part = returnOf(original, 400, a1, "wechat");
  const [back] = part.completed.sale.lines;
  const [fresh] = sampleSale(newId<SaleId>(a1), 400).sale.lines;
  const none = money(0, "CNY");
  const exchange = {
    ...part.completed,
    sale: {
      ...part.completed.sale,
      lines: [back!, { ...fresh!, line: 2 }],
      taxes: [{ rate: fresh!.taxRate, tax: none, net: none }],
      total: none,
    },
    tenders: [],
    carried: [
      { kind: "payment" as const, attempt: original.attempt, channel: "wechat" as const, amount: money(400, "CNY") },
    ],
  };
  await tell(a1, { kind: "saleCompleted", body: exchange });
  const whole = returnOf(original, 1_000, a2, "wechat");
  await tell(a2, { kind: "saleCompleted", body: whole.completed });
  await untilRefund(a2, whole.refund, "owed");
  const shown = await stage.bench.parts.database
    .selectFrom("exception_item")
    .select(["kind", "subject"])
    .where("kind", "=", "refundAboveLeft")
    .orderBy("subject")
    .execute();
  expect(new Set(shown.map(({ subject }) => subject))).toEqual(new Set([whole.sale, whole.refund]));
  expect(stage.truth("wechat", original.attempt)).toEqual({ moved: 1_000, givenBack: 0 });
});

/** A cash sale of 100.00, completed, and what brings it back for cash at `till`. */
async function cashSale(nth: number) {
  const { a1 } = stage.tills;
  const sale = newId<SaleId>(a1);
  const none = money(0, "CNY");
  const cash = (fen: number) =>
    ({ kind: "cash", amount: money(fen, "CNY"), given: none, change: none, rounding: none }) as const;
  const completed = { ...sampleSale(sale, 10_000), tenders: [cash(10_000)], receipt: `A1-1-C${nth}` };
  await tell(a1, { kind: "saleCompleted", body: completed });
  return (till: SigningTill) => {
    const back = returnOf({ sale, attempt: newId<never>(a1), completed }, 10_000, till, "wechat");
    const body = { ...back.completed, tenders: [cash(-10_000)], drawer: true };
    const text = (): string => till.write({ kind: "saleCompleted", body }, { at: systemClock.now() });
    const parts = [{ kind: "cash", amount: money(10_000, "CNY") }];
    return { sale: back.sale, text, claim: { ...back.claim, parts } };
  };
}

test("cash given back twice by two tills whose journals come at once is put before a person, each time", async () => {
  for (let nth = 0; nth < 12; nth++) {
    const back = await cashSale(nth);
    const both = [stage.tills.a1, stage.tills.a2].map((till) => ({ till, ...back(till) }));
    await Promise.all(both.map(({ till, text }) => till.drain([text()])));
    const raised = await stage.bench.parts.database
      .selectFrom("exception_item")
      .select("kind")
      .where(
        "subject",
        "in",
        both.map((each) => each.sale),
      )
      .execute();
    expect(raised).toEqual([{ kind: "refundAboveLeft" }]);
  }
});

test("a claim is not granted while the journal that uses the goods up comes in", async () => {
  for (let nth = 0; nth < 40; nth++) {
    const back = await cashSale(100 + nth);
    const [here, there] = [back(stage.tills.a1), back(stage.tills.a2)];
    const first = await stage.tills.a1.ask({ method: "POST", path: "/v1/returns", body: here.claim });
    expect(first.statusCode).toBe(200);
    const drained = stage.tills.a1.drain([here.text()]);
    await sleep((nth % 15) * 0.7);
    const second = await stage.tills.a2.ask({ method: "POST", path: "/v1/returns", body: there.claim });
    await drained;
    expect(second.statusCode).toBe(409);
  }
});

test("a held ticket with goods coming back is settled at the till that took it up", async () => {
  const { a1, a2 } = stage.tills;
  const back = await cashSale(900);
  const { sale, claim } = back(a1);
  const apart = await a2.ask({ method: "POST", path: "/v1/returns", body: claim });
  expect(apart.statusCode).toBe(403);
  const held = ticketOf(a1, sale, 10_000, systemClock.now());
  await a1.ask({ method: "PUT", path: `/v1/held-sales/${sale}`, body: held });
  const claims = `/v1/held-sales/${sale}/claims`;
  await a2.ask({ method: "POST", path: claims, body: { v: 1, ends: false } });
  const release = { v: 1, to: "till-a2", ticket: held.ticket };
  await a1.ask({ method: "POST", path: `/v1/held-sales/${sale}/releases`, body: release });
  await a2.ask({ method: "POST", path: claims, body: { v: 1, ends: true, got: true } });
  const answer = await a2.ask({ method: "POST", path: "/v1/returns", body: claim });
  expect(answer.statusCode).toBe(200);
});

test("a return that was begun and thrown away does not stand in the way of the same till, only of others", async () => {
  const { a1, a2 } = stage.tills;
  const back = await cashSale(950);
  const ask = (till: SigningTill) =>
    till
      .ask({ method: "POST", path: "/v1/returns", body: back(till).claim })
      .then((answer) => (answer.statusCode === 200 ? "held" : answer.json<{ code: string }>().code));
  expect([await ask(a1), await ask(a2), await ask(a1)]).toEqual(["held", "heldElsewhere", "held"]);
  await a1.drain([back(a1).text()]);
  expect(await ask(a2)).toBe("nothingLeft");
});
