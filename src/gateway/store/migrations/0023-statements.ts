/** By which columns each statement was read, and who took one back: of those from before nobody knows the columns. */
export const statements = `
alter table bank_statement add column columns jsonb;
alter table bank_statement add column taken_back_at bigint;
alter table bank_statement add column taken_back_by text;
alter table bank_statement add column taken_back_with text;
alter table bank_statement add column taken_back_why text;
`;
