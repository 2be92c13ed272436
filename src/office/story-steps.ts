import type { StoryStep } from "../contract/office.ts";
import type { PaymentBody } from "../contract/payment.ts";
import type { Instant } from "../domain/clock.ts";
import type { PaymentId } from "../domain/identifier.ts";

type BooksStep = Extract<StoryStep, { readonly source: "books" }>;

/** One row of a story as it is read: a step, how often it repeated and until when, and what a posting consists of. */
export type ToldStep = {
  readonly step: StoryStep;
  readonly count: number;
  readonly until: Instant;
  readonly transfers: readonly BooksStep[];
};

/** What a story knows of each of its payments. */
export type ToldPayment = Pick<PaymentBody, "id" | "presentment">;

/** Who showed the code of `payment`; null where the gateway cannot know, because it closed the payment before it saw it. */
export function showerOf(
  payment: PaymentId | null,
  payments: readonly ToldPayment[],
  steps: readonly StoryStep[],
): ToldPayment["presentment"] | null {
  const isUnseen = steps.some((step) => step.what === "closedUnseen" && step.payment === payment);
  return isUnseen ? null : (payments.find(({ id }) => id === payment)?.presentment ?? null);
}

/** Folds a posting's transfers into one row, and the same answer to the same question, again and again, into one with its count. */
export function toldSteps(steps: readonly StoryStep[]): readonly ToldStep[] {
  const told: ToldStep[] = [];
  for (const step of steps) {
    const last = told.at(-1);
    const repeats = last !== undefined && isSame(last.step, step);
    const transfers = step.source === "books" ? [step] : [];
    if (!repeats) told.push({ step, count: 1, until: step.at, transfers });
    else
      told[told.length - 1] = {
        ...last,
        count: last.count + 1,
        until: step.at,
        transfers: [...last.transfers, ...transfers],
      };
  }
  return told;
}

function isSame(a: StoryStep, b: StoryStep): boolean {
  if (a.payment !== b.payment) return false;
  if (a.source === "books") return b.source === "books" && a.what === b.what && a.at === b.at;
  if (a.source !== "provider" || b.source !== "provider") return false;
  return a.what === b.what && a.asked === b.asked && a.why === b.why && a.detail === b.detail;
}
