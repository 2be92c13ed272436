/**
 * The day's end: what moved by our word (movement), what the provider wrote (bill, bill_row, flow_row), and where the two do not
 * agree (difference). Every table begins with the store (house decision 12): a bill stands under its account's home store, a row
 * under the store whose tag its number bears. Amounts are minor units, fees thousandths of one, instants given by the caller.
 */
export const bills = `
alter table sale_tender add column tip bigint;
update sale_tender t set tip = coalesce((s.body->'tenders'->(t.n - 1)->'tip'->>'amount')::bigint, 0)
  from sale s where s.store = t.store and s.id = t.sale;
update sale_tender set tip = 0 where tip is null;
alter table sale_tender alter column tip set not null;

-- What moved at a provider as far as we know: payments, their reversals, refunds that were accepted, tenders noted unproved.
create table movement (
  store text not null,
  account text not null,
  side text not null check (side in ('payment', 'reversal', 'refund', 'unverified')),
  -- Payment and reversal: the payment's id. Refund: its own. Unverified: sale/n.
  number text not null,
  attempt text,
  sale text,
  till text not null,
  channel text not null,
  amount bigint not null,
  receivable bigint not null,
  currency text not null,
  provider_number text not null,
  -- By the provider's clock where it told it: the provider's day follows from it.
  at bigint not null,
  business_date text not null,
  -- Unverified: the tail of the number that the payer showed.
  tail text not null,
  -- A refund that was accepted and failed afterwards.
  undone_at bigint,
  primary key (store, account, side, number)
);
create index movement_at on movement (store, account, at);
create index movement_attempt on movement (store, attempt);
create index movement_business on movement (store, business_date, account);
create index movement_sale on movement (store, sale);

create table bill (
  store text not null,
  -- account/kind/day/version
  id text not null,
  account text not null,
  kind text not null check (kind in ('trade', 'balanceRefunds', 'fundFlow')),
  day text not null,
  version integer not null,
  -- stored: its bytes are here. current: its rows are the truth of that day. replaced: a corrected one came. empty: the provider
  -- had nothing for that day. refused: kept, and nothing of it counts.
  state text not null check (state in ('stored', 'current', 'replaced', 'empty', 'refused')),
  origin text not null check (origin in ('fetched', 'handedIn')),
  name text not null,
  size bigint not null,
  sha256 bytea,
  announced text,
  handed_by text,
  row_count bigint,
  footer jsonb,
  counted jsonb,
  trouble text,
  at bigint not null,
  taken_at bigint,
  -- When the provider was last asked whether it is still the same.
  checked_at bigint not null,
  primary key (store, id)
);
create unique index bill_current on bill (store, account, kind, day) where state in ('current', 'empty');
create index bill_day on bill (store, day);

-- As it came, for ever.
create table bill_chunk (
  store text not null,
  bill text not null,
  n integer not null,
  bytes bytea not null,
  primary key (store, bill, n),
  foreign key (store, bill) references bill (store, id)
);

create table bill_row (
  store text not null,
  account text not null,
  bill text not null,
  line integer not null,
  kind text not null,
  day text not null,
  side text not null check (side in ('payment', 'reversal', 'refund')),
  number text not null,
  -- The shop's number of the payment; differs from number on refunds.
  payment text not null,
  -- The number is one of ours by its form and tag.
  own boolean not null,
  amount bigint not null,
  receivable bigint not null,
  fee bigint not null,
  rate integer,
  currency text not null,
  provider_number text not null,
  at bigint not null,
  status text not null,
  -- The corrected bill that does not have this row any more.
  gone_with text,
  primary key (store, account, bill, line)
);
create index bill_row_number on bill_row (store, account, side, number) where gone_with is null;
create index bill_row_payment on bill_row (store, account, payment) where gone_with is null and side = 'refund';
create index bill_row_day on bill_row (store, account, day) where gone_with is null;

create table flow_row (
  store text not null,
  account text not null,
  bill text not null,
  line integer not null,
  day text not null,
  kind text not null,
  at bigint not null,
  number text not null,
  provider_number text not null,
  voucher text not null,
  words text not null,
  amount bigint not null,
  balance bigint not null,
  note text not null,
  primary key (store, account, bill, line)
);
create index flow_row_day on flow_row (store, account, day);

-- What does not agree, or waits: one line for each class of an identity. What agrees has none.
create table difference (
  store text not null,
  -- account/side/number/class
  id text not null,
  account text not null,
  side text not null,
  number text not null,
  class text not null,
  state text not null check (state in ('waiting', 'break', 'mended', 'gone')),
  -- Waiting: until when, then it is looked at again.
  until bigint,
  -- Differences of one cause are one break with its items.
  cause text not null,
  amount bigint not null,
  currency text not null,
  -- The provider's day, and ours.
  day text not null,
  business_date text not null,
  attempt text,
  sale text,
  till text,
  staff text,
  channel text,
  bill text,
  detail jsonb not null,
  -- What it posted in unexplained while it is open; empty where nothing.
  posting text not null,
  round integer not null,
  opened_at bigint not null,
  seen_at bigint not null,
  closed_at bigint,
  closed_by text,
  primary key (store, id)
);
create index difference_open on difference (store, day) where state in ('waiting', 'break');
create index difference_due on difference (until) where state = 'waiting';
create index difference_identity on difference (store, account, side, number);

-- A bill's day: how far it is and what its rows come to, by store.
create table bill_share (
  store text not null,
  account text not null,
  day text not null,
  bill text not null,
  payments bigint not null,
  amount bigint not null,
  receivable bigint not null,
  refunds bigint not null,
  taken bigint not null,
  reversals bigint not null,
  given_back bigint not null,
  fee bigint not null,
  other_rows bigint not null,
  other_amount bigint not null,
  primary key (store, account, day, bill)
);

-- What a provider account is to cost, from a date on. Parts per million of the receivable; refunds give the fee back or not.
create table fee_rate (
  account text not null,
  since text not null,
  rate integer not null,
  gives_back boolean not null,
  set_by text not null,
  set_at bigint not null,
  primary key (account, since)
);

-- A row of theirs and an unproved tender of ours that are the same money: by themselves, or as a person picked.
create table pairing (
  store text not null,
  account text not null,
  tender text not null,
  row_store text not null,
  row_number text not null,
  by text not null,
  at bigint not null,
  undone_at bigint,
  primary key (store, account, tender, row_number, at)
);
`;
