/**
 * Who may do what, who signs in to the office and how, what one person allowed another, what somebody did alone, and what was
 * changed by whom. `store` is a store's id, or `chain` for what holds in all of them.
 */
export const staff = `
-- Never changed and never removed. who is null where nobody known did it; before and after hold no secret.
create table audit_entry (
  store text not null,
  id text not null,
  at bigint not null,
  who text,
  act text not null,
  subject text not null,
  before jsonb,
  after jsonb,
  reason text,
  second_person text,
  primary key (store, id)
);
create index audit_entry_time on audit_entry (store, at);

-- The owner and everybody else who signs in to the office; staff is who they are at a till.
alter table owner rename to office_person;
alter table office_person alter column salt drop not null;
alter table office_person alter column password drop not null;
alter table office_person add column staff text references staff (id);
alter table office_person add column removed_at bigint;
create unique index office_person_staff on office_person (staff);
alter table office_session rename column owner to person;
alter table office_session add column method text;

create table passkey (
  id text primary key,
  person text not null references office_person (id),
  public_key bytea not null,
  counter bigint not null,
  transports jsonb not null,
  label text not null,
  made_at bigint not null,
  used_at bigint
);

-- What a passkey is asked to sign: once, and not for long. bound_to is the session or the approval it is for.
create table passkey_challenge (
  hash bytea primary key,
  purpose text not null,
  bound_to text not null,
  expires_at bigint not null
);

create table office_invitation (
  hash bytea primary key,
  person text not null references office_person (id),
  made_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);

-- What a shop decides differently from the house's table; a store's own row goes before the chain's.
create table permission_rule (
  store text not null,
  role text not null,
  act text not null,
  rule jsonb not null,
  set_by text not null,
  set_at bigint not null,
  primary key (store, role, act)
);

-- A second person's word that the gateway saw itself: asked for, given or refused, used once.
create table approval (
  store text not null,
  id text not null,
  act text not null,
  subject text not null,
  size bigint not null,
  amount bigint,
  currency text not null,
  reason text not null,
  shown jsonb not null,
  asked_by text not null,
  till text,
  asked_at bigint not null,
  expires_at bigint,
  state text not null check (state in ('open', 'given', 'refused', 'used', 'withdrawn')),
  decided_by text,
  method text,
  decided_at bigint,
  used_at bigint,
  primary key (store, id)
);
create index approval_open on approval (store, asked_at) where state = 'open';

-- What somebody did alone where a second person is the rule; another person looks at it.
create table act_alone (
  store text not null,
  id text not null,
  act text not null,
  subject text not null,
  size bigint not null,
  amount bigint,
  currency text not null,
  reason text not null,
  who text not null,
  till text,
  business_date text not null,
  at bigint not null,
  reviewed_by text,
  reviewed_at bigint,
  note text,
  primary key (store, id)
);
create index act_alone_open on act_alone (store, at) where reviewed_at is null;
create index act_alone_day on act_alone (store, business_date, who, act);
`;
