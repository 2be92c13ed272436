/** Cash between the drawers, the safe and the bank (books.md 7). Every table begins with the store. */
export const cash = `
-- 缴款单: what a drawer handed over at a shift's close, as its till's journal tells it. received_by: the second person; null where
-- nobody proved it.
create table hand_over (
  store text not null,
  id text not null,
  session text not null,
  till text not null,
  business_date text not null,
  handed_by text,
  received_by text,
  amount bigint not null,
  kept bigint not null,
  currency text not null,
  notes jsonb not null,
  at bigint not null,
  primary key (store, id)
);
create index hand_over_day on hand_over (store, business_date);

-- A safe as it was counted, and what the books said was in it just then.
create table safe_count (
  store text not null,
  id text not null,
  business_date text not null,
  expected bigint not null,
  counted bigint not null,
  currency text not null,
  notes jsonb not null,
  counted_by text not null,
  second_person text,
  at bigint not null,
  primary key (store, id)
);
create index safe_count_at on safe_count (store, at);

-- 存款单: cash on its way from a store's safe to a bank account, which may be another store's.
create table deposit (
  store text not null,
  id text not null,
  bank_store text not null,
  bank text not null,
  slip text not null,
  day text not null,
  amount bigint not null,
  currency text not null,
  notes jsonb not null,
  taken_by text not null,
  made_by text not null,
  second_person text,
  state text not null check (state in ('underWay', 'arrived', 'takenBack')),
  arrived_on text,
  credited bigint,
  taken_back_by text,
  taken_back_at bigint,
  reason text not null,
  at bigint not null,
  primary key (store, id)
);
create unique index deposit_slip on deposit (store, bank, slip) where state <> 'takenBack';
create index deposit_open on deposit (bank_store, bank) where state = 'underWay';

-- What a shift began with; null in shifts from before.
alter table shift add column float bigint;

-- A bank's line brings one deposit and a deposit comes by one line: whatever else goes wrong, never twice.
create unique index bank_match_deposit on bank_match (store, bank, payout) where account = 'cash';
create unique index bank_match_deposit_line on bank_match (store, bank, line) where account = 'cash';
`;
