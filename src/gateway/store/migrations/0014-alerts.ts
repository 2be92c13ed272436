/** What people are told of breaks, from when on, and what each of them has read. */
export const alerts = `
-- A store's rule, or the chain's: one row each.
create table alert_rule (
  store text not null,
  rule jsonb not null,
  set_by text not null,
  set_at bigint not null,
  primary key (store)
);

-- One line for a break (or a day) and a threshold; closed when it is over, made anew when it comes again.
create table alert (
  store text not null,
  id text not null,
  kind text not null check (kind in ('break', 'day', 'age')),
  -- Of several with one cause any; null for a day.
  difference text,
  day text not null,
  amount bigint not null,
  currency text not null,
  threshold bigint not null,
  made_at bigint not null,
  closed_at bigint,
  primary key (store, id)
);
create index alert_made on alert (store, made_at desc);
create index alert_open on alert (store) where closed_at is null;

create table alert_read (
  store text not null,
  alert text not null,
  person text not null,
  at bigint not null,
  primary key (store, alert, person)
);
`;
