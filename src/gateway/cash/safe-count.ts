import type { NoteCount } from "../../domain/denominations.ts";
import type { Instant, Random } from "../../domain/clock.ts";
import { randomCrockford, type StoreId } from "../../domain/identifier.ts";
import { money, subtract, type Money } from "../../domain/money.ts";
import { breakOf } from "../../domain/reconciliation/verdict.ts";
import { audit } from "../audit/audit.ts";
import { balanceIn } from "../books/balance.ts";
import { cashAccount } from "../../contract/item-classes.ts";
import { shortTransfers, smallTransfers } from "../books/drawer-transfers.ts";
import { accounts, type Transfer } from "../books/ledger.ts";
import { post } from "../books/post.ts";
import { endsBelowLimit, smallDifference } from "../books/small-difference.ts";
import { keepDifferences } from "../reconcile/keep-differences.ts";
import { placeOfBill } from "../reconcile/place-of-bill.ts";
import { json, type Database } from "../store/database.ts";
import type { CashPlace } from "./cash-place.ts";
import type { By } from "./deposit.ts";
import { oneSafeAtATime } from "./one-safe-at-a-time.ts";

/** What a safe was counted as, and what the books had in it: told only now. */
export type SafeCounted = {
  readonly id: string;
  readonly counted: Money;
  /** With `opening`, where that is not null. */
  readonly expected: Money;
  readonly opening: Money | null;
};
type Counted = { readonly counted: number; readonly notes: readonly NoteCount[]; readonly opening?: boolean };

const idLength = 26;

/**
 * Counts a store's safe: what it is over or short leaves its account at once and waits for a person, or ends by itself where the shop says
 * so. Of a store's first count, where it is the `opening`, what is over lay there before the books began. Hand-overs that a till has not sent yet are in the safe and not in the books: they show as over, and as short when they come.
 */
export async function countSafe(
  step: Database,
  { random }: { readonly random: Random },
  place: CashPlace,
  { counted, notes, opening: isOpening = false }: Counted,
  by: By,
  at: Instant,
): Promise<SafeCounted> {
  const { store, currency, today } = place;
  // two counts at once would each post the same lack
  await oneSafeAtATime(step, store);
  const id = randomCrockford(random, idLength);
  const booked = money(await balanceIn(step, store, accounts.safe), currency);
  const found = money(counted, currency);
  const opening = isOpening && !(await isSafeCounted(step, store)) ? openingOf(found, booked) : null;
  const expected = opening === null ? booked : found;
  const row = { store, id, business_date: today, expected: expected.amount, counted, currency, notes: json(notes), at };
  await step
    .insertInto("safe_count")
    .values({ ...row, counted_by: by.who, second_person: by.secondPerson })
    .execute();
  const short = subtract(expected, found);
  const isSmall = await endsBelowLimit(step, place, short.amount);
  await post(
    step,
    {
      store: store as StoreId,
      posting: `safe/${id}`,
      event: "safeCounted",
      subject: id,
      businessDate: today,
      transfers: [
        ...openingTransfers(opening),
        ...shortTransfers(accounts.safe, short),
        ...(isSmall ? smallTransfers(short) : []),
      ],
    },
    at,
  );
  const over = -short.amount;
  const judged = {
    identity: { store, side: "safe", number: id } as const,
    verdicts: over === 0 ? [] : [breakOf(over > 0 ? "safeOver" : "safeShort", over)],
    place: { ...placeOfBill(null, today, currency), staff: by.who, businessDate: today },
    detail: { expected: expected.amount, counted },
    ...(isSmall ? { endedBy: smallDifference } : {}),
  };
  await keepDifferences(step, { id: cashAccount, homeStore: store }, [judged], at);
  await audit(step, random, {
    store,
    act: "safeCounted",
    subject: id,
    after: { counted, expected: expected.amount, ...(opening === null ? {} : { opening: opening.amount }) },
    ...by,
    at,
  });
  return { id, counted: found, expected, opening };
}

/** Whether a store's safe was ever counted. */
export async function isSafeCounted(step: Database, store: string): Promise<boolean> {
  const row = await step.selectFrom("safe_count").select("id").where("store", "=", store).limit(1).executeTakeFirst();
  return row !== undefined;
}

/** What was in the safe at the start: never below zero, because what is short of what was handed over is short. */
function openingOf(found: Money, booked: Money): Money | null {
  const over = subtract(found, booked);
  return over.amount > 0 ? over : null;
}

function openingTransfers(opening: Money | null): readonly Transfer[] {
  return opening === null ? [] : [{ debit: accounts.safe, credit: accounts.openingBalance, amount: opening }];
}
