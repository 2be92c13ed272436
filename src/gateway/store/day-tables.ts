/** A jsonb column: what was put in comes out; whoever reads it knows its shape. */
type Json = unknown;

export type StoreDayRow = {
  store: string;
  day: string;
  state: "closing" | "closed";
  next_day: string;
  left_open: Json;
  closed_by: string;
  second_person: string | null;
  reason: string;
  asked_at: number;
  xid: number;
  closed_at: number | null;
};
export type VoucherRow = {
  store: string;
  day: string;
  number: number;
  bytes: Uint8Array;
  sha256: Uint8Array;
  debits: number;
  credits: number;
  transfers: number;
  at: number;
};
export type LockedMonthRow = {
  store: string;
  month: string;
  locked_by: string;
  second_person: string | null;
  at: number;
};
export type ShiftRow = {
  store: string;
  session: string;
  till: string;
  business_date: string;
  opened_by: string | null;
  opened_at: number;
  closed_by: string | null;
  closed_at: number | null;
  expected: number | null;
  counted: number | null;
  currency: string;
  totals: Json | null;
  float: number | null;
};
export type AccountMapRow = {
  pattern: string;
  code: string;
  name: string;
  asks: Json;
  department: string;
  customer: string;
  cash_flow: string;
  set_by: string;
  set_at: number;
};
