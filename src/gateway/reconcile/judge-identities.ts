import type { Instant } from "../../domain/clock.ts";
import { judgePayment } from "../../domain/reconciliation/judge-payment.ts";
import { isStuckAsSeen, judgeRefund } from "../../domain/reconciliation/judge-refund.ts";
import type { Database } from "../store/database.ts";
import type { BillDays } from "./bill-days.ts";
import type { FeeRates } from "./fee-rates.ts";
import type { Identity, MatchedAccount } from "./identity.ts";
import { keepDifferences, type Judged, type Settled } from "./keep-differences.ts";
import { paymentFacts } from "./payment-facts.ts";
import { refundFacts } from "./refund-facts.ts";

/** Judges numbers one by one from everything known of them, and keeps what they came to. At most a few thousand at once. */
export async function judgeIdentities(
  step: Database,
  account: MatchedAccount,
  identities: readonly Identity[],
  days: BillDays,
  rates: FeeRates,
  at: Instant,
): Promise<void> {
  const payments = await paymentFacts(
    step,
    account,
    identities.filter(({ side }) => side === "payment"),
    days,
    rates,
  );
  const refunds = await refundFacts(
    step,
    account,
    identities.filter(({ side }) => side === "refund"),
    days,
    rates,
  );
  const judged: Judged[] = [
    ...payments.map(({ identity, facts, place }) => ({
      identity,
      place,
      verdicts: judgePayment(facts),
      detail: facts,
    })),
    ...refunds.map(({ identity, facts, place }) => ({
      identity,
      place,
      verdicts: judgeRefund(facts, at),
      detail: facts,
      isSameAs: (settled: Settled, fresh: Pick<Settled, "amount"> & { readonly class: string }): boolean =>
        settled.amount === fresh.amount &&
        (fresh.class !== "refundStuck" || isStuckAsSeen(facts, (settled.closed_at ?? 0) as Instant, at)),
    })),
  ];
  await keepDifferences(step, account, judged, at);
}
