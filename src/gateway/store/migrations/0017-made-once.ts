/** What a page asked to be made, by the id of its asking, so that the same asking twice makes one thing. */
export const madeOnce = `
create table made_once (
  id text primary key,
  who text not null,
  digest text not null,
  -- What was answered, a secret that is shown once included; null as soon as its time is over.
  answer_sealed bytea,
  at bigint not null
);
create index made_once_answer on made_once (at) where answer_sealed is not null;
`;
