import { sql } from "kysely";
import type { BillRowShown, ItemName, ItemResult, ReconciliationItemOpened } from "../../../contract/reconciliation.ts";
import type { StoryStep } from "../../../contract/office.ts";
import type { Instant } from "../../../domain/clock.ts";
import { money, type CurrencyCode } from "../../../domain/money.ts";
import { wholeFee } from "../../../domain/reconciliation/fee.ts";
import type { Accounts } from "../../payments/accounts.ts";
import { billReaches } from "../../reconcile/bill-reach.ts";
import type { BillTradeRow } from "../../store/bill-tables.ts";
import type { Database } from "../../store/database.ts";
import type { PaymentAttemptRow } from "../../store/tables.ts";
import { storyOfPayment, storyOfSale } from "../story.ts";
import { besideBills } from "./beside-bills.ts";
import { countedBeside } from "./counted.ts";
import { differences, type ItemRow } from "./item-sql.ts";
import { itemOf } from "./items.ts";
import { pairingOf, rowsFor, tendersFor } from "./pairing.ts";
import { accountsAsked, dayOf } from "./scope.ts";

/** One item with both sides, what is different about it, and what happened to its payment. Null when nobody knows that number. */
export async function reconciliationItem(
  database: Database,
  accounts: Accounts,
  name: ItemName,
): Promise<ReconciliationItemOpened | null> {
  const movements = await movementsOf(database, name);
  const rows = await rowsOf(database, name);
  const found = await differencesOf(database, name);
  if (movements.length === 0 && rows.length === 0 && found.length === 0) return null;
  const counted = movements.length > 0 ? null : await countedBeside(database, name);
  const payment = paymentOf(name, movements, rows) ?? counted?.attempt ?? null;
  const attempt =
    payment === null
      ? undefined
      : await database
          .selectFrom("payment_attempt")
          .selectAll()
          .where("store", "=", name.store)
          .where("id", "=", payment)
          .executeTakeFirst();
  const sale = movements[0]?.sale ?? counted?.sale ?? (attempt?.sale === "" ? null : (attempt?.sale ?? null));
  const shown = await shownItem(database, accounts, name, { movements, rows, found });
  return {
    item: shown.receipt === null && sale !== null ? { ...shown, ...(await placeOfSale(database, name, sale)) } : shown,
    results: found.map((row) => itemOf(row).result),
    movements: movements.map((row) => ({
      side: row.side,
      at: row.at as Instant,
      amount: money(row.amount, row.currency as CurrencyCode),
      receivable: money(row.receivable, row.currency as CurrencyCode),
      businessDate: row.business_date,
      providerNumber: row.provider_number,
      isUndone: row.undone_at !== null,
    })),
    counted: counted?.shown ?? null,
    rows: rows.map(rowShown),
    beside: await besideBills(database, name),
    payment,
    sale,
    attemptState: attempt?.state ?? null,
    story: await storyOf(database, name.store, attempt, sale),
    ...(await otherSide(database, name, movements, rows, shown.result)),
  };
}

/** Of the payment; where there is none, of the sale that counts it. */
async function storyOf(
  database: Database,
  store: string,
  attempt: PaymentAttemptRow | undefined,
  sale: string | null,
): Promise<StoryStep[]> {
  if (attempt !== undefined) return storyOfPayment(database, attempt);
  return sale === null ? [] : storyOfSale(database, store, sale, []);
}

/** The receipt of a sale that the item's own line does not know, and where it was written. */
async function placeOfSale(
  database: Database,
  { store }: ItemName,
  sale: string,
): Promise<Partial<Pick<ReconciliationItemOpened["item"], "receipt" | "tillLabel" | "staffName">>> {
  const row = await database
    .selectFrom("sale")
    .leftJoin("till", "till.id", "sale.till")
    .leftJoin("staff", "staff.id", "sale.staff")
    .select(["sale.receipt_number as receipt", "till.label as tillLabel", "staff.name as staffName"])
    .where("sale.store", "=", store)
    .where("sale.id", "=", sale)
    .executeTakeFirst();
  return row ?? {};
}

/** What a person may pair it with, and what it is paired with. */
async function otherSide(
  database: Database,
  name: ItemName,
  [movement]: readonly Movement[],
  rows: readonly BillTradeRow[],
  result: ItemResult,
): Promise<Pick<ReconciliationItemOpened, "candidates" | "tenders" | "pairing">> {
  const pairing = await pairingOf(database, name);
  const isOpen = pairing === null && (result.kind === "break" || result.kind === "waiting");
  const candidates =
    isOpen && name.side === "tender" && movement !== undefined ? await rowsFor(database, name.account, movement) : [];
  const foreign = pairing === null ? rows.find(({ own, gone_with: gone }) => !own && gone === null) : undefined;
  const tenders = foreign === undefined ? [] : await tendersFor(database, name.account, foreign);
  return { candidates: candidates.map(rowShown), tenders, pairing };
}

type Movement = Awaited<ReturnType<typeof movementsOf>>[number];
type Found = ItemRow & { readonly detail: unknown };

function paymentOf(name: ItemName, movements: readonly Movement[], rows: readonly BillTradeRow[]): string | null {
  if (name.side === "payment") return name.number;
  return movements[0]?.attempt ?? rows[0]?.payment ?? null;
}

