import type { Instant } from "../../domain/clock.ts";
import { judgePayment } from "../../domain/reconciliation/judge-payment.ts";
import { isStuckAsSeen, judgeRefund } from "../../domain/reconciliation/judge-refund.ts";
import type { Database } from "../store/database.ts";
import type { BillDays } from "./bill-days.ts";
import type { FeeRates } from "./fee-rates.ts";
import { givenUpOutside } from "./given-up-outside.ts";
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
  const facts = await paymentFacts(
    step,
    account,
    identities.filter(({ side }) => side === "payment"),
    days,
    rates,
  );
  const payments = facts.map((known) => ({ ...known, verdicts: judgePayment(known.facts), detail: known.facts }));
  const givenUp = await givenUpOutside(step, account, payments);
  const isGivenUp = (one: Identity): boolean => givenUp.some((each) => isSame(each, one));
  const wanted = identities.filter(({ side }) => side === "refund");
  const others = givenUp.filter((one) => one.side === "refund" && !wanted.some((each) => isSame(each, one)));
  const refunds = await refundFacts(step, account, [...wanted, ...others], days, rates);
  const judged: Judged[] = [
    ...payments.map(({ identity, verdicts, place, detail }) => ({
      identity,
      place,
      verdicts,
      detail,
      isSameAs: (settled: Settled, fresh: Fresh): boolean =>
        settled.amount === fresh.amount && !(fresh.class === "refundOutside" && isGivenUp(identity)),
    })),
    ...refunds.map(({ identity, facts: known, place }) => ({
      identity,
      place,
      verdicts: judgeRefund(known, at),
      detail: known,
      isSameAs: (settled: Settled, fresh: Fresh): boolean =>
        settled.amount === fresh.amount &&
        !(fresh.class === "refundOutside" && isGivenUp(identity)) &&
        (fresh.class !== "refundStuck" || isStuckAsSeen(known, (settled.closed_at ?? 0) as Instant, at)),
    })),
  ];
  await keepDifferences(step, account, judged, at);
}

type Fresh = Parameters<NonNullable<Judged["isSameAs"]>>[1];

function isSame(one: Identity, other: Identity): boolean {
  return one.store === other.store && one.side === other.side && one.number === other.number;
}
