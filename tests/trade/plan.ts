import type { BankCredit } from "../../src/gateway/sandbox/settlement/bank.ts";
import type { Wallet } from "./truth.ts";

/** What must be found of one planted item: the difference's account, side, number and class. */
export type Expected = {
  readonly account: string;
  readonly side: "payment" | "refund" | "tender" | "bill" | "payout" | "credit" | "drawer" | "safe" | "deposit";
  /** Null where only the bank's own file names it: a credit by its reference. */
  readonly number: string;
  readonly class: string;
  /** Which plant is behind it: `p7` is the sandbox's, `own3` of the harness. */
  readonly plant: string;
  readonly day: string;
};

/** What the shop's own side was made to do, and what it moves in the books. Fen. */
export type OwnFault = {
  readonly id: string;
  readonly kind: string;
  readonly day: string;
  readonly wallet: Wallet | null;
  /** The payment, refund, tender or session it is about. */
  readonly number: string;
  readonly amount: number;
};

/** The harness's own list beside the sandbox's plants. */
export type Plan = {
  readonly own: OwnFault[];
  readonly expected: Expected[];
  /** Baits that were put out, by kind: nothing may be said of them. */
  readonly baits: Record<string, number>;
  /** Where cash lies, moved by hand beside the books; `drawers` by till. */
  readonly cash: {
    /** What lies in each store's safe. */
    readonly safes: Record<string, number>;
    /** Of it what lay there before the books began. */
    opening: number;
    pending: number;
    /** On its way to the bank, or missing of what arrived. */
    transit: number;
    readonly drawers: Record<string, number>;
    /** What the bank credits of it. */
    readonly credits: BankCredit[];
  };
  /** Tenders noted unproved that no row of the provider's proves. */
  unproven: number;
  /** What sales of the broken till come to, which no till's own storage has. */
  readonly written: { sold: number };
  /** Foreign rows that proved a tender: no other business. */
  proved: Record<Wallet, number>;
  readonly trouble: string[];
};

/** A plan with nothing in it. */
export function emptyPlan(): Plan {
  return {
    own: [],
    expected: [],
    baits: {},
    cash: { safes: {}, opening: 0, pending: 0, transit: 0, drawers: {}, credits: [] },
    unproven: 0,
    written: { sold: 0 },
    proved: { wechat: 0, alipay: 0 },
    trouble: [],
  };
}

/** Cash that is put into a store's safe, or taken out of it. */
export function moveSafe({ cash }: Plan, store: string, amount: number): void {
  cash.safes[store] = (cash.safes[store] ?? 0) + amount;
}

/** Notes that a bait of `kind` was put out. */
export function bait(plan: Plan, kind: string): void {
  plan.baits[kind] = (plan.baits[kind] ?? 0) + 1;
}

/** Notes a fault of our own side and, with `class`, what must be found of it. */
export function ownFault(
  plan: Plan,
  fault: Omit<OwnFault, "id">,
  found: readonly Pick<Expected, "account" | "side" | "number" | "class">[],
): void {
  const id = `own${plan.own.length + 1}`;
  plan.own.push({ ...fault, id });
  for (const each of found) plan.expected.push({ ...each, plant: id, day: fault.day });
}
