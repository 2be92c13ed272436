import type { Instant } from "../../domain/clock.ts";
import type { PaymentId, RefundId, SaleId } from "../../domain/identifier.ts";
import type { CompletedSale, EntryEnvelope, JournalEntry } from "../../domain/journal.ts";
import { negate, type Money } from "../../domain/money.ts";
import { linesLeft, tendersLess, usedOfOriginal } from "../../domain/returns.ts";
import type { PaymentChannel } from "../../domain/tender.ts";
import { raiseException } from "../books/exceptions.ts";
import type { AccountOf } from "../books/sale-transfers.ts";
import { owedTransfers } from "../books/refund-transfers.ts";
import { post } from "../books/post.ts";
import { lockAttempt } from "../payments/attempt-store.ts";
import { oweRefund } from "../refunds/owe.ts";
import { soldOf } from "../returns/find-sales.ts";
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
  const left = original === null ? null : await leftOf(step, entry, original);
  if (left !== null && isAbove(completed, left)) await showAbove(step, entry, completed, at);
  if (original !== null) await useUp(step, entry, original, completed);
  const accounts = new Map<string, string>();
  for (const tender of tenders) {
    if (tender.kind !== "refund") continue;
    const promised = { ...tender, amount: negate(tender.amount) };
    const on = left?.left.find((each) => each.kind === "payment" && each.attempt === tender.attempt);
    accounts.set(tender.attempt, await promise(step, entry, promised, sale.id, "return", at, on?.left ?? null));
  }
  return (attempt) => accounts.get(attempt) ?? unknownAccount;
}

/** What was left of the original before this return; null while its sale has not arrived. */
async function leftOf(step: Database, entry: EntryEnvelope, original: SaleId): Promise<Left | null> {
  const row = await step
    .selectFrom("sale")
    .select("body")
    .where("store", "=", entry.store)
    .where("id", "=", original)
    .where("state", "=", "completed")
    .executeTakeFirst();
  return row === undefined ? null : soldOf(step, entry.store, row.body);
}

type Left = Awaited<ReturnType<typeof soldOf>>;

/** A till out of reach took goods back that another had taken back, or passed on into an exchange, in the meantime. */
function isAbove({ sale, carried }: CompletedSale, { body, returned, left }: Left): boolean {
  const original = { ...body.sale, tenders: body.tenders, currency: body.sale.total.currency };
  const lines = linesLeft(original, returned);
  const isTooMuch = sale.lines.some((line) => {
    if (line.returnOf === null) return false;
    const of = lines.find((each) => each.line.line === line.returnOf?.line);
    return (
      of === undefined || -line.quantity.thousandths > of.quantity.thousandths || -line.amount.amount > of.amount.amount
    );
  });
  return isTooMuch || tendersLess(left, carried).some((each) => each.kind === "payment" && each.left.amount < 0);
}

async function showAbove(step: Database, entry: EntryEnvelope, { sale }: CompletedSale, at: Instant): Promise<void> {
  const detail = {
    amount: negate(sale.total),
    detail: "came back after it had come back elsewhere",
    staff: entry.staff,
  };
  await raiseException(step, { store: entry.store, kind: "refundAboveLeft", subject: sale.id, detail }, at);
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
  left: Money | null = null,
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
  await oweRefund(step, { ...fresh, businessDate: entry.businessDate ?? "", captured: captured.order, left }, at);
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
  const used = usedOfOriginal({ ...sale, tenders, carried, currency: sale.total.currency });
  for (const [at, part] of used.entries()) {
    const attempt = part.kind === "payment" ? part.attempt : null;
    await step
      .insertInto("used_tender")
      .values({ store, original, sale: sale.id, n: at + 1, kind: part.kind, attempt, amount: part.amount.amount })
      .execute();
  }
  await step
    .deleteFrom("return_claim")
    .where("store", "=", store)
    .where("original", "=", original)
    .where("sale", "=", sale.id)
    .execute();
}
