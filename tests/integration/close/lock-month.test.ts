import { beforeEach, expect, it } from "vitest";
import type { StoreId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { post } from "../../../src/gateway/books/post.ts";
import { closeDay } from "../../../src/gateway/close/close-day.ts";
import { lockMonth, storeMonths } from "../../../src/gateway/close/lock-month.ts";
import { inTransaction, type OpenDatabase } from "../../../src/gateway/store/database.ts";
import { fillMatchedStores, noon } from "../../fakes/matched-stores.ts";
import { dice } from "../../simulation/seeded.ts";
import { freshDatabase } from "../fresh-database.ts";
import { freezeDay } from "./freeze-day.ts";

const store = "heping" as StoreId;
const now = noon("2027-02-02");
const random = dice(3, "close");

let database: OpenDatabase;
let other: OpenDatabase;
let posted = 0;
beforeEach(async () => {
  const fresh = await freshDatabase();
  database = fresh.open();
  other = fresh.open();
  await fillMatchedStores(database);
});

async function sale(businessDate: string, step: OpenDatabase = database): Promise<string> {
  const posting = `S${++posted}`;
  const transfers = [{ debit: "drawer/till-a1", credit: "revenue/1300", amount: money(100, "CNY") }];
  await post(step, { store, posting, event: "saleCompleted", subject: posting, businessDate, transfers }, now);
  const row = await step
    .selectFrom("ledger_transfer")
    .select("posting_date")
    .where("posting", "=", posting)
    .executeTakeFirstOrThrow();
  return row.posting_date;
}

async function close(day: string): Promise<unknown> {
  const closing = { store, day, today: "2027-02-02", by: "owner", secondPerson: null, reason: "" };
  const closed = await inTransaction(database, (step) => closeDay(step, { random }, closing, now));
  if (!closed.ok) return closed.refusal;
  return freezeDay(database, { store, day, now });
}

async function lock(month: string, today = "2027-02-02"): Promise<unknown> {
  const locking = { store, month, today, by: "owner", secondPerson: "staff-5" };
  const locked = await inTransaction(database, (step) => lockMonth(step, locking, now));
  return locked.ok ? "locked" : locked.refusal;
}

const months = async () => (await storeMonths(database, { store, today: "2027-02-02" })).months;

it("a month is locked when all its days are closed, and then nothing of it closes anew", async () => {
  await sale("2026-11-20");
  expect(await lock("2026-11")).toBe("dayOpen");
  await close("2026-11-20");
  expect(await lock("2026-11")).toBe("locked");
  expect(await close("2026-11-21")).toBe("monthLocked");
});

it("a month is not locked while a day of it is only closing: its voucher is not frozen", async () => {
  await sale("2026-11-20");
  const closing = { store, day: "2026-11-20", today: "2027-02-02", by: "owner", secondPerson: null, reason: "" };
  expect((await inTransaction(database, (step) => closeDay(step, { random }, closing, now))).ok).toBe(true);
  expect(await lock("2026-11")).toBe("dayOpen");
  expect(await close("2026-11-20")).not.toBe("done");
});

it("a month that is not over is not locked, and none that is to come", async () => {
  await sale("2026-10-31");
  expect(await lock("2026-11", "2026-11-30")).toBe("monthNotOver");
  expect(await lock("2027-03")).toBe("monthNotOver");
  await close("2026-10-31");
  expect(await lock("2026-11", "2026-12-01")).toBe("locked");
});

it("what comes late of a quiet day in a locked month posts to the month after, and closing goes on", async () => {
  await sale("2026-11-28");
  await close("2026-11-28");
  await lock("2026-11");
  expect(await sale("2026-11-30")).toBe("2026-12-01");
  expect(await sale("2026-11-28")).toBe("2026-12-01");
  expect(await sale("2026-12-02")).toBe("2026-12-02");
  expect([await close("2026-12-01"), await close("2026-12-02")]).toEqual(["done", "done"]);
});

it("a month before the first posting is not locked: nothing was ever posted up to it", async () => {
  expect(await lock("2026-11")).toBe("beforeFirst");
  await sale("2026-11-20");
  await close("2026-11-20");
  expect([await lock("2026-10"), await lock("2026-11")]).toEqual(["beforeFirst", "locked"]);
});

it("every month that is over is listed from the first posting on: locked by whom, to be locked, or with an open day", async () => {
  expect(await months()).toEqual([]);
  await sale("2026-11-20");
  await close("2026-11-20");
  await lock("2026-11");
  await sale("2027-01-05");
  expect((await months()).map(({ month, state }) => `${month} ${state}`)).toEqual([
    "2027-01 open",
    "2026-12 ready",
    "2026-11 locked",
  ]);
  expect((await months())[2]).toMatchObject({ lockedBy: "owner", secondPerson: "staff-5", lockedAt: now });
});

it("a month is locked with all before it, so that nothing posts before what it began with any more", async () => {
  await sale("2026-10-31");
  expect(await lock("2026-12")).toBe("dayOpen");
  expect((await months()).map(({ month, state }) => `${month} ${state}`)).toEqual([
    "2027-01 after",
    "2026-12 after",
    "2026-11 after",
    "2026-10 open",
  ]);
  await close("2026-10-31");
  expect(await lock("2026-11")).toBe("locked");
  expect((await months()).map(({ state }) => state)).toEqual(["ready", "ready", "locked", "locked"]);
  expect(await lock("2026-12")).toBe("locked");
  expect(await sale("2026-10-31")).toBe("2027-01-01");
  expect(await sale("2026-11-30")).toBe("2027-01-01");
});

it("what was being posted while its month was locked keeps nothing from being closed", async () => {
  await sale("2026-11-02");
  await close("2026-11-02");
  await other.transaction().execute(async (step) => {
    expect(await sale("2026-11-30", step as unknown as OpenDatabase)).toBe("2026-11-30");
    expect(await lock("2026-11")).toBe("locked");
  });
  await sale("2026-12-01");
  expect(await close("2026-12-01")).toBe("earlierOpen");
  expect([await close("2026-11-30"), await close("2026-12-01")]).toEqual(["done", "done"]);
});
