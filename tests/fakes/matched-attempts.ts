import type { Instant } from "../../src/domain/clock.ts";
import type { PaymentId, StoreId } from "../../src/domain/identifier.ts";
import { money } from "../../src/domain/money.ts";
import { accounts } from "../../src/gateway/books/ledger.ts";
import { post } from "../../src/gateway/books/post.ts";
import { acceptedTransfers } from "../../src/gateway/books/refund-transfers.ts";
import { json, type OpenDatabase } from "../../src/gateway/store/database.ts";
import { account } from "./matched-stores.ts";
import { replacementsMax } from "../../src/gateway/refunds/refund-plan.ts";

export type WrittenAttempt = {
  readonly id: PaymentId;
  readonly sale: string;
  readonly store: string;
  readonly amount: number;
  readonly receivable: number;
  readonly at: Instant;
  readonly state: "captured" | "reversed" | "closed" | "declined" | "unknown";
};

/** An attempt as the gateway would have left it, with what it had captured. */
export async function writeAttempt(database: OpenDatabase, of: WrittenAttempt): Promise<void> {
  const capture = {
    order: money(of.amount, "CNY"),
    receivable: money(of.receivable, "CNY"),
    paid: money(of.receivable, "CNY"),
    providerTransactionId: `42${of.id}`,
    capturedAt: of.at,
    discounts: [],
  };
  const hasMoved = of.state === "captured" || of.state === "reversed";
  await database
    .insertInto("payment_attempt")
    .values({
      store: of.store,
      id: of.id,
      till: "till-a1",
      series: 1,
      journal_number: 1,
      sale: of.sale,
      session: null,
      business_date: "2026-11-20",
      account: account.id,
      channel: "wechat",
      presentment: "consumer",
      amount: of.amount,
      currency: "CNY",
      deadline: of.at,
      state: of.state,
      detail: json(of.state === "captured" ? { capture, refundOwed: false } : {}),
      freed: false,
      version: 1,
      memo: json({ base: of.at, captured: hasMoved ? capture : null }),
      snapshot: null,
      code_hash: null,
      provider_transaction: `42${of.id}`,
      created_at: of.at,
      updated_at: of.at,
    })
    .execute();
}

export type WrittenRefund = {
  readonly id: string;
  readonly payment: PaymentId;
  readonly amount: number;
  readonly at: Instant;
  readonly state: "succeeded" | "processing" | "owed" | "failed";
};

/** A refund as the gateway would have left it, and its postings. */
export async function writeRefund(database: OpenDatabase, of: WrittenRefund): Promise<void> {
  await database
    .insertInto("refund")
    .values({
      store: "heping",
      id: of.id,
      attempt: of.payment,
      account: account.id,
      channel: "wechat",
      cause: "return",
      sale: "",
      till: "till-a1",
      amount: of.amount,
      currency: "CNY",
      state: of.state,
      detail: json(of.state === "failed" ? { reason: "closed" } : {}),
      // closed, and made again as often as it is by itself: a person decides
      memo: json(of.state === "failed" ? { replaces: replacementsMax } : {}),
      version: 1,
      business_date: "2026-11-20",
      provider_refund: null,
      created_at: of.at,
      updated_at: of.at,
    })
    .execute();
  const amount = money(of.amount, "CNY");
  const owed = [{ debit: "returns/0", credit: accounts.refundsOwed(account.id), amount }];
  const isAccepted = of.state === "succeeded" || of.state === "processing";
  await post(
    database,
    {
      store: "heping" as StoreId,
      posting: `${of.id}/accepted`,
      event: "refundAccepted",
      subject: of.id,
      businessDate: "2026-11-20",
      transfers: isAccepted ? [...owed, ...acceptedTransfers(account.id, amount)] : owed,
    },
    of.at,
  );
}
