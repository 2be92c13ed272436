/**
 * The counter in daily use: what a shop decides for its tills, refunds, returns with their claims, held sales, notifications.
 * Every table here begins with the store (house decision 12). Amounts are minor units, instants given by the caller.
 */
export const counter = `
alter table store add column rules jsonb;
update store set rules = '{}';
alter table store alter column rules set not null;

-- Money promised back for a captured payment. Pursued until it is with the payer, or paid otherwise.
create table refund (
  store text not null,
  id text not null,
  attempt text not null,
  account text not null,
  channel text not null,
  -- Why: return, tenderReturned, freed, lateCapture, reversalRefused.
  cause text not null,
  -- The sale that gives back; empty where no sale does.
  sale text not null,
  till text not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  state text not null,
  detail jsonb not null,
  memo jsonb not null,
  version integer not null,
  business_date text not null,
  provider_refund text,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (store, id)
);
create index refund_attempt on refund (store, attempt);
create index refund_sale on refund (store, sale);
create index refund_till on refund (store, till, updated_at);

create table refund_event (
  store text not null,
  refund text not null,
  n integer not null,
  at bigint not null,
  kind text not null,
  detail jsonb not null,
  primary key (store, refund, n),
  foreign key (store, refund) references refund (store, id)
);

-- What came back of which line, and what of the original's tenders that used up: facts of the returning sale.
create table returned_line (
  store text not null,
  original text not null,
  line integer not null,
  sale text not null,
  thousandths bigint not null,
  amount bigint not null,
  tax bigint not null,
  primary key (store, original, line, sale)
);
create table used_tender (
  store text not null,
  original text not null,
  sale text not null,
  n integer not null,
  kind text not null,
  attempt text,
  amount bigint not null,
  primary key (store, original, sale, n)
);

-- A return that a till is about to complete: holds its part of the original against other tills until it is over.
create table return_claim (
  store text not null,
  original text not null,
  sale text not null,
  till text not null,
  lines jsonb not null,
  parts jsonb not null,
  approval jsonb,
  at bigint not null,
  expires_at bigint not null,
  primary key (store, original, sale)
);

-- Sales held for any till of the store. claimed_by empty: anybody's.
create table held_sale (
  store text not null,
  id text not null,
  till text not null,
  staff text not null,
  sale jsonb not null,
  total bigint not null,
  currency text not null,
  item_count integer not null,
  held_at bigint not null,
  claimed_by text,
  claimed_at bigint,
  primary key (store, id)
);

-- A provider's notification, once: its number is the provider's.
create table notification_seen (
  store text not null,
  account text not null,
  id text not null,
  kind text not null,
  subject text not null,
  at bigint not null,
  primary key (store, account, id)
);
`;