async function movementsOf(database: Database, { store, account, side, number }: ItemName) {
  const sides =
    side === "payment"
      ? (["payment", "reversal"] as const)
      : side === "tender"
        ? (["unverified"] as const)
        : ([side as "refund"] as const);
  return database
    .selectFrom("movement")
    .selectAll()
    .where("store", "=", store)
    .where("account", "=", account)
    .where("side", "in", [...sides])
    .where("number", "=", number)
    .orderBy("at")
    .execute();
}

async function rowsOf(database: Database, { store, account, side, number }: ItemName): Promise<BillTradeRow[]> {
  if (side !== "payment" && side !== "refund") return [];
  const sides = side === "payment" ? (["payment", "reversal"] as const) : (["refund"] as const);
  return database
    .selectFrom("bill_row")
    .selectAll()
    .where("store", "=", store)
    .where("account", "=", account)
    .where("side", "in", [...sides])
    .where("number", "=", number)
    .orderBy("at")
    .execute();
}

async function differencesOf(database: Database, { store, account, side, number }: ItemName): Promise<Found[]> {
  const scope = { stores: [store], accounts: [account], day: null, from: 0, to: 0, reaches: [] };
  const { rows } = await sql<Found>`
    select f.*, d.detail from (${differences(scope, ["waiting", "break", "mended", "gone"])}) f
    join difference d on d.store = f.store and d.id = f.account || '/' || f.side || '/' || f.number || '/' || f.class
    where f.side = ${side} and f.number = ${number}
    order by case f.state when 'break' then 0 when 'waiting' then 1 when 'mended' then 2 else 3 end, f.class
  `.execute(database);
  return rows;
}

/** The item's own line, as the list has it. */
async function shownItem(
  database: Database,
  accounts: Accounts,
  name: ItemName,
  {
    movements,
    rows,
    found,
  }: {
    readonly movements: readonly Movement[];
    readonly rows: readonly BillTradeRow[];
    readonly found: readonly Found[];
  },
): Promise<ReconciliationItemOpened["item"]> {
  const [different] = found;
  const isOpen = different !== undefined && (different.state === "break" || different.state === "waiting");
  const live = rows.filter((row) => row.gone_with === null);
  // what no row ever came for is mended, not matched
  const isMended = different?.state === "mended" && name.side === "payment" && live.length === 0;
  if (different !== undefined && (isOpen || isMended || (movements.length === 0 && rows.length === 0)))
    return itemOf(different);
  const [movement] = movements;
  const sign = name.side === "refund" ? -1 : 1;
  const people = await peopleOf(database, name.store, movement);
  const awaited =
    live.length > 0 || movement === undefined ? null : await awaitedDay(database, accounts, name, movement);
  return itemOf({
    ...name,
    at: movement?.at ?? rows[0]?.at ?? null,
    day: live[0]?.day ?? rows[0]?.day ?? awaited?.day ?? "",
    channel: movement?.channel ?? null,
    till: movement?.till ?? null,
    ...people,
    ours: movement === undefined ? null : sign * movement.receivable,
    theirs:
      live.length === 0 ? null : live.reduce((all, row) => all + (row.side === "payment" ? 1 : -1) * row.receivable, 0),
    fee: live.length === 0 ? null : live.reduce((all, row) => all + wholeFee(row.fee), 0),
    currency: movement?.currency ?? rows[0]?.currency ?? "CNY",
    state: live.some((row) => !row.own) ? "other" : awaited?.isHere === false ? "waiting" : null,
    class: awaited?.isHere === false ? (awaited.isEarly ? "billEarly" : "billNotHere") : null,
    until: null,
    amount: 0,
    opened_at: null,
    closed_at: null,
    closed_by: null,
  });
}

/** The provider's day of a movement that no row stands for, whether that day's bill is here and knows of it, or came before. */
async function awaitedDay(database: Database, accounts: Accounts, { account }: ItemName, { at }: Movement) {
  const [known] = await accountsAsked(database, accounts, account);
  if (known === undefined) return null;
  const day = dayOf(at as Instant, known.bills);
  const of = { accounts: [account], stores: [known.homeStore], days: { from: day, to: day } };
  const [reach] = await billReaches(database, of, known.bills.zone);
  return { day, isHere: at <= (reach?.until ?? -1), isEarly: reach !== undefined };
}

async function peopleOf(database: Database, store: string, movement: Movement | undefined) {
  if (movement === undefined) return { label: null, receipt: null, staff: null, staff_name: null };
  const till = await database.selectFrom("till").select("label").where("id", "=", movement.till).executeTakeFirst();
  const sale = await database
    .selectFrom("sale")
    .leftJoin("staff", "staff.id", "sale.staff")
    .select(["receipt_number", "staff.name"])
    .where("sale.store", "=", store)
    .where("sale.id", "=", movement.sale ?? "")
    .executeTakeFirst();
  const staff = sale?.name ?? null;
  return { label: till?.label ?? null, receipt: sale?.receipt_number ?? null, staff, staff_name: staff };
}

/** A row of a bill as it travels. */
export function rowShown(row: BillTradeRow): BillRowShown {
  const of = (amount: number) => money(amount, row.currency as CurrencyCode);
  return {
    bill: row.bill,
    line: row.line,
    number: row.number,
    day: row.day,
    side: row.side,
    at: row.at as Instant,
    amount: of(row.amount),
    receivable: of(row.receivable),
    fee: of(wholeFee(row.fee)),
    rate: row.rate,
    status: row.status,
    providerNumber: row.provider_number,
    isGone: row.gone_with !== null,
  };
}
