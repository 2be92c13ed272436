import { sql } from "kysely";
import type { PaymentFacts, SaleStand } from "../../domain/reconciliation/judge-payment.ts";
import type { Database } from "../store/database.ts";
import type { BillDays } from "./bill-days.ts";
import { feesTaken, type FeeRates } from "./fee-rates.ts";
import type { Identity, ItemPlace, MatchedAccount } from "./identity.ts";
import { placeOfNumber, standOfNumber, type PlacedRow } from "./place-of-number.ts";

type Row = PlacedRow & {
  readonly store: string;
  readonly number: string;
  readonly state: string | null;
  readonly our_amount: number | null;
  readonly our_receivable: number | null;
  readonly row_count: number;
  readonly their_amount: number;
  readonly their_receivable: number;
  /** Receivable and fee of each row: a fee is rounded row by row. */
  readonly their_fees: readonly (readonly [receivable: number, fee: number])[];
  readonly reversed: number | null;
  readonly tender: number | null;
  readonly sale_state: string | null;
  readonly left_open: boolean;
  readonly given_back: number;
};

/** What is known of one payment, and where it belongs. */
export type KnownPayment = { readonly identity: Identity; readonly facts: PaymentFacts; readonly place: ItemPlace };

/** Everything known about payments' numbers, on all sides; one query for all of them. */
export async function paymentFacts(
  step: Database,
  account: MatchedAccount,
  wanted: readonly Identity[],
  days: BillDays,
  rates: FeeRates,
): Promise<readonly KnownPayment[]> {
  if (wanted.length === 0) return [];
  const { rows } = await sql<Row>`
    select w.store, w.number, a.state, coalesce(nullif(a.sale, ''), c.sale) as sale, coalesce(a.till, c.till) as till,
      coalesce(a.channel, c.channel) as channel, coalesce(nullif(a.business_date, ''), c.business_date) as business_date,
      coalesce(m.currency, a.currency, c.currency) as currency, m.amount as our_amount, m.receivable as our_receivable, m.at as our_at,
      t.row_count, t.their_amount, t.their_receivable, t.their_fees, t.their_rate, t.their_day, t.their_bill, t.their_currency,
      (select sum(receivable)::bigint from bill_row b where b.store = w.store and b.account = ${account.id}
        and b.side = 'reversal' and b.number = w.number and b.gone_with is null) as reversed,
      (select sum(amount + tip)::bigint from sale_tender p
        where p.store = w.store and p.attempt = w.number and p.kind = 'payment') as tender,
      s.state as sale_state, coalesce(s.staff, c.staff) as staff,
      exists (select 1 from exception_item e where e.store = w.store and e.id = 'saleLeftOpen/' || a.sale
        and e.closed_at is null)
        or exists (select 1 from till_key k where k.till = a.till and k.series = a.series and k.revoked_at is not null)
        as left_open,
      (select coalesce(sum(amount), 0)::bigint from refund r where r.store = w.store and r.attempt = w.number
        and r.memo->>'replacedBy' is null) as given_back
    from unnest(${wanted.map(({ store }) => store)}::text[], ${wanted.map(({ number }) => number)}::text[])
      as w (store, number)
    left join payment_attempt a on a.store = w.store and a.id = w.number
    left join movement m on m.store = w.store and m.account = ${account.id} and m.side = 'payment' and m.number = w.number
    left join sale s on s.store = w.store and s.id = a.sale
    -- the sale that counts it: all that is known of one which nobody has asked us for
    left join lateral (
      select x.id as sale, x.till, x.staff, x.business_date, x.currency, x.body->'tenders'->(p.n - 1)->>'channel' as channel
      from sale_tender p join sale x on x.store = p.store and x.id = p.sale
      where p.store = w.store and p.attempt = w.number and p.kind = 'payment' limit 1
    ) c on true
    cross join lateral (
      select count(*)::integer as row_count, coalesce(sum(amount), 0)::bigint as their_amount,
        coalesce(sum(receivable), 0)::bigint as their_receivable,
        coalesce(json_agg(json_build_array(receivable, fee)), '[]') as their_fees,
        max(rate) as their_rate, max(day) as their_day, max(bill) as their_bill, max(currency) as their_currency
      from bill_row b where b.store = w.store and b.account = ${account.id} and b.side = 'payment'
        and b.number = w.number and b.gone_with is null
    ) t
  `.execute(step);
  return rows.map((row) => known(row, days, rates));
}

function known(row: Row, days: BillDays, rates: FeeRates): KnownPayment {
  const ours =
    row.our_amount === null || row.our_receivable === null
      ? null
      : { amount: row.our_amount, receivable: row.our_receivable };
  const theirs =
    row.row_count === 0
      ? null
      : {
          amount: row.their_amount,
          receivable: row.their_receivable,
          fee: feesTaken(rates.on(row.their_day ?? ""), row.their_fees),
        };
  return {
    identity: { store: row.store, side: "payment", number: row.number },
    facts: {
      attempt: attemptStand(row.state),
      ours,
      theirs,
      theirReversed: row.reversed,
      tender: row.tender,
      sale: saleStand(row),
      givenBack: row.given_back,
      bill: standOfNumber(row, days),
    },
    place: placeOfNumber(row, row.state === null ? null : row.number, days),
  };
}

function attemptStand(state: string | null): PaymentFacts["attempt"] {
  if (state === null) return "none";
  if (state === "captured" || state === "reversed") return state;
  return state === "closed" || state === "declined" ? "notPaid" : "live";
}

function saleStand({ sale_state: state, left_open: isLeft }: Row): SaleStand {
  if (state === "completed" || state === "voided") return state;
  if (isLeft) return "leftOpen";
  return state === null ? "unknown" : "open";
}
