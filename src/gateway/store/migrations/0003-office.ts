/** What the office looks for within a store: a receipt's number, a day's payments. */
export const office = `
create index sale_receipt on sale (store, receipt_number);
create index payment_attempt_day on payment_attempt (store, business_date, created_at);
`;
