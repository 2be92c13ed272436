import { createHash } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { JournalReceipt } from "../../../src/contract/journal.ts";
import { headText } from "../../../src/contract/request-signature.ts";
import type { PaymentId, SaleId, SessionId } from "../../../src/domain/identifier.ts";
import type { CompletedSale } from "../../../src/domain/journal.ts";
import { money } from "../../../src/domain/money.ts";
import type { Approval } from "../../../src/domain/staff.ts";
import { cashBack } from "../../../src/domain/tender.ts";
import { isSignedBy } from "../../../src/gateway/keys/ed25519.ts";
import { newId, sampleSale } from "../../fakes/sample-sale.ts";
import type { SigningTill } from "../../fakes/signing-till.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";

let bench: GatewayBench;
let till: SigningTill;
beforeAll(async () => {
  bench = await gatewayBench();
});
beforeEach(async () => {
  till = await bench.till("till-a1");
});

const tag = () => till.answer.settings.tag;
const sellFor = (fen: number, sale = newId<SaleId>(tag())) =>
  till.write({ kind: "saleCompleted", body: sampleSale(sale, fen) });
const entriesHeld = () =>
  bench.parts.database
    .selectFrom("journal_entry")
    .selectAll()
    .where("till", "=", till.id)
    .where("series", "=", till.answer.series)
    .orderBy("number")
    .execute();
const exceptions = (kind: string) =>
  bench.parts.database.selectFrom("exception_item").selectAll().where("kind", "=", kind).execute();
const balance = async (subject: string): Promise<Record<string, number>> => {
  const rows = await bench.parts.database
    .selectFrom("ledger_transfer")
    .selectAll()
    .where("subject", "=", subject)
    .execute();
  const sums: Record<string, number> = {};
  for (const { debit, credit, amount } of rows) {
    sums[debit] = (sums[debit] ?? 0) + amount;
    sums[credit] = (sums[credit] ?? 0) - amount;
  }
  return sums;
};

