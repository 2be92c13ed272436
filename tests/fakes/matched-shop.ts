import type { BillTotals, FlowRow, TradeRow } from "../../src/domain/bills/bill.ts";
import type { Instant } from "../../src/domain/clock.ts";
import {
  idWithTag,
  makeId,
  type Id,
  type PaymentId,
  type SaleId,
  type StoreId,
  type Tag,
} from "../../src/domain/identifier.ts";
import { money } from "../../src/domain/money.ts";
import { accounts, capturedTransfers } from "../../src/gateway/books/ledger.ts";
import { post } from "../../src/gateway/books/post.ts";
import { storeBill, storeEmptyDay } from "../../src/gateway/bills/bill-store.ts";
import { takeBill, type TakenBill } from "../../src/gateway/bills/take-bill.ts";
import { reconcileBill } from "../../src/gateway/reconcile/reconcile-bill.ts";
import { reviewAccount } from "../../src/gateway/reconcile/review.ts";
import { json, type OpenDatabase } from "../../src/gateway/store/database.ts";
import { writeAttempt, writeRefund } from "./matched-attempts.ts";
import { noTotals } from "../../src/domain/bills/totals.ts";
import { billParts, flowParts, once } from "./matched-bills.ts";
import { dice } from "../simulation/seeded.ts";
import { sampleSale } from "./sample-sale.ts";
import { account, balanceOf, fillMatchedStores, stores, tagOfStore, zone } from "./matched-stores.ts";

/** Two stores on one account, written straight into the tables: what tills and provider would have left there. */
export async function openMatchedShop(database: OpenDatabase): Promise<MatchedShop> {
  await fillMatchedStores(database);
  return new MatchedShop(database);
}

export type PaymentParts = {
  readonly store?: (typeof stores)[number];
  readonly amount: number;
  readonly receivable?: number;
  readonly at: Instant;
  /** How the attempt ended; captured when not said. */
  readonly state?: "captured" | "reversed" | "closed" | "declined" | "unknown";
  /** What its sale counts; null for none. */
  readonly tender?: number | null;
  readonly sale?: "completed" | "open" | "voided" | "none";
};

export class MatchedShop {
  readonly database: OpenDatabase;
  private made = 0;

  constructor(database: OpenDatabase) {
    this.database = database;
  }

  /** A number of our form, of a store's till. */
  number(at: Instant, store: (typeof stores)[number] = "heping"): PaymentId {
    this.made++;
    const plain = makeId<Id>(at, tagOfStore[store] as Tag, dice(this.made, "number"));
    return idWithTag<PaymentId>(plain, tagOfStore[store] as Tag);
  }

  /** A payment of ours with its movement, its sale and what the ledger says of it. */
  async payment(parts: PaymentParts): Promise<PaymentId> {
    const { store = "heping", amount, at, state = "captured", sale = "completed" } = parts;
    const receivable = parts.receivable ?? amount;
    const id = this.number(at, store);
    const saleId = idWithTag<Id>(id, "SA0E" as Tag);
    await writeAttempt(this.database, { id, sale: saleId, store, amount, receivable, at, state });
    const moved = state === "captured" || state === "reversed";
    if (moved) await this.movement("payment", id, { store, amount, receivable, at, sale: saleId });
    if (moved && state === "captured")
      await post(
        this.database,
        {
          store: store as StoreId,
          posting: `${id}/captured`,
          event: "captured",
          subject: id,
          businessDate: "2026-11-20",
          transfers: capturedTransfers(
            account.id,
            { order: money(amount, "CNY"), receivable: money(receivable, "CNY") },
            [],
          ),
        },
        at,
      );
    if (state === "reversed") await this.movement("reversal", id, { store, amount, receivable, at, sale: saleId });
    if (sale !== "none") await this.sale(saleId, store, sale, amount, at);
    const tender = parts.tender === undefined ? (sale === "completed" ? amount : null) : parts.tender;
    if (tender !== null) await this.tender(saleId, store, id, tender, at);
    return id;
  }

  /** A payment that was all of a sale of one line at 13 %, frozen when it was attempted. */
  async paymentOfSale(amount: number, at: Instant, state: "completed" | "voided" = "completed"): Promise<PaymentId> {
    const id = await this.payment({ amount, at, sale: state });
    const sale = idWithTag<SaleId>(id, "SA0E" as Tag);
    const body = sampleSale(sale, amount, id);
    await this.database
      .updateTable("payment_attempt")
      .set({ snapshot: json(body.sale) })
      .where("id", "=", id)
      .execute();
    await this.database
      .updateTable("sale")
      .set({ body: json(body) })
      .where("id", "=", sale)
      .execute();
    return id;
  }

