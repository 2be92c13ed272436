/** A jsonb column: what was put in comes out; whoever reads it knows its shape. */
type Json = unknown;

export type HandOverRow = {
  store: string;
  id: string;
  session: string;
  till: string;
  business_date: string;
  handed_by: string | null;
  received_by: string | null;
  amount: number;
  kept: number;
  currency: string;
  notes: Json;
  at: number;
};
export type SafeCountRow = {
  store: string;
  id: string;
  business_date: string;
  expected: number;
  counted: number;
  currency: string;
  notes: Json;
  counted_by: string;
  second_person: string | null;
  at: number;
};
export type DepositRow = {
  store: string;
  id: string;
  bank_store: string;
  bank: string;
  slip: string;
  day: string;
  amount: number;
  currency: string;
  notes: Json;
  taken_by: string;
  made_by: string;
  second_person: string | null;
  state: "underWay" | "arrived" | "takenBack";
  arrived_on: string | null;
  credited: number | null;
  taken_back_by: string | null;
  taken_back_at: number | null;
  reason: string;
  at: number;
};
