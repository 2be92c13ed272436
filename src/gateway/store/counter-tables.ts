/** A jsonb column: what was put in comes out; whoever reads it knows its shape. */
type Json = unknown;

export type RefundRow = {
  store: string;
  id: string;
  attempt: string;
  account: string;
  channel: string;
  cause: string;
  sale: string;
  till: string;
  amount: number;
  currency: string;
  state: string;
  detail: Json;
  memo: Json;
  version: number;
  business_date: string;
  provider_refund: string | null;
  created_at: number;
  updated_at: number;
};
export type RefundEventRow = { store: string; refund: string; n: number; at: number; kind: string; detail: Json };
export type ReturnedLineRow = {
  store: string;
  original: string;
  line: number;
  sale: string;
  thousandths: number;
  amount: number;
  tax: number;
};
export type UsedTenderRow = {
  store: string;
  original: string;
  sale: string;
  n: number;
  kind: string;
  attempt: string | null;
  amount: number;
};
export type ReturnClaimRow = {
  store: string;
  original: string;
  sale: string;
  till: string;
  lines: Json;
  parts: Json;
  approval: Json;
  at: number;
  expires_at: number;
};
export type HeldSaleRow = {
  store: string;
  id: string;
  till: string;
  staff: string;
  sale: Json;
  total: number;
  currency: string;
  item_count: number;
  held_at: number;
  claimed_by: string | null;
  claimed_at: number | null;
  wanted_by: string | null;
  wanted_at: number | null;
  got_at: number | null;
};
export type NotificationSeenRow = {
  store: string;
  account: string;
  id: string;
  kind: string;
  subject: string;
  at: number;
};
