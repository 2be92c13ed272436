import type { Instant } from "../../domain/clock.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import type { LedgerTransferRow } from "../store/tables.ts";
import type { Database } from "../store/database.ts";
import { reversedTransfers, type Transfer } from "./ledger.ts";
import { postAll, type Posting } from "./post.ts";

type Standing = Pick<LedgerTransferRow, "store" | "posting" | "debit" | "credit" | "amount" | "currency">;

/**
 * Sees to it that what stands under each posting's name, its rounds together, is what the posting says: nothing is written where it
 * does already; else what stood goes out in red and the posting is written anew (`name/red/n`, `name/n`). Without transfers all of
 * it goes.
 */
export async function restate(step: Database, postings: readonly Posting[], at: Instant): Promise<void> {
  const all = await standing(step, postings);
  const written: Posting[] = [];
  for (const posting of postings) {
    const { posting: name, store } = posting;
    const rows = all.filter(
      (row) => row.store === store && (row.posting === name || row.posting.startsWith(`${name}/`)),
    );
    const before = net(rows.map((row) => ({ ...row, amount: money(row.amount, row.currency as CurrencyCode) })));
    if (isSame(before, net(posting.transfers))) continue;
    const round = new Set(rows.map((row) => row.posting)).size;
    written.push({ ...posting, posting: `${name}/red/${round}`, transfers: reversedTransfers(before) });
    written.push({ ...posting, posting: round === 0 ? name : `${name}/${round}` });
  }
  await postAll(step, written, at);
}

async function standing(step: Database, postings: readonly Posting[]): Promise<readonly Standing[]> {
  if (postings.length === 0) return [];
  return step
    .selectFrom("ledger_transfer")
    .select(["store", "posting", "debit", "credit", "amount", "currency"])
    .where("store", "in", [...new Set(postings.map(({ store }) => store))])
    .where("subject", "in", [...new Set(postings.map(({ subject }) => subject))])
    .execute();
}

/** What transfers come to together, an amount for each pair of accounts; what cancels out is left out. */
function net(transfers: readonly Transfer[]): readonly Transfer[] {
  const sums = new Map<string, Transfer>();
  for (const { debit, credit, amount } of transfers) {
    const key = `${debit}\n${credit}\n${amount.currency}`;
    const before = sums.get(key)?.amount.amount ?? 0;
    sums.set(key, { debit, credit, amount: money(before + amount.amount, amount.currency) });
  }
  return [...sums.values()].filter(({ amount }) => amount.amount !== 0);
}

function isSame(one: readonly Transfer[], other: readonly Transfer[]): boolean {
  const has = (all: readonly Transfer[], { debit, credit, amount }: Transfer): boolean =>
    all.some((each) => each.debit === debit && each.credit === credit && each.amount.amount === amount.amount);
  return one.length === other.length && one.every((transfer) => has(other, transfer));
}
