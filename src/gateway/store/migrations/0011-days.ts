/**
 * Days that are over (books.md 6): what a closed day's voucher says never changes; what comes later posts to the first open day and
 * keeps its business date. Every table begins with the store.
 */
export const days = `
alter table ledger_transfer add column posting_date text;
update ledger_transfer set posting_date = business_date;
alter table ledger_transfer alter column posting_date set not null;
create index ledger_transfer_day on ledger_transfer (store, posting_date);

-- A till's shift as its journal tells it. The totals are those of its Z report; null in shifts of older builds, or not closed yet.
create table shift (
  store text not null,
  session text not null,
  till text not null,
  business_date text not null,
  opened_by text,
  opened_at bigint not null,
  closed_by text,
  closed_at bigint,
  expected bigint,
  counted bigint,
  currency text not null,
  totals jsonb,
  primary key (store, session)
);
create index shift_day on shift (store, business_date);
insert into shift (store, session, till, business_date, opened_by, opened_at, closed_by, closed_at, expected, counted, currency, totals)
  select o.store, o.entry->>'session', o.till, o.entry->>'businessDate', o.entry->>'staff', (o.entry->>'at')::bigint,
    c.entry->>'staff', (c.entry->>'at')::bigint, (c.entry->'body'->'shift'->'cash'->'expected'->>'amount')::bigint,
    (c.entry->'body'->'shift'->'cash'->'counted'->>'amount')::bigint, o.entry->'body'->'float'->>'currency', c.entry->'body'->'shift'
  from (select store, till, convert_from(bytes, 'UTF8')::jsonb as entry from journal_entry
    where kind = 'sessionOpened' and not quarantined) o
  left join (select store, convert_from(bytes, 'UTF8')::jsonb as entry from journal_entry
    where kind = 'sessionClosed' and not quarantined) c
    on c.store = o.store and c.entry->>'session' = o.entry->>'session'
  where o.entry->>'session' is not null and o.entry->>'mode' = 'trade'
  on conflict do nothing;

-- closing: from here on nothing more posts to it. closed: every transaction that had begun before is over, its voucher stands.
create table store_day (
  store text not null,
  day text not null,
  state text not null check (state in ('closing', 'closed')),
  -- The day that takes what comes later.
  next_day text not null,
  -- What was still open, and who closed over it.
  left_open jsonb not null,
  closed_by text not null,
  second_person text,
  reason text not null,
  asked_at bigint not null,
  -- The transaction that began the closing.
  xid bigint not null,
  closed_at bigint,
  primary key (store, day)
);

-- One for each store and day, numbered without gaps; its bytes are what every export is made of.
create table voucher (
  store text not null,
  day text not null,
  number integer not null,
  bytes bytea not null,
  sha256 bytea not null,
  debits bigint not null,
  credits bigint not null,
  transfers integer not null,
  at bigint not null,
  primary key (store, day)
);
create unique index voucher_number on voucher (store, number);

-- Nothing of a locked month is closed anew or exported as a draft; only added to.
create table locked_month (
  store text not null,
  month text not null,
  locked_by text not null,
  second_person text,
  at bigint not null,
  primary key (store, month)
);
`;
