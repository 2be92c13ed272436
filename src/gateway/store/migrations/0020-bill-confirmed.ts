/** A bill that the provider gave again, the same to the byte, tells of all that had happened by then. */
export const billConfirmed = `
alter table bill add column confirmed_at bigint;
`;
