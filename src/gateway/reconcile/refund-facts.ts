import { sql } from "kysely";
import { plusMs, type Instant } from "../../domain/clock.ts";
import {
  refundPatienceMs,
  refundTakenOnPatienceMs,
  type OurRefund,
  type RefundFacts,
} from "../../domain/reconciliation/judge-refund.ts";
import { replacementsMax } from "../refunds/refund-plan.ts";
import type { Database } from "../store/database.ts";
import type { BillDays } from "./bill-days.ts";
import { feesGivenBack, type FeeRates } from "./fee-rates.ts";
import type { Identity, ItemPlace, MatchedAccount } from "./identity.ts";
import { placeOfNumber, standOfNumber, type PlacedRow } from "./place-of-number.ts";

/** A bill tells whole seconds. */
const restOfSecondMs = 999;

type Row = PlacedRow & {
  readonly store: string;
  readonly number: string;
  readonly state: string | null;
  readonly reason: string | null;
  readonly replaced: boolean;
  readonly replaces: number | null;
  readonly doubted: boolean;
  readonly asked: number | null;
  readonly attempt: string | null;
  readonly created_at: number | null;
  readonly updated_at: number | null;
  readonly our_taken: number | null;
  /** The provider has it and has not finished it, as far as we have heard. */
  readonly taken_on: boolean;
  readonly row_count: number;
  readonly their_asked: number;
  readonly their_taken: number;
  /** What was taken and the fee of each row. */
  readonly their_fees: readonly (readonly [taken: number, fee: number])[];
  readonly their_payment: string | null;
  readonly paid: number | null;
  readonly paid_at: number | null;
  readonly paid_day: string | null;
  readonly taken_before: number;
};

/** What is known of one refund, and where it belongs. */
export type KnownRefund = { readonly identity: Identity; readonly facts: RefundFacts; readonly place: ItemPlace };

/** Everything known about refunds' numbers, on both sides; one query for all of them. */
export async function refundFacts(
  step: Database,
  account: MatchedAccount,
  wanted: readonly Identity[],
  days: BillDays,
  rates: FeeRates,
): Promise<readonly KnownRefund[]> {
  if (wanted.length === 0) return [];
  const { rows } = await sql<Row>`
    select w.store, w.number, r.state, r.detail->>'reason' as reason, r.memo->>'replacedBy' is not null as replaced,
      (r.memo->>'replaces')::integer as replaces,
      exists (select 1 from exception_item e where e.store = w.store and e.subject = r.id and e.closed_at is null
        and e.kind in ('refundAboveLeft', 'refundUnapproved')) as doubted,
      r.amount as asked, r.attempt, coalesce(nullif(r.sale, ''), p.sale) as sale, coalesce(r.till, p.till) as till, s.staff, coalesce(r.channel, p.channel) as channel, r.business_date, r.currency,
      r.created_at, r.updated_at, m.receivable as our_taken, m.at as our_at,
      -- also while it does not answer
      coalesce(r.state = 'processing' or (r.state = 'unknown' and m.number is not null and m.undone_at is null), false) as taken_on,
      t.row_count, t.their_asked, t.their_taken, t.their_fees, t.their_rate, t.their_day, t.their_bill, t.their_payment, t.their_currency,
      coalesce(p.receivable, b.receivable) as paid, p.at as paid_at, b.day as paid_day,
      (select coalesce(sum(e.taken), 0)::bigint from (
        -- each earlier refund once, also one that stands in a bill twice, or in none though the provider took it on
        select number, max(taken) as taken from (
          select o.number, o.receivable as taken from bill_row o where o.store = w.store and o.account = ${account.id}
            and o.side = 'refund' and o.payment = t.their_payment and o.gone_with is null
            and (o.at, o.line) < (t.their_at, t.their_line)
            -- one that the provider had closed by then took nothing, whatever the bill says of it
            and not exists (select 1 from movement u where u.store = o.store and u.account = o.account
              and u.side = 'refund' and u.number = o.number and u.undone_at <= coalesce(m.at, t.their_at + ${sql.lit(restOfSecondMs)}))
          union all
          select n.number, n.receivable from movement n where n.store = w.store and n.account = ${account.id}
            and n.side = 'refund' and n.attempt = t.their_payment and n.at < t.their_at
            and (n.undone_at is null or n.undone_at > coalesce(m.at, t.their_at + ${sql.lit(restOfSecondMs)}))
            and not exists (select 1 from bill_row o where o.store = n.store and o.account = n.account
              and o.side = 'refund' and o.number = n.number and o.gone_with is null)
        ) known group by number
      ) e where e.number <> w.number) as taken_before
    from unnest(${wanted.map(({ store }) => store)}::text[], ${wanted.map(({ number }) => number)}::text[])
      as w (store, number)
    left join refund r on r.store = w.store and r.id = w.number
    left join movement m on m.store = w.store and m.account = ${account.id} and m.side = 'refund' and m.number = w.number
    cross join lateral (
      select count(*)::integer as row_count, coalesce(sum(amount), 0)::bigint as their_asked,
        coalesce(sum(receivable), 0)::bigint as their_taken,
        coalesce(json_agg(json_build_array(receivable, fee)), '[]') as their_fees,
        max(rate) as their_rate, max(day) as their_day, max(bill) as their_bill, max(payment) as their_payment, max(currency) as their_currency,
        max(at) as their_at, max(line) as their_line
      from bill_row x where x.store = w.store and x.account = ${account.id} and x.side = 'refund'
        and x.number = w.number and x.gone_with is null
    ) t
    left join movement p on p.store = w.store and p.account = ${account.id} and p.side = 'payment'
      and p.number = coalesce(r.attempt, t.their_payment)
    left join sale s on s.store = w.store and s.id = coalesce(nullif(r.sale, ''), p.sale)
    left join lateral (
      select receivable, day from bill_row y where y.store = w.store and y.account = ${account.id} and y.side = 'payment'
        and y.number = coalesce(r.attempt, t.their_payment) and y.gone_with is null limit 1
    ) b on true
  `.execute(step);
  return rows.map((row) => known(row, days, rates));
}

