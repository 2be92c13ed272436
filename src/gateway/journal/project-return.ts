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
import { lockAttempt, readAttempt } from "../payments/attempt-store.ts";
import { oweRefund } from "../refunds/owe.ts";
import { soldOf } from "../returns/find-sales.ts";
import {
  isAgreed,
  isOpenTender,
  isSeen,
  isWithinTrust,
  trustInReturn,
  type Doubt,
  type Trust,
} from "../returns/refund-trust.ts";
import type { Database } from "../store/database.ts";

type Promised = {
  readonly refund: RefundId;
  readonly attempt: PaymentId;
  readonly channel: PaymentChannel;
  /** Above zero. */
  readonly amount: Money;
  readonly sale: SaleId;
  readonly cause: "return" | "tenderReturned";
  /** What its sale had left on the payment; null where no completed sale counts it. */
  readonly left: Money | null;
  readonly onTrust: boolean;
  readonly doubt: Doubt | null;
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
  const { sale } = completed;
  const original = sale.lines.find((line) => line.returnOf !== null)?.returnOf?.sale ?? null;
  const left = original === null ? null : await leftOf(step, entry, original);
  const isTooMuch = left !== null && isAbove(completed, left);
  const refunds = await judged(step, entry, completed, original, left, isTooMuch);
  if (isTooMuch) await showAbove(step, entry, completed, at);
  if (original !== null) await useUp(step, entry, original, completed);
  const accounts = new Map<string, string>();
  for (const promised of refunds) {
    const account = await promise(step, entry, { ...promised, sale: sale.id, cause: "return" }, at);
    accounts.set(promised.attempt, account);
  }
  return (attempt) => accounts.get(attempt) ?? unknownAccount;
}

/** The refunds of a return, each with what speaks against sending it. */
async function judged(
  step: Database,
  entry: EntryEnvelope,
  completed: CompletedSale,
  original: SaleId | null,
  left: Left | null,
  isTooMuch: boolean,
): Promise<readonly Omit<Promised, "sale" | "cause">[]> {
  const refunds = completed.tenders.flatMap((tender) =>
    tender.kind === "refund" ? [{ ...tender, amount: negate(tender.amount) }] : [],
  );
  if (refunds.length === 0 || original === null) return refunds.map((each) => plain(each, "notOfOriginal"));
  if (left === null) return refunds.map((each) => plain(each, "originalUnknown"));
  if (isTooMuch) return refunds.map((each) => plain(each, "aboveLeft"));
  const asked = refunds.map(({ attempt, amount }) => ({ attempt, amount: amount.amount }));
  const trust = await trustInReturn(step, entry, completed, original, asked);
  const whole = asked.reduce((all, each) => all + each.amount, 0);
  const isOver = trust === "word" && !(await isWithinTrust(step, entry, refunds[0]?.refund ?? null, whole));
  const doubt: Doubt | null = trust === "none" ? "noSecondPerson" : isOver ? "capReached" : null;
  return refunds.map((each) => {
    const on = left.left.find((part) => part.kind === "payment" && part.attempt === each.attempt);
    if (on === undefined) return plain(each, "notOfOriginal");
    return { ...plain(each, doubt), left: on.left, onTrust: trust === "word" };
  });
}

function plain(
  { refund, attempt, channel, amount }: Pick<Promised, "refund" | "attempt" | "channel" | "amount">,
  doubt: Doubt | null,
): Omit<Promised, "sale" | "cause"> {
  return { refund, attempt, channel, amount, left: null, onTrust: false, doubt };
}

/**
 * What was left of the original before this return; null while its sale has not arrived. Its row is locked, as a claim locks it:
 * two returns of one sale, or a return and a claim, are counted one after the other.
 */
async function leftOf(step: Database, entry: EntryEnvelope, original: SaleId): Promise<Left | null> {
  const row = await step
    .selectFrom("sale")
    .select("body")
    .where("store", "=", entry.store)
    .where("id", "=", original)
    .where("state", "=", "completed")
    .forUpdate()
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
  entry: JournalEntry,
  body: Extract<JournalEntry, { kind: "tenderReturned" }>["body"],
  at: Instant,
): Promise<void> {
  const attempt = await lockAttempt(step, entry.store, body.attempt);
  if (attempt === null || !(await isOpenTender(step, entry, attempt, body.sale))) {
    const detail = { amount: body.amount, detail: "no tender of an open sale of this till", staff: entry.staff };
    return raiseException(step, { store: entry.store, kind: "refundUnapproved", subject: body.refund, detail }, at);
  }
  const trust = await trustInTender(step, entry, body);
  const isOver = trust === "word" && !(await isWithinTrust(step, entry, body.refund, body.amount.amount));
  const doubt = trust === "none" ? "noSecondPerson" : isOver ? "capReached" : null;
  const promised = { ...body, cause: "tenderReturned", left: null, onTrust: trust === "word", doubt } as const;
  const account = await promise(step, entry, promised, at);
  await endClaim(step, entry, body.attempt, body.sale);
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

/**
 * Whether somebody who may agreed to a tender being taken off. Older builds asked for it without its tip: their yes is good for
 * what it says, and the tip goes along.
 */
async function trustInTender(
  step: Database,
  entry: JournalEntry,
  { attempt, sale, amount }: Extract<JournalEntry, { kind: "tenderReturned" }>["body"],
): Promise<Trust> {
  if (await isSeen(step, entry, attempt, sale, [{ attempt, amount: amount.amount }])) return "seen";
  const tip = (await readAttempt(step, entry.store, attempt))?.memo.tip ?? 0;
  const approvals = entry.approval === undefined || entry.approval === null ? [] : [entry.approval];
  return (await isAgreed(step, entry, "returnTender", amount.amount - tip, sale, approvals)) ? "word" : "none";
}

/** Where a refund's payment is not known here, so that the promise still stands in the books. */
const unknownAccount = "unknown";

async function promise(step: Database, entry: EntryEnvelope, promised: Promised, at: Instant): Promise<string> {
  const { refund, attempt: id, amount } = promised;
  const attempt = await lockAttempt(step, entry.store, id);
  const captured = attempt?.memo.captured ?? null;
  const isCaptured = attempt?.state.kind === "captured" && attempt.account !== null && captured !== null;
  const isForeign = promised.doubt === "notOfOriginal";
  if (!isCaptured || isForeign || attempt.account === null || captured === null) {
    const why = isForeign ? "of another sale" : `that is ${attempt?.state.kind ?? "unknown"}`;
    const detail = { amount, detail: `refund of a payment ${why}`, staff: entry.staff };
    const kind = isForeign ? "refundUnapproved" : "refundStuck";
    await raiseException(step, { store: entry.store, kind, subject: refund, detail }, at);
    return attempt?.account ?? unknownAccount;
  }
  const { account } = attempt;
  const { store, till, businessDate } = entry;
  await oweRefund(
    step,
    { ...promised, id: refund, store, till, account, businessDate: businessDate ?? "", captured: captured.order },
    at,
  );
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
  await endClaim(step, entry, original, sale.id);
}

async function endClaim(
  step: Database,
  { store }: Pick<EntryEnvelope, "store">,
  original: SaleId | PaymentId,
  sale: SaleId,
): Promise<void> {
  await step
    .deleteFrom("return_claim")
    .where("store", "=", store)
    .where("original", "=", original)
    .where("sale", "=", sale)
    .execute();
}
