/** A jsonb column: what was put in comes out; whoever reads it knows its shape. */
type Json = unknown;

export type AlertRuleRow = { store: string; rule: Json; set_by: string; set_at: number };
export type AlertStoredRow = {
  store: string;
  id: string;
  kind: "break" | "day" | "age";
  difference: string | null;
  day: string;
  amount: number;
  currency: string;
  threshold: number;
  made_at: number;
  closed_at: number | null;
};
export type AlertReadRow = { store: string; alert: string; person: string; at: number };