function known(row: Row, days: BillDays, rates: FeeRates): KnownRefund {
  const paidDay = row.paid_day ?? (row.paid_at === null ? null : days.dayOf(row.paid_at as Instant));
  const of = { receivable: row.paid ?? 0, takenBefore: row.taken_before };
  // without the payment's own row or day nobody can say what its fee was
  const rate = row.paid === null || paidDay === null ? null : rates.on(paidDay);
  return {
    identity: { store: row.store, side: "refund", number: row.number },
    facts: {
      ours: ourRefund(row),
      theirs:
        row.row_count === 0
          ? null
          : { asked: row.their_asked, taken: row.their_taken, fee: feesGivenBack(rate, of, row.their_fees) },
      bill: standOfNumber(row, days),
    },
    place: placeOfNumber(row, row.attempt ?? row.their_payment, days),
  };
}

function ourRefund(row: Row): OurRefund | null {
  if (row.state === null || row.asked === null || row.created_at === null) return null;
  return {
    stand: standOf(row),
    wasAccepted: row.our_taken !== null,
    asked: row.asked,
    taken: row.our_taken ?? row.asked,
    changedAt: (row.updated_at ?? row.created_at) as Instant,
    patientUntil: patientUntil(row, row.created_at as Instant),
  };
}

function patientUntil({ taken_on: isTakenOn, doubted, our_at: takenOnAt }: Row, createdAt: Instant): Instant | null {
  if (isTakenOn) return plusMs((takenOnAt ?? createdAt) as Instant, refundTakenOnPatienceMs);
  return doubted ? null : plusMs(createdAt, refundPatienceMs);
}

function standOf({ state, reason, replaced, replaces, taken_on: isTakenOn }: Row): OurRefund["stand"] {
  if (isTakenOn) return "takenOn";
  if (state === "succeeded") return "accepted";
  if (state === "paidOtherwise" || replaced) return "otherwise";
  // closed: it goes on by itself under another number; too little money with the provider: it is sent again by itself
  if (state === "failed" && reason === "closed" && (replaces ?? 0) < replacementsMax) return "underWay";
  if (state === "abnormal" || (state === "failed" && reason !== "shopBalance")) return "failed";
  return "underWay";
}
