/** A jsonb column: what was put in comes out; whoever reads it knows its shape. */
type Json = unknown;

export type PayoutRow = {
  store: string;
  account: string;
  number: string;
  day: string;
  at: number;
  amount: number;
  fee: number;
  currency: string;
  state: "sent" | "arrived" | "returned";
  arrived_on: string | null;
};
export type BankAccountRow = { store: string; id: string; name: string; columns: Json; made_at: number };
export type BankStatementRow = {
  store: string;
  id: string;
  bank: string;
  name: string;
  sha256: Uint8Array;
  bytes: Uint8Array;
  lines: number;
  handed_by: string;
  at: number;
  /** By which it was read; null of those from before it was written down. */
  columns: Json | null;
  taken_back_at: number | null;
  taken_back_by: string | null;
  /** The second person. */
  taken_back_with: string | null;
  taken_back_why: string | null;
};
export type BankLineRow = {
  store: string;
  bank: string;
  id: string;
  day: string;
  time: string;
  amount: number;
  balance: number | null;
  counterparty: string;
  text: string;
  reference: string;
  statement: string;
};
export type BankMatchRow = {
  store: string;
  bank: string;
  line: string;
  account: string;
  payout: string;
  amount: number;
  by: string;
  at: number;
};
