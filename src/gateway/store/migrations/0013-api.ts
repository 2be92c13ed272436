/** What other programs are given and told. Keys and endpoints belong to the whole chain; events and deliveries begin with the store. */
export const api = `
-- A key is shown once; what is kept is its hash.
create table api_key (
  id text not null,
  hash bytea not null,
  name text not null,
  scopes jsonb not null,
  -- Null: every store.
  stores jsonb,
  made_by text not null,
  made_at bigint not null,
  expires_at bigint not null,
  used_at bigint,
  revoked_at bigint,
  primary key (id)
);

create table webhook_endpoint (
  id text not null,
  url text not null,
  name text not null,
  events jsonb not null,
  stores jsonb,
  -- Sealed, the newest first; an older one signs beside it until its time is over.
  secrets jsonb not null,
  active boolean not null,
  made_by text not null,
  made_at bigint not null,
  primary key (id)
);

-- What happened, in the bytes that every try sends. Ids and amounts, no personal data.
create table webhook_event (
  store text not null,
  id text not null,
  type text not null,
  subject text not null,
  body text not null,
  at bigint not null,
  primary key (store, id)
);

create table webhook_delivery (
  store text not null,
  event text not null,
  endpoint text not null,
  state text not null check (state in ('pending', 'delivered', 'failed')),
  tries integer not null,
  last_at bigint,
  last_status integer,
  last_trouble text,
  next_at bigint,
  primary key (store, event, endpoint),
  foreign key (store, event) references webhook_event (store, id)
);
create index webhook_delivery_due on webhook_delivery (next_at) where state = 'pending';
create index webhook_delivery_endpoint on webhook_delivery (endpoint, store, event);
`;
