/** Movements of which a shop's own coupon took something: few, and found by their day for reports. */
export const coupons = `
create index movement_coupon on movement (store, business_date) where amount <> receivable;
`;
