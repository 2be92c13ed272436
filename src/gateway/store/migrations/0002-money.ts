/**
 * The hot tables: everything here begins with the store in its primary, unique and foreign keys (house decision 12).
 * Amounts are minor units; instants milliseconds since 1970, given by the caller.
 */
export const money = `
-- The last entry held of each series; its row lock puts batches of one till in order.
create table journal_head (
  store text not null,
  till text not null,
  series integer not null,
  number bigint not null,
  hash bytea not null,
  primary key (store, till, series)
);

-- As it came, for ever. bytes are the signed truth, the other columns only find them.
create table journal_entry (
  store text not null,
  till text not null,
  series integer not null,
  number bigint not null,
  bytes bytea not null,
  hash bytea not null,
  kind text not null,
  -- Came from a revoked till: kept, and nothing follows from it until a person decides.
  quarantined boolean not null,
  received_at bigint not null,
  primary key (store, till, series, number)
);

create table journal_signature (
  store text not null,
  till text not null,
  series integer not null,
  number bigint not null,
  till_signature bytea not null,
  gateway_signature bytea not null,
  at bigint not null,
  primary key (store, till, series, number)
);

create table sale (
  store text not null,
  id text not null,
  till text not null,
  series integer not null,
  number bigint not null,
  state text not null check (state in ('open', 'parked', 'completed', 'voided')),
  receipt_number text,
  business_date text,
  session text,
  staff text,
  currency text not null,
  total bigint not null,
  at bigint not null,
  body jsonb not null,
  primary key (store, id)
);
create index sale_day on sale (store, business_date, at);

create table sale_tender (
  store text not null,
  sale text not null,
  n integer not null,
  kind text not null,
  amount bigint not null,
  attempt text,
  primary key (store, sale, n),
  foreign key (store, sale) references sale (store, id)
);
create index sale_tender_attempt on sale_tender (store, attempt);

create table payment_attempt (
  store text not null,
  id text not null,
  till text not null,
  series integer not null,
  journal_number bigint,
  sale text not null,
  session text,
  business_date text not null,
  account text,
  channel text,
  presentment text not null,
  amount bigint not null,
  currency text not null,
  deadline bigint not null,
  state text not null,
  detail jsonb not null,
  freed boolean not null,
  version integer not null,
  memo jsonb not null,
  snapshot jsonb,
  code_hash bytea,
  provider_transaction text,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (store, id)
);
create index payment_attempt_sale on payment_attempt (store, sale);
create index payment_attempt_till on payment_attempt (store, till, updated_at);
create index payment_attempt_provider on payment_attempt (store, provider_transaction);

-- The story of an attempt, in order: what was asked, what came back, who decided.
create table payment_event (
  store text not null,
  attempt text not null,
  n integer not null,
  at bigint not null,
  kind text not null,
  detail jsonb not null,
  primary key (store, attempt, n),
  foreign key (store, attempt) references payment_attempt (store, id)
);

-- HMACs of payment codes, kept for a day: "the same code again".
create table payment_code_seen (
  store text not null,
  code_hash bytea not null,
  attempt text not null,
  at bigint not null,
  primary key (store, code_hash, attempt)
);

create table late_capture (
  store text not null,
  attempt text not null,
  provider_transaction text not null,
  amount bigint not null,
  currency text not null,
  seen_at bigint not null,
  settled_at bigint,
  detail jsonb not null,
  primary key (store, attempt, provider_transaction)
);

create table job (
  store text not null,
  id text not null,
  kind text not null,
  subject text not null,
  payload jsonb not null,
  due_at bigint not null,
  tries integer not null,
  claimed_until bigint,
  primary key (store, id)
);
create index job_due on job (due_at);

create table ledger_transfer (
  store text not null,
  posting text not null,
  n integer not null,
  debit text not null,
  credit text not null,
  amount bigint not null check (amount <> 0),
  currency text not null,
  business_date text not null,
  event text not null,
  subject text not null,
  at bigint not null,
  primary key (store, posting, n),
  check (debit <> credit)
);
create index ledger_transfer_subject on ledger_transfer (store, subject);

-- What waits for a person.
create table exception_item (
  store text not null,
  id text not null,
  kind text not null,
  subject text not null,
  detail jsonb not null,
  opened_at bigint not null,
  closed_at bigint,
  primary key (store, id)
);
`;
