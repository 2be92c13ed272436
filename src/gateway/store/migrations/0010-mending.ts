/** What people propose and decide about differences. Every table begins with the store. */
export const mending = `
-- One proposal for one difference or many of one cause. It stands as it was made: what changed meanwhile is proposed anew.
create table mending (
  store text not null,
  id text not null,
  action text not null,
  -- proposed, done; refused by the other person; stale: what it was about had changed.
  state text not null check (state in ('proposed', 'done', 'refused', 'stale')),
  reason text not null,
  amount bigint not null,
  currency text not null,
  parameters jsonb not null,
  proposed_by text not null,
  proposed_at bigint not null,
  -- The approval that it waits for; null where nobody else is needed.
  approval text,
  decided_by text,
  decided_at bigint,
  outcome jsonb,
  primary key (store, id)
);
create index mending_open on mending (store, proposed_at) where state = 'proposed';

-- What it is about: the difference as it was seen.
create table mending_item (
  store text not null,
  mending text not null,
  difference_store text not null,
  difference text not null,
  round integer not null,
  amount bigint not null,
  primary key (store, mending, difference_store, difference)
);
create index mending_item_difference on mending_item (difference_store, difference);
`;
