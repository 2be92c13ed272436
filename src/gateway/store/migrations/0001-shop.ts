/**
 * What belongs to the whole chain: stores, tills and who may use them, staff, catalogue, office, provider accounts.
 * Small, so keyed by its own id where it is not a store's. Instants are milliseconds since 1970, given by the caller.
 */
export const shop = `
create table store (
  id text primary key,
  name text not null,
  address text not null,
  phone text not null,
  zone text not null,
  cut_minute integer not null,
  currency text not null,
  tax_mode text not null check (tax_mode in ('included', 'added')),
  display_language text not null
);

-- Says who made an id: a till, or the gateway or the office of a store. Unique over the chain.
create table tag (
  tag text primary key,
  store text not null references store (id),
  holder text not null check (holder in ('till', 'gateway', 'office')),
  till text
);

-- A till's id is unique over the chain: it is the key id of its signatures. It belongs to one store for ever.
create table till (
  id text primary key,
  store text not null references store (id),
  label text not null,
  tag text not null unique references tag (tag),
  unique (store, label)
);

-- One row for each activation: a till that lost its key gets a new series, and the old key is revoked.
-- activation is the hash that number 1 of the series is chained to.
create table till_key (
  till text not null references till (id),
  series integer not null,
  public_key bytea not null,
  pepper_sealed bytea not null,
  activation bytea not null,
  activated_at bigint not null,
  revoked_at bigint,
  heard_at bigint,
  primary key (till, series)
);

create table activation_code (
  hash bytea primary key,
  till text not null references till (id),
  made_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);

-- Tries within a window: of an address, of everybody, of a person.
create table limited_try (
  subject text primary key,
  count integer not null,
  since bigint not null
);

create table nonce (
  store text not null,
  till text not null,
  nonce text not null,
  expires_at bigint not null,
  primary key (store, till, nonce)
);
create index nonce_expiry on nonce (expires_at);

create table staff (
  id text primary key,
  name text not null,
  salt bytea not null,
  secret_sealed bytea not null,
  pin_set_at bigint not null,
  left_at bigint
);

create table staff_role (
  store text not null references store (id),
  staff text not null references staff (id),
  role text not null,
  primary key (store, staff)
);

create table staff_try (
  staff text primary key references staff (id),
  wrong integer not null,
  last_at bigint not null,
  locked_until bigint
);

-- One row: the number of the last change. A row lock on it puts changes in order.
create table catalogue_head (
  id text primary key,
  change bigint not null
);

create table category (
  id text primary key,
  place integer not null,
  names jsonb not null
);

create table product (
  id text primary key,
  change bigint not null,
  removed boolean not null,
  body jsonb not null
);
create index product_change on product (change, id);

create table owner (
  id text primary key,
  name text not null,
  salt bytea not null,
  password bytea not null,
  must_change boolean not null,
  expires_at bigint,
  set_at bigint not null
);

create table office_session (
  hash bytea primary key,
  owner text not null references owner (id),
  made_at bigint not null,
  expires_at bigint not null,
  seen_at bigint not null,
  address text not null,
  revoked_at bigint
);

create table provider_account (
  id text primary key,
  home_store text not null references store (id),
  provider text not null,
  mode text not null check (mode in ('live', 'sandbox')),
  terms jsonb not null,
  timings jsonb not null,
  settings jsonb not null,
  secrets_sealed bytea not null
);

create table store_account (
  store text not null references store (id),
  account text not null references provider_account (id),
  channel text not null,
  primary key (store, channel)
);
`;
