/** A jsonb column: whoever reads it knows its shape. */
type Json = unknown;

export type AuditEntryRow = {
  store: string;
  id: string;
  at: number;
  who: string | null;
  act: string;
  subject: string;
  before: Json;
  after: Json;
  reason: string | null;
  second_person: string | null;
};
export type StaffRow = {
  id: string;
  name: string;
  salt: Uint8Array;
  secret_sealed: Uint8Array;
  pin_set_at: number;
  pin_made_by: string | null;
  left_at: number | null;
};
export type StaffRoleRow = { store: string; staff: string; role: string };
export type StaffTryRow = { staff: string; wrong: number; last_at: number; locked_until: number | null };
export type MadeOnceRow = { id: string; who: string; digest: string; answer_sealed: Uint8Array | null; at: number };
export type OfficePersonRow = {
  id: string;
  name: string;
  salt: Uint8Array | null;
  password: Uint8Array | null;
  must_change: boolean;
  expires_at: number | null;
  set_at: number;
  staff: string | null;
  removed_at: number | null;
};
export type OfficeSessionRow = {
  hash: Uint8Array;
  person: string;
  made_at: number;
  expires_at: number;
  seen_at: number;
  address: string;
  revoked_at: number | null;
  method: string | null;
};
export type PasskeyRow = {
  id: string;
  person: string;
  public_key: Uint8Array;
  counter: number;
  transports: Json;
  label: string;
  made_at: number;
  used_at: number | null;
};
export type PasskeyChallengeRow = { hash: Uint8Array; purpose: string; bound_to: string; expires_at: number };
export type OfficeInvitationRow = {
  hash: Uint8Array;
  person: string;
  made_at: number;
  expires_at: number;
  used_at: number | null;
};
export type PermissionRuleRow = {
  store: string;
  role: string;
  act: string;
  rule: Json;
  set_by: string;
  set_at: number;
};
export type ApprovalRow = {
  store: string;
  id: string;
  act: string;
  subject: string;
  size: number;
  amount: number | null;
  currency: string;
  reason: string;
  shown: Json;
  asked_by: string;
  till: string | null;
  asked_at: number;
  expires_at: number | null;
  state: "open" | "given" | "refused" | "used" | "withdrawn";
  decided_by: string | null;
  method: string | null;
  decided_at: number | null;
  used_at: number | null;
  /** The stores that it is about where `store` says the chain and it is not about all of them. */
  stores: string[] | null;
  /** Who is being let go by it: their own yes does not count. */
  leaving: string | null;
};
export type ActAloneRow = {
  store: string;
  id: string;
  act: string;
  subject: string;
  size: number;
  amount: number | null;
  currency: string;
  reason: string;
  who: string;
  till: string | null;
  business_date: string;
  at: number;
  reviewed_by: string | null;
  reviewed_at: number | null;
  note: string | null;
};
