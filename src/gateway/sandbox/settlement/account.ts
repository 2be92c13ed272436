import { plusMs, type Instant } from "../../../domain/clock.ts";
import { dayAfter, dayMs, dayOf, digitsOf, momentOf } from "./days.ts";
import { payoutPlant } from "./payout-plants.ts";
import type { Plant } from "./plant.ts";
import type { AccountTerms } from "./terms.ts";
import { isUndone, type TradeRow } from "./trade-row.ts";

/** The net of a day is paid out at 8:00 in Beijing of the next, and is with the bank a day later. */
const payoutMinute = 8 * 60;
export const transferMs = dayMs;

/** Money that the shop drew by hand. Fen. */
export type Withdrawal = {
  readonly number: string;
  readonly at: Instant;
  readonly amount: number;
  readonly fee: number;
  /** Of today's takings: it makes today's net smaller. Otherwise of what lies there. */
  readonly isSameDay: boolean;
  /** When the bank has it. */
  readonly arrivesAt: Instant;
};

/** Money on its way to the bank. `fee` is taken beside `amount`. */
export type Payout = Omit<Withdrawal, "isSameDay"> & {
  readonly kind: "automatic" | "sameDay" | "manual";
  /** When it came back because the bank refused it (退票). */
  readonly returnedAt: Instant | null;
  readonly plant: Plant | null;
};

/** One thing that moved the balance by `amount` + `fee`; both bear their sign. A fee that is taken is below zero. */
export type Movement = {
  readonly at: Instant;
  readonly kind: "payment" | "refund" | "refundUndone" | "payout" | "payoutReturned";
  readonly amount: number;
  readonly fee: number;
  readonly row: TradeRow | null;
  readonly payout: Payout | null;
};

/** The account's own name with the provider, what moved it in order of time, and where it stands. Fen. */
export type AccountState = {
  readonly account: string;
  readonly terms: AccountTerms;
  readonly rows: readonly TradeRow[];
  readonly movements: readonly Movement[];
  readonly payouts: readonly Payout[];
  readonly balance: number;
};

/** What an account is reckoned from. `numbersBegin` are the first digits of its payouts' numbers. */
export type AccountParts = {
  readonly account: string;
  readonly terms: AccountTerms;
  readonly rows: readonly TradeRow[];
  readonly withdrawals: readonly Withdrawal[];
  readonly plants: readonly Plant[];
  readonly numbersBegin: string;
  readonly now: Instant;
};

/** The number of a payout; `turn` 0 is the automatic one of its moment. */
export function payoutNumber(numbersBegin: string, at: Instant, turn: number): string {
  return `${numbersBegin}${digitsOf(at)}${String(turn).padStart(4, "0")}`;
}

/**
 * The account up to `now`. The net of each day (receivables − refunds − fees + fees given back, what came back from the bank,
 * less what was drawn the same day) is paid out the next morning; a net below zero is carried over to the following days.
 */
export function accountUpTo(parts: AccountParts): AccountState {
  const { now, terms } = parts;
  const steps = stepsOf(parts);
  const movements: Movement[] = [];
  const payouts: Payout[] = [];
  const nets = new Map<string, number>();
  let balance = terms.opening;
  // what the coming automatic payouts are to take
  let unpaid = 0;
  const move = (movement: Movement): void => {
    movements.push(movement);
    const by = movement.amount + movement.fee;
    const share = shareOfNet(movement, balance - Math.max(0, unpaid));
    balance += by;
    unpaid += movement.payout?.kind === "automatic" && movement.kind === "payout" ? by : share;
    const day = dayOf(movement.at);
    nets.set(day, (nets.get(day) ?? 0) + share);
  };
  const send = (made: Omit<Payout, "returnedAt" | "plant">): void => {
    const payout = underPlants(made, parts.plants, payouts);
    payouts.push(payout);
    move({ at: made.at, kind: "payout", amount: -made.amount, fee: -made.fee, row: null, payout });
    if (payout.returnedAt === null || payout.returnedAt > now) return;
    steps.push({
      at: payout.returnedAt,
      movement: { ...returned, at: payout.returnedAt, amount: made.amount, payout },
    });
    steps.sort((a, b) => a.at - b.at);
  };
  const goOn = (until: Instant): void => {
    for (let next = steps[0]; next !== undefined && next.at < until; next = steps[0]) {
      steps.shift();
      if ("movement" in next) move(next.movement);
      else send(next.payout);
    }
  };
  let carried = 0;
  let day = steps[0] === undefined ? dayOf(now) : dayOf(steps[0].at);
  for (let at = morningAfter(day); at <= now; day = dayAfter(day), at = morningAfter(day)) {
    goOn(at);
    carried += nets.get(day) ?? 0;
    const amount = Math.min(carried, balance);
    if (amount <= 0) continue;
    carried -= amount;
    const number = payoutNumber(parts.numbersBegin, at, 0);
    send({ number, at, amount, fee: 0, kind: "automatic", arrivesAt: plusMs(at, transferMs) });
  }
  goOn(plusMs(now, 1));
  const rows = parts.rows.filter(({ at }) => at <= now);
  return { account: parts.account, terms, rows, movements, payouts, balance };
}

/** What a movement adds to its day's net. A withdrawal of what lies there takes of it only what `free` does not cover. */
function shareOfNet({ kind, amount, fee, payout }: Movement, free: number): number {
  const by = amount + fee;
  if (payout === null || kind === "payoutReturned" || payout.kind === "sameDay") return by;
  return payout.kind === "manual" ? Math.min(0, Math.max(0, free) + by) : 0;
}

const returned = { kind: "payoutReturned", fee: 0, row: null } as const;

function morningAfter(day: string): Instant {
  return momentOf(dayAfter(day), payoutMinute);
}

function underPlants(
  made: Omit<Payout, "returnedAt" | "plant">,
  plants: readonly Plant[],
  earlier: readonly Payout[],
): Payout {
  const taken = earlier.flatMap(({ plant }) => plant?.id ?? []);
  const plant = payoutPlant(made, plants, taken);
  return { ...made, plant, returnedAt: plant?.kind === "payoutReturned" ? plusMs(made.at, transferMs) : null };
}

type Step =
  | { readonly at: Instant; readonly movement: Movement }
  | { readonly at: Instant; readonly payout: Omit<Payout, "returnedAt" | "plant"> };

/** What moves the balance without the account's own doing, in order of time. */
function stepsOf({ rows, withdrawals, now }: AccountParts): Step[] {
  const ofRows = rows.flatMap((row): Step[] => {
    const isIn = row.kind === "payment";
    const kind = isIn ? "payment" : "refund";
    const amount = isIn ? row.receivable : -row.receivable;
    const own = { at: row.at, kind, amount, fee: -row.fee, row, payout: null } as const;
    const undone = { kind: "refundUndone", amount: row.receivable, fee: -row.feeAgain, row, payout: null } as const;
    return [
      { at: row.at, movement: own },
      ...(isUndone(row) ? [{ at: row.endedAt, movement: { ...undone, at: row.endedAt } }] : []),
    ];
  });
  const drawn = withdrawals.map(({ isSameDay, ...withdrawal }): Step => {
    return { at: withdrawal.at, payout: { ...withdrawal, kind: isSameDay ? "sameDay" : "manual" } };
  });
  return [...ofRows, ...drawn].filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at);
}
