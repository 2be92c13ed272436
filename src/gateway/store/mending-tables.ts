/** A jsonb column: what was put in comes out; whoever reads it knows its shape. */
type Json = unknown;

export type MendingRow = {
  store: string;
  id: string;
  action: string;
  state: "proposed" | "done" | "refused" | "stale";
  reason: string;
  amount: number;
  currency: string;
  parameters: Json;
  proposed_by: string;
  proposed_at: number;
  approval: string | null;
  decided_by: string | null;
  decided_at: number | null;
  outcome: Json | null;
};
export type MendingItemRow = {
  store: string;
  mending: string;
  difference_store: string;
  difference: string;
  round: number;
  amount: number;
};
