/** What clocks may differ by in matching: one row for an account whose minutes are not the house's own. */
export const matchingWindow = `
create table matching_window (
  account text not null,
  near_minutes integer not null,
  pair_minutes integer not null,
  set_by text not null,
  set_at bigint not null,
  primary key (account)
);
`;
