import { createHash } from "node:crypto";
import { sql } from "kysely";
import { beforeEach, describe, expect, it } from "vitest";
import type { StoreId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { post } from "../../../src/gateway/books/post.ts";
import { closeDay } from "../../../src/gateway/close/close-day.ts";
import type { Voucher } from "../../../src/gateway/close/voucher.ts";
import { storeDays } from "../../../src/gateway/office/days.ts";
import { inTransaction, json, type OpenDatabase } from "../../../src/gateway/store/database.ts";
import { noon, fillMatchedStores } from "../../fakes/matched-stores.ts";
import { dice } from "../../simulation/seeded.ts";
import { freshDatabase } from "../fresh-database.ts";
import { freezeDay, freezeOnce } from "./freeze-day.ts";

const store = "heping" as StoreId;
const now = noon("2026-11-23");
const parts = { random: dice(3, "close") };

let database: OpenDatabase;
let other: OpenDatabase;
beforeEach(async () => {
  const fresh = await freshDatabase();
  database = fresh.open();
  other = fresh.open();
  await fillMatchedStores(database);
});

let posted = 0;
async function sale(businessDate: string, amount: number, step: OpenDatabase = database): Promise<void> {
  posted++;
  const transfers = [{ debit: "drawer/till-a1", credit: "revenue/1300", amount: money(amount, "CNY") }];
  const posting = {
    store,
    posting: `S${posted}`,
    event: "saleCompleted",
    subject: `S${posted}`,
    businessDate,
    transfers,
  };
  await post(step, posting, now);
}

function close(day: string) {
  const closing = { store, day, today: "2026-11-23", by: "owner", secondPerson: null, reason: "" };
  return inTransaction(database, (step) => closeDay(step, parts, closing, now));
}

const freeze = (day: string): Promise<string> => freezeDay(database, { store, day, now });

async function voucher(day: string): Promise<Voucher> {
  const row = await database.selectFrom("voucher").selectAll().where("day", "=", day).executeTakeFirstOrThrow();
  expect(createHash("sha256").update(row.bytes).digest().equals(Buffer.from(row.sha256))).toBe(true);
  return JSON.parse(Buffer.from(row.bytes).toString("utf8")) as Voucher;
}

describe("a closed day", () => {
  it("stands as a voucher that balances, numbered without gaps", async () => {
    await sale("2026-11-20", 11300);
    await sale("2026-11-21", 500);
    expect((await close("2026-11-20")).ok).toBe(true);
    expect(await freeze("2026-11-20")).toBe("done");
    expect((await close("2026-11-21")).ok).toBe(true);
    expect(await freeze("2026-11-21")).toBe("done");
    expect(await voucher("2026-11-20")).toMatchObject({
      number: 1,
      lines: [
        { account: "drawer/till-a1", debit: 11300, credit: 0 },
        { account: "revenue/1300", debit: 0, credit: 11300 },
      ],
      debits: 11300,
      credits: 11300,
      transfers: 1,
    });
    expect((await voucher("2026-11-21")).number).toBe(2);
  });

  it("names the journals' numbers that it rests on: sales, late ones, and what moved the drawer", async () => {
    const entry = (till: string, number: number) => ({
      store,
      till,
      series: 1,
      number,
      bytes: Buffer.from("{}"),
      hash: Buffer.alloc(1),
      kind: "cashDropped",
      quarantined: false,
      received_at: 0,
    });
    await database
      .insertInto("journal_entry")
      .values([entry("till-a1", 9), entry("till-a2", 4)])
      .execute();
    const sold = { store, till: "till-a1", series: 1, state: "completed", business_date: "2026-11-19" } as const;
    const rest = {
      receipt_number: null,
      session: null,
      staff: null,
      currency: "CNY",
      total: 1,
      at: 0,
      body: json(null),
    };
    await database
      .insertInto("sale")
      .values({ ...sold, ...rest, id: "LATE", number: 7 })
      .execute();
    const transfers = [{ debit: "safe", credit: "drawer/x", amount: money(1, "CNY") }];
    const common = { store, subject: "SESSION", businessDate: "2026-11-20", transfers };
    await post(database, { ...common, posting: "till-a2/1/4", event: "drawerMoved" }, now);
    await close("2026-11-19");
    await post(
      database,
      { ...common, posting: "LATE/completed", event: "saleCompleted", subject: "LATE", businessDate: "2026-11-19" },
      now,
    );
    await close("2026-11-20");
    await freeze("2026-11-20");
    expect((await voucher("2026-11-20")).journals).toEqual([
      { till: "till-a1", series: 1, number: 7 },
      { till: "till-a2", series: 1, number: 4 },
    ]);
  });

  it("never changes: what comes later keeps its business date and stands in the first open day, marked", async () => {
    await sale("2026-11-20", 11300);
    await close("2026-11-20");
    await freeze("2026-11-20");
    const before = await voucher("2026-11-20");
    await sale("2026-11-20", 900);
    await sale("2026-11-21", 500);
    expect(await voucher("2026-11-20")).toEqual(before);
    await close("2026-11-21");
    await freeze("2026-11-21");
    expect(await voucher("2026-11-21")).toMatchObject({
      debits: 1400,
      late: [{ businessDate: "2026-11-20", debits: 900 }],
    });
    const rows = await database
      .selectFrom("ledger_transfer")
      .select(["business_date", "posting_date"])
      .where("amount", "=", 900)
      .execute();
    expect(rows).toEqual([{ business_date: "2026-11-20", posting_date: "2026-11-21" }]);
  });

  it("waits for a transaction that had begun before, so that nothing slips in behind its voucher", async () => {
    await sale("2026-11-20", 11300);
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let hasPosted = (): void => undefined;
    const isIn = new Promise<void>((resolve) => {
      hasPosted = resolve;
    });
    const slow = other.transaction().execute(async (step) => {
      await sale("2026-11-20", 777, step as unknown as OpenDatabase);
      hasPosted();
      await held;
    });
    await isIn;
    await close("2026-11-20");
    expect(await freezeOnce(database, { store, day: "2026-11-20", now })).toBe("again");
    letGo();
    await slow;
    expect(await freeze("2026-11-20")).toBe("done");
    expect(await voucher("2026-11-20")).toMatchObject({ debits: 11300 + 777, transfers: 2 });
  });

  /** Of a page that has none of these days. */
  const firstOpen = async () => (await storeDays(database, { store, from: "2026-12-01", to: "2026-12-31" })).firstOpen;

  it("that was still being posted to while a later one was closed is the first to be closed", async () => {
    await sale("2026-11-20", 100);
    await other.transaction().execute(async (step) => {
      await sale("2026-11-19", 100, step as unknown as OpenDatabase);
      expect((await close("2026-11-20")).ok).toBe(true);
    });
    await sale("2026-11-21", 100);
    expect(await close("2026-11-21")).toEqual({ ok: false, refusal: "earlierOpen" });
    expect(await firstOpen()).toBe("2026-11-19");
  });

  it("is closed once, in order, and not before it is over", async () => {
    await sale("2026-11-19", 100);
    await sale("2026-11-20", 100);
    expect(await close("2026-11-20")).toEqual({ ok: false, refusal: "earlierOpen" });
    expect(await firstOpen()).toBe("2026-11-19");
    await close("2026-11-19");
    expect(await firstOpen()).toBe("2026-11-20");
    expect((await close("2026-11-20")).ok).toBe(true);
    expect(await close("2026-11-20")).toEqual({ ok: false, refusal: "closedAlready" });
    expect(await close("2026-11-23")).toEqual({ ok: false, refusal: "notOver" });
  });

  it("says what was open of it, and who closed over it", async () => {
    await sale("2026-11-20", 100);
    await database
      .insertInto("shift")
      .values({
        store,
        session: "SESSION",
        till: "till-a1",
        business_date: "2026-11-20",
        opened_by: "staff-1",
        opened_at: now,
        closed_by: null,
        closed_at: null,
        expected: null,
        counted: null,
        currency: "CNY",
        totals: null,
      })
      .execute();
    await close("2026-11-20");
    const row = await database.selectFrom("store_day").selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ closed_by: "owner", left_open: { shifts: 1, sales: 0, breaks: 0 } });
    const audited = await database.selectFrom("audit_entry").select(["act", "who"]).execute();
    expect(audited).toEqual([{ act: "dayClosed", who: "owner" }]);
  });
});

it("red entries lower what they take back, and the voucher still balances", async () => {
  await sale("2026-11-20", 11300);
  await sql`insert into ledger_transfer (store, posting, n, debit, credit, amount, currency, business_date, posting_date, event, subject, at)
    values (${store}, 'RED', 1, 'drawer/till-a1', 'revenue/1300', -300, 'CNY', '2026-11-20', '2026-11-20', 'x', 'x', 0)`.execute(
    database,
  );
  await close("2026-11-20");
  await freeze("2026-11-20");
  expect(await voucher("2026-11-20")).toMatchObject({ debits: 11000, credits: 11000 });
});
