import { sql } from "kysely";
import type { ReconciliationItemOpened } from "../../../src/contract/reconciliation.ts";
import type { ApprovalId, SessionId, StaffId } from "../../../src/domain/identifier.ts";
import { plusDays } from "../../../src/domain/local-time.ts";
import { money, type Money } from "../../../src/domain/money.ts";
import { shiftTotals, withHandOver, type ShiftTotals } from "../../../src/domain/shift.ts";
import type { Approval } from "../../../src/domain/staff.ts";
import { businessDateOf, type BusinessDate } from "../../../src/domain/till-session.ts";
import { sampleDay } from "../../../src/gateway/sample-shop/shop.ts";
import { systemClock } from "../../../src/gateway/system-clock.ts";
import type { Database } from "../../../src/gateway/store/database.ts";
import { expect } from "vitest";
import { ownersPassword, passwordOf, type OfficeAsk } from "../staff/office-people.ts";
import { newId, sampleSale } from "../../fakes/sample-sale.ts";
import type { SigningTill } from "../../fakes/signing-till.ts";

export const yuan = (amount: number): Money => money(Math.round(amount * 100), "CNY");
export const cashier = "staff-1" as StaffId;
export const supervisor = "staff-4" as StaffId;
/** The store whose cash it is. */
export const store = "heping";
/** Yesterday: what was handed over long ago is on no list. */
export const businessDay = plusDays(businessDateOf(systemClock.now(), sampleDay), -1) as BusinessDate;

/** A till that only opens, sells for cash, counts, hands over and closes; what it says are entries of its journal. */
export function cashTill(till: SigningTill) {
  const { tag } = till.answer.settings;
  let session = newId<SessionId>(tag);
  let float = yuan(0);
  let taken = yuan(0);
  const write: SigningTill["write"] = (fact, envelope = {}) =>
    till.write(fact, { session, staff: cashier, businessDate: businessDay, ...envelope });
  const totals = (counted: Money | null): ShiftTotals => {
    const { businessDate, openedAt } = { businessDate: businessDay, openedAt: 1 as never };
    const facts = {
      session,
      businessDate,
      openedAt,
      at: 2 as never,
      currency: "CNY",
      float,
      sales: [],
      moves: [],
    } as const;
    const plain = shiftTotals({ ...facts, drawerOpened: 0, voided: 0, counted, counts: counted === null ? 0 : 1 });
    const expected = money(float.amount + taken.amount, "CNY");
    return { ...plain, cash: { ...plain.cash, taken, expected } };
  };
  return {
    till,
    session: () => session,
    open(amount: Money, left?: Money, carried = false): string {
      session = newId<SessionId>(tag);
      float = amount;
      taken = yuan(0);
      const body = { float: amount, carried, ...(left === undefined ? {} : { left }) };
      return write({ kind: "sessionOpened", body });
    },
    sell(amount: number): string {
      taken = money(taken.amount + amount * 100, "CNY");
      return write({ kind: "saleCompleted", body: sampleSale(newId(tag), amount * 100) });
    },
    handOver(amount: Money, kept: Money, approval: Approval | null = yes(session, amount)): string {
      return write({ kind: "cashHandedOver", body: { session, amount, kept, notes: [] } }, { approval });
    },
    count(counted: Money, nth: 1 | 2): string {
      const approval = nth === 1 ? null : ({ ...yes(session, counted), act: "recount", size: 0 } as const);
      return write({ kind: "drawerCounted", body: { session, counted, nth } }, { approval });
    },
    /** `handedOver` null: as a build closed it that knew no hand-over. */
    close(counted: Money | null, handedOver: Money | null): string {
      const plain = totals(counted);
      const shift = handedOver === null ? plain : withHandOver(plain, handedOver);
      const none = { openedAt: 1 as never, sales: 0, total: yuan(0), cash: yuan(0), payments: yuan(0), inDoubt: [] };
      return write({ kind: "sessionClosed", body: { ...none, shift } });
    },
    drain: (texts: readonly string[]) => till.drain(texts),
  };
}

export function yes(session: SessionId, amount: Money, by: StaffId = supervisor): Approval {
  const id = newId<ApprovalId>("T0T0" as never);
  return { id, act: "handOver", subject: session, amount, size: amount.amount, by, method: "pin", at: 1 as never };
}

/** Balances of cash accounts in yuan, all stores: debits less credits; accounts that come to nothing are left out. */
export async function cashBalances(database: Database): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ account: string; fen: number }>`
    select account, sum(fen)::bigint as fen from (
      select debit as account, amount as fen from ledger_transfer union all select credit, -amount from ledger_transfer
    ) sides
    where account ~ '^(drawer/|safe|cashPending|cashInTransit|loss|otherIncome|staffReceivable/|bank/|openingBalance)'
    group by account having sum(fen) <> 0`.execute(database);
  return Object.fromEntries(rows.map(({ account, fen }) => [account, fen / 100]));
}

/** A break of cash, as its page shows it. */
export async function openedCash(who: OfficeAsk, side: string, number: string): Promise<ReconciliationItemOpened> {
  const asked = new URLSearchParams({ store, account: "cash", side, number });
  return (await who("GET", `reconciliation/item?${asked}`)).json<ReconciliationItemOpened>();
}

/** Every difference of drawers, safes and deposits: what it is, where it stands, how much. */
export async function cashDifferences(database: Database) {
  const rows = await database
    .selectFrom("difference")
    .select(["class", "state", "amount", "number", "closed_by"])
    .where("account", "=", "cash")
    .orderBy("opened_at")
    .execute();
  return rows.map(({ class: type, state, amount, number }) => ({ class: type, state, amount: amount / 100, number }));
}

/** Sends a request, and again with the yes of the office's owner or manager beside it where another person is needed. */
export async function withYes(who: OfficeAsk, path: string, body: object, by = "owner") {
  const first = await who("POST", path, { v: 1, store, ...body });
  if (first.statusCode !== 202) return first;
  const { proposed } = first.json<{ proposed: string }>();
  const password = by === "owner" ? ownersPassword : passwordOf(by);
  const given = await who("POST", `approvals/${proposed}/beside`, { v: 1, by, password });
  expect([given.statusCode, given.body]).toEqual([200, expect.anything()]);
  return who("POST", path, { v: 1, store, ...body, approval: proposed });
}
