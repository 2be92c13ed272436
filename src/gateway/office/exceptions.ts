import { sql } from "kysely";
import { officePageMax } from "../../contract/office.ts";
import { type OfficeException, type OfficeExceptions } from "../../contract/office-exceptions.ts";
import type { Instant } from "../../domain/clock.ts";
import type { SaleId, StoreId } from "../../domain/identifier.ts";
import type { OfficePass } from "../routes/passes.ts";
import type { Database } from "../store/database.ts";
import { mayLook, ofLostTill } from "./look-at-exception.ts";

/** Papers named for one exception at most: who has more to look at opens the sale. */
const receiptsMax = 6;

/** What needs a person in `stores`, newest first: 100 of them, and how many in all. */
export async function officeExceptions(
  database: Database,
  pass: OfficePass,
  stores: readonly StoreId[],
): Promise<OfficeExceptions> {
  if (stores.length === 0) return { exceptions: [], count: 0 };
  const open = database.selectFrom("exception_item").where("store", "in", stores).where("closed_at", "is", null);
  const rows = await open.selectAll().orderBy("opened_at", "desc").orderBy("id").limit(officePageMax).execute();
  const { count } = await open.select((row) => row.fn.countAll<number>().as("count")).executeTakeFirstOrThrow();
  const papers = await papersOf(database, stores, [...new Set(rows.map((row) => row.subject))]);
  const beside = await besideOf(database, rows);
  const exceptions = rows.map((row) => {
    const receipts = papers(row.store, row.subject);
    const {
      account,
      side,
      has_payment: hasPayment,
      is_lost: isLost,
    } = beside.get(`${row.store}/${row.id}`) ?? nothingBeside;
    const store = row.store as StoreId;
    const kind = row.kind as OfficeException["kind"];
    const detail = row.detail as Pick<OfficeException, "amount" | "detail" | "staff">;
    return {
      id: row.id,
      at: row.opened_at as Instant,
      store,
      kind,
      subject: row.subject,
      ...detail,
      ...(receipts.length === 0 ? {} : { receipts }),
      ...(account === null || side === null ? {} : { difference: { account, side } }),
      hasPayment,
      isMine: mayLook(pass, { store, kind, staff: detail.staff, isLost }),
    };
  });
  return { exceptions, count: Number(count) };
}

type Beside = {
  readonly account: string | null;
  readonly side: string | null;
  readonly has_payment: boolean;
  readonly is_lost: boolean;
};
const nothingBeside: Beside = { account: null, side: null, has_payment: false, is_lost: false };

/** The open difference of what each exception is about, whether it is a payment that was asked for here, or a lost till's open sale. */
async function besideOf(
  database: Database,
  rows: readonly { readonly store: string; readonly id: string; readonly subject: string }[],
): Promise<ReadonlyMap<string, Beside>> {
  const { rows: found } = await sql<Beside & { readonly store: string; readonly id: string }>`
    select w.store, w.id, d.account, d.side,
      exists (select 1 from payment_attempt a where a.store = w.store and a.id = w.subject) as has_payment,
      w.id like 'saleLeftOpen/%' and exists (select 1 from sale where sale.store = w.store and sale.id = w.subject and ${ofLostTill})
        as is_lost
    from unnest(${rows.map(({ store }) => store)}::text[], ${rows.map(({ id }) => id)}::text[],
      ${rows.map(({ subject }) => subject)}::text[]) as w (store, id, subject)
    left join lateral (
      select account, side from difference d where d.store = w.store and d.number = w.subject and d.state = 'break'
        and d.side in ('payment', 'refund') order by d.id limit 1
    ) d on true
  `.execute(database);
  return new Map(found.map((each) => [`${each.store}/${each.id}`, each]));
}

type Paper = NonNullable<OfficeException["receipts"]>[number];
type SaleOf = { readonly store: string; readonly subject: string; readonly sale: string };

/**
 * Which papers have to do with each of `subjects`, ids of sales or refunds: the sale's own; where it gave goods back, those of the
 * returns from the same original, and the original's.
 */
async function papersOf(
  database: Database,
  stores: readonly string[],
  subjects: readonly string[],
): Promise<(store: string, subject: string) => Paper[]> {
  if (subjects.length === 0) return () => [];
  const refunds = await database
    .selectFrom("refund")
    .select(["store", "id as subject", "sale"])
    .where("store", "in", stores)
    .where("id", "in", subjects)
    .execute();
  const asked: readonly SaleOf[] = [
    ...stores.flatMap((store) => subjects.map((subject) => ({ store, subject, sale: subject }))),
    ...refunds,
  ];
  const returns = await returnsBeside(database, stores, [...new Set(asked.map(({ sale }) => sale))]);
  const sales = [
    ...new Set([...asked.map(({ sale }) => sale), ...returns.flatMap((each) => [each.sale, each.original])]),
  ];
  const known = await database
    .selectFrom("sale")
    .select(["store", "id", "receipt_number"])
    .where("store", "in", stores)
    .where("id", "in", sales)
    .where("receipt_number", "is not", null)
    .execute();
  return (store, subject) => {
    const own = asked.filter((each) => each.store === store && each.subject === subject).map(({ sale }) => sale);
    const originals = returns
      .filter((each) => each.store === store && own.includes(each.sale))
      .map((each) => each.original);
    const others = returns.filter((each) => each.store === store && originals.includes(each.original));
    const inOrder = new Set([...own, ...others.map(({ sale }) => sale), ...originals]);
    return [...inOrder].slice(0, receiptsMax).flatMap((sale) => {
      const paper = known.find((each) => each.store === store && each.id === sale)?.receipt_number ?? null;
      return paper === null ? [] : [{ sale: sale as SaleId, receipt: paper }];
    });
  };
}

/** All returns from the originals that `sales` gave goods back of. */
async function returnsBeside(
  database: Database,
  stores: readonly string[],
  sales: readonly string[],
): Promise<readonly { readonly store: string; readonly sale: string; readonly original: string }[]> {
  const originals = database
    .selectFrom("returned_line")
    .select("original")
    .where("store", "in", stores)
    .where("sale", "in", sales);
  return database
    .selectFrom("returned_line")
    .select(["store", "sale", "original"])
    .distinct()
    .where("store", "in", stores)
    .where("original", "in", originals)
    .orderBy("sale")
    .execute();
}
