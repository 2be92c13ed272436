/** Money on its way from the provider to the bank, and what the bank says of it. Every table begins with the store. */
export const settlement = `
-- A payout as the fund flow has it, under the account's home store.
create table payout (
  store text not null,
  account text not null,
  number text not null,
  day text not null,
  at bigint not null,
  amount bigint not null,
  fee bigint not null,
  currency text not null,
  state text not null check (state in ('sent', 'arrived', 'returned')),
  arrived_on text,
  primary key (store, account, number)
);
create index payout_open on payout (store, account) where state = 'sent';

-- How a bank's file is read: which column is what.
create table bank_account (
  store text not null,
  id text not null,
  name text not null,
  columns jsonb not null,
  made_at bigint not null,
  primary key (store, id)
);

-- A statement as it was handed in.
create table bank_statement (
  store text not null,
  id text not null,
  bank text not null,
  name text not null,
  sha256 bytea not null,
  bytes bytea not null,
  lines integer not null,
  handed_by text not null,
  at bigint not null,
  primary key (store, id)
);

-- One line; the same line in a later statement is the same one. amount: above zero in.
create table bank_line (
  store text not null,
  bank text not null,
  id text not null,
  day text not null,
  time text not null,
  amount bigint not null,
  balance bigint,
  counterparty text not null,
  text text not null,
  reference text not null,
  statement text not null,
  primary key (store, bank, id)
);
create index bank_line_day on bank_line (store, bank, day);

-- Which payout a line brought, wholly or as one of several.
create table bank_match (
  store text not null,
  bank text not null,
  line text not null,
  account text not null,
  payout text not null,
  amount bigint not null,
  by text not null,
  at bigint not null,
  primary key (store, bank, line, account, payout)
);
create index bank_match_payout on bank_match (store, account, payout);
`;
