import type { Instant } from "../../domain/clock.ts";
import type { PaymentId, RefundId, SaleId } from "../../domain/identifier.ts";
import type { CompletedSale, EntryEnvelope, JournalEntry } from "../../domain/journal.ts";
import { negate, type Money } from "../../domain/money.ts";
import type { PaymentChannel } from "../../domain/tender.ts";
import { raiseException } from "../books/exceptions.ts";
import type { AccountOf } from "../books/sale-transfers.ts";
import { owedTransfers } from "../books/refund-transfers.ts";
import { post } from "../books/post.ts";
import { lockAttempt } from "../payments/attempt-store.ts";
import { oweRefund } from "../refunds/owe.ts";
import type { Database } from "../store/database.ts";

type Promised = {
  readonly refund: RefundId;
  readonly attempt: PaymentId;
  readonly channel: PaymentChannel;
  /** Above zero. */
  readonly amount: Money;
};

/**
 * What a completed sale gives back: the lines and money it uses up of its original, the end of its claim, and the refunds it
 * promises. A promise that cannot be kept waits for a person; the fact stands.
 *
 * @returns which provider account each refund is with, for the books
 */
export async function projectReturn(
  step: Database,
  entry: EntryEnvelope,
  completed: CompletedSale,
  at: Instant,
): Promise<AccountOf> {
  const { sale, tenders } = completed;
  const original = sale.lines.find((line) => line.returnOf !== null)?.returnOf?.sale ?? null;
  if (original !== null) await useUp(step, entry, original, completed);
  const accounts = new Map<string, string>();
  for (const tender of tenders) {
    if (tender.kind !== "refund") continue;
    const promised = { ...tender, amount: negate(tender.amount) };
    accounts.set(tender.attempt, await promise(step, entry, promised, sale.id, "return", at));
  }
  return (attempt) => accounts.get(attempt) ?? unknownAccount;
}

/** A captured tender was taken off a sale that is still open: its money leaves suspense and goes back (row 15). */
export async function returnTender(
  step: Database,
  entry: EntryEnvelope,
  body: Extract<JournalEntry, { kind: "tenderReturned" }>["body"],
  at: Instant,
): Promise<void> {
  const account = await promise(step, entry, body, body.sale, "tenderReturned", at);
  await post(
    step,
    {
      store: entry.store,
      posting: `${body.refund}/owed`,
      event: "refundOwed",
      subject: body.attempt,
      businessDate: entry.businessDate ?? "",
      transfers: owedTransfers(account, body.amount),
    },
    at,
  );
}

/** Where a refund's payment is not known here, so that the promise still stands in the books. */
const unknownAccount = "unknown";

async function promise(
  step: Database,
  entry: EntryEnvelope,
  { refund, attempt: id, channel, amount }: Promised,
  sale: SaleId,
  cause: "return" | "tenderReturned",
  at: Instant,
): Promise<string> {
  const attempt = await lockAttempt(step, entry.store, id);
  const captured = attempt?.memo.captured ?? null;
  const isCaptured = attempt?.state.kind === "captured" && attempt.account !== null && captured !== null;
  if (!isCaptured || attempt.account === null || captured === null) {
    const detail = {
      amount,
      detail: `refund of a payment that is ${attempt?.state.kind ?? "unknown"}`,
      staff: entry.staff,
    };
    await raiseException(step, { store: entry.store, kind: "refundStuck", subject: refund, detail }, at);
    return attempt?.account ?? unknownAccount;
  }
  const { account } = attempt;
  const fresh = {
    store: entry.store,
    id: refund,
    attempt: id,
    account,
    channel,
    cause,
    sale,
    till: entry.till,
    amount,
  };
  await oweRefund(step, { ...fresh, businessDate: entry.businessDate ?? "", captured: captured.order }, at);
  return account;
}

async function useUp(step: Database, entry: EntryEnvelope, original: SaleId, completed: CompletedSale): Promise<void> {
  const { sale, tenders, carried } = completed;
  const store = entry.store;
  for (const line of sale.lines) {
    if (line.returnOf === null) continue;
    await step
      .insertInto("returned_line")
      .values({
        store,
        original,
        line: line.returnOf.line,
        sale: sale.id,
        thousandths: -line.quantity.thousandths,
        amount: -line.amount.amount,
        tax: -line.returnOf.tax.amount,
      })
      .execute();
  }
  const used = [
    ...tenders
      .filter((tender) => tender.amount.amount < 0 && (tender.kind === "cash" || tender.kind === "refund"))
      .map((tender) => ({
        kind: tender.kind === "cash" ? "cash" : "payment",
        attempt: tender.kind === "refund" ? tender.attempt : null,
        amount: negate(tender.amount),
      })),
    ...carried.map((part) => ({
      kind: part.kind,
      attempt: part.kind === "payment" ? part.attempt : null,
      amount: part.amount,
    })),
  ];
  for (const [at, { kind, attempt, amount }] of used.entries()) {
    await step
      .insertInto("used_tender")
      .values({ store, original, sale: sale.id, n: at + 1, kind, attempt, amount: amount.amount })
      .execute();
  }
  await step
    .deleteFrom("return_claim")
    .where("store", "=", store)
    .where("original", "=", original)
    .where("sale", "=", sale.id)
    .execute();
}
