/** What an approval is about where that is neither one store nor the whole chain, and whom it lets go. */
export const approvalStores = `
alter table approval add column stores text[], add column leaving text;
`;
