/** How our accounts are called in the accounting system. Belongs to the whole chain. */
export const accounting = `
create table account_map (
  pattern text not null,
  code text not null,
  name text not null,
  asks jsonb not null,
  department text not null,
  customer text not null,
  cash_flow text not null,
  set_by text not null,
  set_at bigint not null,
  primary key (pattern)
);
`;
