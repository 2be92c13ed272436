/** Whether money was taken with an account: asked before its keys change. */
export const accountPayments = `
create index payment_attempt_account on payment_attempt (account) where account is not null;
`;