  /** Something that moved by our word. */
  async movement(
    side: "payment" | "reversal" | "refund" | "unverified",
    number: string,
    of: {
      readonly store: string;
      readonly amount: number;
      readonly receivable: number;
      readonly at: Instant;
      readonly sale: string | null;
      readonly attempt?: string;
      readonly tail?: string;
    },
  ): Promise<void> {
    await this.database
      .insertInto("movement")
      .values({
        store: of.store,
        account: account.id,
        side,
        number,
        attempt: of.attempt ?? (side === "unverified" ? null : number),
        sale: of.sale,
        till: "till-a1",
        channel: "wechat",
        amount: of.amount,
        receivable: of.receivable,
        currency: "CNY",
        provider_number: side === "unverified" ? "" : `42${number}`,
        at: of.at,
        business_date: "2026-11-20",
        tail: of.tail ?? "",
        undone_at: null,
      })
      .execute();
  }

  async sale(
    id: string,
    store: string,
    state: "completed" | "open" | "voided",
    total: number,
    at: Instant,
  ): Promise<void> {
    await this.database
      .insertInto("sale")
      .values({
        store,
        id,
        till: "till-a1",
        series: 1,
        number: 1,
        state,
        receipt_number: null,
        business_date: "2026-11-20",
        session: null,
        staff: "staff-1",
        currency: "CNY",
        total,
        at,
        body: json(null),
      })
      .onConflict((conflict) => conflict.columns(["store", "id"]).doUpdateSet({ state }))
      .execute();
  }

  async tender(sale: string, store: string, attempt: string, amount: number, at: Instant): Promise<void> {
    await this.database
      .insertInto("sale_tender")
      .values({ store, sale, n: 1, kind: "payment", amount, tip: 0, attempt })
      .execute();
    const transfers = [{ debit: accounts.suspense, credit: "revenue/0", amount: money(amount, "CNY") }];
    await post(
      this.database,
      {
        store: store as StoreId,
        posting: `${sale}/completed`,
        event: "saleCompleted",
        subject: sale,
        businessDate: "2026-11-20",
        transfers,
      },
      at,
    );
  }

  /** A refund of ours of a payment of ours. */
  async refund(
    payment: PaymentId,
    amount: number,
    at: Instant,
    state: "succeeded" | "processing" | "owed" | "failed" = "succeeded",
  ): Promise<string> {
    const id = this.number(at);
    await writeRefund(this.database, { id, payment, amount, at, state });
    if (state === "succeeded" || state === "processing")
      await this.movement("refund", id, {
        store: "heping",
        amount,
        receivable: amount,
        at,
        sale: null,
        attempt: payment,
      });
    return id;
  }

  /** Takes in a bill of these rows; `text` makes its bytes differ from an earlier one's. */
  async bill(
    day: string,
    rows: readonly TradeRow[],
    at: Instant,
    text = JSON.stringify(rows),
    footer: BillTotals = noTotals,
    kind: "trade" | "balanceRefunds" = "trade",
  ): Promise<TakenBill & { readonly isNew: boolean }> {
    const stored = await storeBill(this.database, { ...billOf(day), kind }, once(Buffer.from(text)), at);
    const named = { store: account.homeStore, id: stored.id };
    const taken = await takeBill(this.database, reader(rows, footer), named, at, (step, bill) =>
      reconcileBill(step, bill, { zone }, at),
    );
    return { ...taken, isNew: stored.isNew };
  }

  /** The provider says that nothing happened on that day. */
  async emptyDay(day: string, at: Instant): Promise<void> {
    await this.database.transaction().execute(async (step) => {
      const id = await storeEmptyDay(step, { ...billOf(day), kind: "trade" }, at);
      const bill = await step.selectFrom("bill").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
      await reconcileBill(step, { bill, changed: null }, { zone }, at);
    });
  }

  /** Takes in a fund flow of these rows. */
  async flow(day: string, rows: readonly FlowRow[], at: Instant, text = JSON.stringify(rows)): Promise<void> {
    const bill = { ...billOf(day), kind: "fundFlow" as const };
    const stored = await storeBill(this.database, bill, once(Buffer.from(text)), at);
    const named = { store: account.homeStore, id: stored.id };
    const read = { readBill: () => flowParts(rows), billAccount: async () => "1900000001" };
    await takeBill(this.database, read, named, at, (step, taken) => reconcileBill(step, taken, { zone }, at));
  }

  review(at: Instant): Promise<void> {
    return reviewAccount(this.database, account, stores, { zone }, at);
  }

  /** Open differences as text, in order. */
  async open(): Promise<string[]> {
    const rows = await this.database
      .selectFrom("difference")
      .selectAll()
      .where("state", "in", ["waiting", "break"])
      .orderBy("number")
      .orderBy("class")
      .execute();
    return rows.map((row) => `${row.state} ${row.class} ${row.amount}`);
  }

  /** An account's balance over all stores: debits less credits. */
  async balance(name: string): Promise<number> {
    return balanceOf(this.database, name);
  }
}

function reader(rows: readonly TradeRow[], footer: BillTotals) {
  return { readBill: () => billParts(rows, footer), billAccount: async () => "1900000001" };
}

function billOf(day: string) {
  const { id, homeStore } = account;
  return { homeStore, account: id, day, origin: "fetched", name: "bill", announced: null, handedBy: null } as const;
}
