import { sql } from "kysely";
import type { CashDrawer, DepositShown, HandOverShown, OfficeCash, SafeCountShown } from "../../../contract/cash.ts";
import { cashAccount } from "../../../contract/item-classes.ts";
import type { NoteCount } from "../../../domain/denominations.ts";
import type { Instant } from "../../../domain/clock.ts";
import type { StoreId } from "../../../domain/identifier.ts";
import { plusDays } from "../../../domain/local-time.ts";
import { money, type CurrencyCode, type Money } from "../../../domain/money.ts";
import { depositWithinDays, missingFrom } from "../../../domain/settlement/match-deposits.ts";
import { balanceIn } from "../../books/balance.ts";
import { accounts } from "../../books/ledger.ts";
import type { CashPlace } from "../../cash/cash-place.ts";
import { isSafeCounted } from "../../cash/safe-count.ts";
import type { DepositRow } from "../../store/cash-tables.ts";
import type { Database } from "../../store/database.ts";
import { drawersOf } from "./drawers.ts";
import { namesOf } from "../person.ts";
import { nameOf, type Names } from "./names.ts";

/** Rows of each list in one answer. */
const rowsMax = 500;

/**
 * A store's cash: what the books have in its safe, in its drawers and on its way to the bank, who handed over to whom, how the safe was
 * counted. `isBlind`: for somebody who counts and is told no sum.
 */
export async function officeCash(
  database: Database,
  place: CashPlace,
  days: number,
  isBlind: boolean,
): Promise<OfficeCash> {
  const { store, today, currency } = place;
  const since = plusDays(today, 1 - days);
  const names = await namesOf(database);
  const balance = async (account: string): Promise<Money | null> =>
    isBlind ? null : money(await balanceIn(database, store, account), currency);
  return {
    store: store as StoreId,
    today,
    safe: await balance(accounts.safe),
    isCounted: await isSafeCounted(database, store),
    inTransit: await balance(accounts.cashInTransit),
    drawers: (await drawersOf(database, place, names)).map((drawer) => (isBlind ? untold(drawer) : drawer)),
    // whoever adds up what came and went knows what is in the safe
    handOvers: isBlind ? [] : await handOversSince(database, store, since, names),
    counts: isBlind ? [] : await countsSince(database, store, since, names),
    deposits: await depositsSince(database, place, since, names),
    banks: await banksOf(database),
    people: await carriersOf(database, store),
    currency,
  };
}

/** What lies in a drawer would tell the count to come. */
function untold(drawer: CashDrawer): CashDrawer {
  return { ...drawer, float: null, holds: null };
}

async function handOversSince(
  database: Database,
  store: string,
  since: string,
  names: Names,
): Promise<HandOverShown[]> {
  const rows = await database
    .selectFrom("hand_over")
    .leftJoin("till", "till.id", "hand_over.till")
    .selectAll("hand_over")
    .select("till.label")
    .where("hand_over.store", "=", store)
    .where("business_date", ">=", since)
    .orderBy("at", "desc")
    .limit(rowsMax)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    tillLabel: row.label ?? row.till,
    day: row.business_date,
    at: row.at as Instant,
    amount: money(row.amount, row.currency as CurrencyCode),
    kept: money(row.kept, row.currency as CurrencyCode),
    notes: [...(row.notes as readonly NoteCount[])],
    handedBy: nameOf(names, row.handed_by),
    receivedBy: nameOf(names, row.received_by),
  }));
}

async function countsSince(database: Database, store: string, since: string, names: Names): Promise<SafeCountShown[]> {
  const rows = await database
    .selectFrom("safe_count")
    .selectAll()
    .where("store", "=", store)
    .where("business_date", ">=", since)
    .orderBy("at", "desc")
    .limit(rowsMax)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at as Instant,
    counted: money(row.counted, row.currency as CurrencyCode),
    expected: money(row.expected, row.currency as CurrencyCode),
    countedBy: nameOf(names, row.counted_by) ?? "",
    secondPerson: nameOf(names, row.second_person),
  }));
}

/** Deposits of these days, and those that are on their way however old. */
async function depositsSince(
  database: Database,
  { store, today }: CashPlace,
  since: string,
  names: Names,
): Promise<DepositShown[]> {
  const rows = await database
    .selectFrom("deposit")
    .leftJoin("bank_account", (join) =>
      join.onRef("bank_account.store", "=", "deposit.bank_store").onRef("bank_account.id", "=", "deposit.bank"),
    )
    .selectAll("deposit")
    .select("bank_account.name")
    .select(settledSql.as("settled"))
    .where("deposit.store", "=", store)
    .where((row) => row.or([row("day", ">=", since), row("state", "=", "underWay")]))
    .orderBy("at", "desc")
    .limit(rowsMax)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    bankName: row.name ?? row.bank,
    slip: row.slip,
    day: row.day,
    at: row.at as Instant,
    amount: money(row.amount, row.currency as CurrencyCode),
    notes: [...(row.notes as readonly NoteCount[])],
    takenBy: nameOf(names, row.taken_by) ?? "",
    madeBy: nameOf(names, row.made_by) ?? "",
    secondPerson: nameOf(names, row.second_person),
    state: stateOf(row, today),
    expectedBy: plusDays(row.day, depositWithinDays),
    arrivedOn: row.arrived_on,
    credited: row.credited === null ? null : money(row.credited, row.currency as CurrencyCode),
    settled: row.settled,
    reason: row.reason,
  }));
}

/** How a deposit's difference was mended, if it is. */
const settledSql = sql<string | null>`(
  select m.action from difference d
  join mending_item i on i.difference_store = d.store and i.difference = d.id and i.mending = d.closed_by
  join mending m on m.store = i.store and m.id = i.mending
  where d.store = deposit.store and d.account = ${cashAccount} and d.side = 'deposit' and d.number = deposit.id
    and d.state = 'mended'
  order by d.closed_at desc limit 1
)`;

function stateOf({ state, day }: DepositRow, today: string): DepositShown["state"] {
  return state === "underWay" && today >= missingFrom(day) ? "missing" : state;
}

/** The shop's accounts with banks: a store may bring its cash to any of them. */
async function banksOf(database: Database): Promise<OfficeCash["banks"]> {
  return database.selectFrom("bank_account").select(["id", "name"]).orderBy("name").execute();
}

async function carriersOf(database: Database, store: string): Promise<OfficeCash["people"]> {
  return database
    .selectFrom("staff")
    .innerJoin("staff_role", "staff_role.staff", "staff.id")
    .select(["staff.id", "staff.name"])
    .where("staff_role.store", "=", store)
    .where("staff.left_at", "is", null)
    .orderBy("staff.name")
    .execute();
}