describe("a batch of the journal", () => {
  it("is held as the bytes it came in, and answered by the last number and the gateway's own signature over it", async () => {
    const texts = [sellFor(11_300), sellFor(4_520)];
    const answer = await till.drain(texts);
    const receipt = answer.json<JournalReceipt>();
    expect([answer.statusCode, receipt.number, receipt.hash]).toEqual([200, 2, till.head().hash]);
    const gatewayKey = Buffer.from(till.answer.gatewayKey, "base64url");
    expect(
      isSignedBy(
        gatewayKey,
        headText({ till: till.id, ...till.head() }, receipt.at),
        Buffer.from(receipt.signature, "base64"),
      ),
    ).toBe(true);
    const held = await entriesHeld();
    expect(held.map(({ bytes }) => Buffer.from(bytes).toString("utf8"))).toEqual(texts);
    for (const { bytes, hash } of held) expect(createHash("sha256").update(bytes).digest()).toEqual(Buffer.from(hash));
  });

  it("sent again, whole or overlapping or at once on two gateways, is held once and posted once", async () => {
    const sale = newId<SaleId>(tag());
    const first = [sellFor(11_300, sale), sellFor(100)];
    const third = sellFor(200);
    await till.drain(first);
    expect((await till.drain([...first, third])).json().number).toBe(3);
    await Promise.all([till.drain([...first, third]), till.drain([third]), till.drain([])]);
    expect(await entriesHeld()).toHaveLength(3);
    expect(await balance(sale)).toEqual({
      "drawer/till-a1": 11_300,
      "revenue/1300": -10_000,
      "outputTax/1300": -1_300,
    });
  });

  it("that leaves a gap is taken up to it: the answer names the last number held", async () => {
    const [first, second, third] = [sellFor(100), sellFor(200), sellFor(300)];
    expect((await till.drain([first, third])).json().number).toBe(1);
    expect((await till.drain([second, third])).json().number).toBe(3);
  });

  it("with one byte of an entry changed is refused as a broken chain, shown under Exceptions, and what came before it is held", async () => {
    const [first, second] = [sellFor(100), sellFor(200)];
    const altered = second.replace('"prev":"', '"prev":"0').replace(/"prev":"(.{64})./, '"prev":"$1');
    const answer = await till.drain([first, altered]);
    expect([answer.statusCode, answer.json().code]).toEqual([409, "brokenChain"]);
    expect((await exceptions("brokenChain")).map(({ subject }) => subject)).toContain(
      `till-a1/${till.answer.series}/2`,
    );
    expect(await entriesHeld()).toHaveLength(1);
  });

  it("with another entry under a number held is refused: a copy of the till has gone on writing", async () => {
    const copyOf = till.head();
    const mine = sellFor(100);
    await till.drain([mine]);
    const other = mine.replace('"offsetMs":0', '"offsetMs":1');
    expect(copyOf.number).toBe(0);
    expect((await till.drain([other])).json().code).toBe("brokenChain");
  });

  it("whose head the till has not signed is refused whole", async () => {
    const other = await bench.till("till-a2");
    const text = sellFor(100);
    const head = { number: 1, hash: till.head().hash, signature: Buffer.alloc(64).toString("base64") };
    const answer = await till.ask({
      method: "POST",
      path: `/v1/tills/${till.id}/journal`,
      body: { v: 1, series: till.answer.series, entries: [text], head },
    });
    expect([answer.statusCode, answer.json().code]).toEqual([401, "badSignature"]);
    expect(await entriesHeld()).toHaveLength(0);
    expect(other.id).toBe("till-a2");
  });
});

describe("an entry", () => {
  it("of a kind this gateway does not know is held and waits for a person; the next one follows it", async () => {
    const unknown = till.write({ kind: "somethingNew", body: { x: 1 } } as never);
    const answer = await till.drain([unknown, sellFor(100)]);
    expect(answer.json().number).toBe(2);
    expect((await exceptions("entryNotUnderstood")).map(({ subject }) => subject)).toContain(
      `till-a1/${till.answer.series}/1`,
    );
  });

  it("whose tenders do not sum to the total is held, not posted, and waits for a person", async () => {
    const sale = newId<SaleId>(tag());
    const body = sampleSale(sale, 11_300);
    const short = { ...body, tenders: [{ ...body.tenders[0]!, amount: money(11_299, "CNY") }] };
    expect((await till.drain([till.write({ kind: "saleCompleted", body: short })])).json().number).toBe(1);
    expect(await balance(sale)).toEqual({});
    expect((await exceptions("entryNotUnderstood")).at(-1)?.detail).toMatchObject({
      detail: "the tenders sum to the sale's total",
    });
  });

  it("that completes a completed sale again is held and posted no second time", async () => {
    const sale = newId<SaleId>(tag());
    await till.drain([sellFor(100, sale), sellFor(100, sale)]);
    expect(await balance(sale)).toMatchObject({ "drawer/till-a1": 100 });
    expect(await exceptions("entryNotUnderstood")).not.toEqual([]);
  });

  it("with a payment tender that the gateway has not captured is posted and shown", async () => {
    const [sale, attempt] = [newId<SaleId>(tag()), newId<PaymentId>(tag())];
    await till.drain([till.write({ kind: "saleCompleted", body: sampleSale(sale, 11_300, attempt) })]);
    expect(await balance(sale)).toMatchObject({ suspense: 11_300, "revenue/1300": -10_000 });
    expect((await exceptions("tenderWithoutCapture")).map(({ subject }) => subject)).toContain(attempt);
  });

  it("that abandons an attempt becomes a job in the same SQL transaction", async () => {
    const [sale, attempt] = [newId<SaleId>(tag()), newId<PaymentId>(tag())];
    await till.drain([till.write({ kind: "attemptAbandoned", body: { sale, attempt, freed: true } })]);
    const jobs = await bench.parts.database.selectFrom("job").selectAll().where("subject", "=", attempt).execute();
    expect(jobs.map(({ kind, payload }) => [kind, payload])).toMatchObject([
      ["attemptAbandoned", { sale, freed: true, till: "till-a1" }],
    ]);
  });

  it("that closes a session shows the sales it left open, and no others", async () => {
    const session = newId<never>(tag()) as SessionId;
    const [left, done, voided] = [newId<SaleId>(tag()), newId<SaleId>(tag()), newId<SaleId>(tag())];
    const amount = money(100, "CNY");
    const zero = money(0, "CNY");
    const within = { session };
    const begin = (sale: SaleId) =>
      till.write(
        { kind: "paymentAttempted", body: { sale, attempt: newId<PaymentId>(tag()), amount, channel: "wechat" } },
        within,
      );
    await till.drain([
      begin(left),
      begin(done),
      begin(voided),
      till.write({ kind: "saleCompleted", body: sampleSale(done, 100) }, within),
      till.write({ kind: "saleVoided", body: { sale: voided } }, within),
      till.write(
        {
          kind: "sessionClosed",
          body: {
            openedAt: 0 as never,
            sales: 1,
            total: amount,
            cash: amount,
            payments: zero,
            inDoubt: [],
            shift: null,
          },
        },
        within,
      ),
    ]);
    expect((await exceptions("saleLeftOpen")).map(({ subject }) => subject)).toEqual([left]);
  });

  it("in training posts nothing", async () => {
    const sale = newId<SaleId>(tag());
    await till.drain([till.write({ kind: "saleCompleted", body: sampleSale(sale, 100) }, { mode: "training" })]);
    expect(await balance(sale)).toEqual({});
  });

  it("of a revoked till is held in quarantine, posts nothing, and is shown", async () => {
    const sale = newId<SaleId>(tag());
    const text = sellFor(100, sale);
    await bench.till("till-a1");
    expect((await till.drain([text])).json().number).toBe(1);
    expect((await entriesHeld()).map(({ quarantined }) => quarantined)).toEqual([true]);
    expect(await balance(sale)).toEqual({});
    expect((await exceptions("quarantined")).map(({ subject }) => subject)).toContain(
      `till-a1/${till.answer.series}/1`,
    );
  });
});

describe("a discount deeper than the seller may give", () => {
  const sell = async (basisPoints: number, by: string | null) => {
    const sale = newId<SaleId>(tag());
    const plain = sampleSale(sale, 10_000 - basisPoints);
    const [line] = plain.sale.lines;
    const price = money(10_000, "CNY");
    const reductions = [{ scope: "line", amount: money(basisPoints, "CNY") }] as const;
    const body: CompletedSale = {
      ...plain,
      sale: { ...plain.sale, lines: [{ ...line!, unitPrice: price, listPrice: price, reductions }] },
      approvals:
        by === null
          ? []
          : [
              {
                id: newId<never>(tag()),
                act: "discount",
                subject: sale,
                amount: null,
                by: by as never,
                method: "pin",
                at: 1 as never,
              },
            ],
    };
    const answer = await till.drain([
      till.write({ kind: "saleCompleted", body }, { at: bench.parts.clock.now(), staff: "staff-1" as never }),
    ]);
    expect(answer.statusCode).toBe(200);
    expect(await balance(sale)).toMatchObject({ "drawer/till-a1": 10_000 - basisPoints });
    return (await exceptions("reductionUnapproved")).filter(({ subject }) => subject === sale);
  };

  it.each([
    ["within the cashier's limit", 1_000, null, 0],
    ["above it with the supervisor's yes", 2_000, "staff-4", 0],
    ["above the supervisor's limit too", 4_000, "staff-4", 1],
    ["with a second cashier's yes", 2_000, "staff-2", 1],
    ["with nobody's", 2_000, null, 1],
  ])("%s is booked, whether or not a person has to look at it", async (_, basisPoints, by, shown) => {
    const rows = await sell(basisPoints, by);
    expect(rows.length).toBe(shown);
    if (shown === 1) expect(rows[0]?.detail).toMatchObject({ amount: { amount: basisPoints }, staff: "staff-1" });
  });
});

describe("cash for empties above what the seller may pay out", () => {
  it.each([
    ["is booked with the supervisor's yes", 6_000, "staff-4", 0],
    ["is booked, and a person has to look at it without", 6_000, null, 1],
    ["is no question below", 5_000, null, 0],
  ])("%s", async (_, out, by, shown) => {
    const sale = newId<SaleId>(tag());
    const plain = sampleSale(sale, -out);
    const body: CompletedSale = {
      ...plain,
      tenders: [cashBack(money(out, "CNY"))],
      approvals: by === null ? [] : [yesTo(sale, out, by)],
    };
    await till.drain([
      till.write({ kind: "saleCompleted", body }, { at: bench.parts.clock.now(), staff: "staff-1" as never }),
    ]);
    expect(await balance(sale)).toMatchObject({ "drawer/till-a1": -out });
    const rows = (await exceptions("cashOutUnapproved")).filter(({ subject }) => subject === sale);
    expect(rows.map(({ detail }) => detail)).toMatchObject(shown === 0 ? [] : [{ amount: { amount: out } }]);
  });

  function yesTo(sale: SaleId, size: number, by: string): Approval {
    const act = "cashForEmpties" as const;
    const [amount, id] = [money(size, "CNY"), newId<never>(tag())];
    return { id, act, subject: sale, amount, size, by: by as never, method: "pin", at: 1 as never };
  }
});
