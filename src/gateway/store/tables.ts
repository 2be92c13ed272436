import type { AlertReadRow, AlertRuleRow, AlertStoredRow } from "./alert-tables.ts";
import type { DepositRow, HandOverRow, SafeCountRow } from "./cash-tables.ts";
import type {
  BillChunkRow,
  BillShareRow,
  BillFlowRow,
  BillStoredRow,
  BillTradeRow,
  DifferenceRow,
  MovementRow,
} from "./bill-tables.ts";
import type { FeeRateRow, MatchingWindowRow, PairingRow } from "./matching-tables.ts";
import type {
  ActAloneRow,
  ApprovalRow,
  AuditEntryRow,
  MadeOnceRow,
  OfficeInvitationRow,
  OfficePersonRow,
  OfficeSessionRow,
  PasskeyChallengeRow,
  PasskeyRow,
  PermissionRuleRow,
  StaffRoleRow,
  StaffRow,
  StaffTryRow,
} from "./staff-tables.ts";
import type { ReportRollupRow, SavedViewRow } from "./report-tables.ts";
import type { ApiKeyRow, WebhookDeliveryRow, WebhookEndpointRow, WebhookEventRow } from "./api-tables.ts";
import type { AccountMapRow, LockedMonthRow, ShiftRow, StoreDayRow, VoucherRow } from "./day-tables.ts";
import type { MendingItemRow, MendingRow } from "./mending-tables.ts";
import type { BankAccountRow, BankLineRow, BankMatchRow, BankStatementRow, PayoutRow } from "./settlement-tables.ts";
import type {
  HeldSaleRow,
  NotificationSeenRow,
  RefundEventRow,
  RefundRow,
  ReturnClaimRow,
  ReturnedLineRow,
  UsedTenderRow,
} from "./counter-tables.ts";

/** A jsonb column: what was put in comes out; whoever reads it knows its shape. */
export type Json = unknown;

export type StoreRow = {
  id: string;
  name: string;
  address: string;
  phone: string;
  zone: string;
  cut_minute: number;
  currency: string;
  tax_mode: "included" | "added";
  display_language: string;
  rules: Json;
};
export type TagRow = { tag: string; store: string; holder: "till" | "gateway" | "office"; till: string | null };
export type TillRow = { id: string; store: string; label: string; tag: string };
export type TillKeyRow = {
  till: string;
  series: number;
  public_key: Uint8Array;
  pepper_sealed: Uint8Array;
  activation: Uint8Array;
  activated_at: number;
  revoked_at: number | null;
  heard_at: number | null;
};
export type ActivationCodeRow = {
  hash: Uint8Array;
  till: string;
  made_at: number;
  expires_at: number;
  used_at: number | null;
};
export type LimitedTryRow = { subject: string; count: number; since: number };
export type NonceRow = { store: string; till: string; nonce: string; expires_at: number };
export type CatalogueHeadRow = { id: string; change: number };
export type CategoryRow = { id: string; place: number; names: Json };
export type ProductRow = { id: string; change: number; removed: boolean; body: Json };
export type ProviderAccountRow = {
  id: string;
  home_store: string;
  provider: string;
  mode: "live" | "sandbox";
  terms: Json;
  timings: Json;
  settings: Json;
  secrets_sealed: Uint8Array;
};
export type StoreAccountRow = { store: string; account: string; channel: string };
export type JournalHeadRow = { store: string; till: string; series: number; number: number; hash: Uint8Array };
export type JournalEntryRow = {
  store: string;
  till: string;
  series: number;
  number: number;
  bytes: Uint8Array;
  hash: Uint8Array;
  kind: string;
  quarantined: boolean;
  received_at: number;
};
export type JournalSignatureRow = {
  store: string;
  till: string;
  series: number;
  number: number;
  till_signature: Uint8Array;
  gateway_signature: Uint8Array;
  at: number;
};
export type SaleRow = {
  store: string;
  id: string;
  till: string;
  series: number;
  number: number;
  state: "open" | "parked" | "completed" | "voided";
  receipt_number: string | null;
  business_date: string | null;
  session: string | null;
  staff: string | null;
  currency: string;
  total: number;
  at: number;
  body: Json;
  /** Of the store's day, 0 to 23, when it was completed; null until the reports count it. */
  hour: number | null;
};
export type SaleTenderRow = {
  store: string;
  sale: string;
  n: number;
  kind: string;
  amount: number;
  tip: number;
  attempt: string | null;
};
export type PaymentAttemptRow = {
  store: string;
  id: string;
  till: string;
  series: number;
  journal_number: number | null;
  sale: string;
  session: string | null;
  business_date: string;
  account: string | null;
  channel: string | null;
  presentment: string;
  amount: number;
  currency: string;
  deadline: number;
  state: string;
  detail: Json;
  freed: boolean;
  version: number;
  memo: Json;
  snapshot: Json | null;
  code_hash: Uint8Array | null;
  provider_transaction: string | null;
  created_at: number;
  updated_at: number;
};
export type PaymentEventRow = { store: string; attempt: string; n: number; at: number; kind: string; detail: Json };
export type PaymentCodeSeenRow = { store: string; code_hash: Uint8Array; attempt: string; at: number };
export type LateCaptureRow = {
  store: string;
  attempt: string;
  provider_transaction: string;
  amount: number;
  currency: string;
  seen_at: number;
  settled_at: number | null;
  detail: Json;
};
export type JobRow = {
  store: string;
  id: string;
  kind: string;
  subject: string;
  payload: Json;
  due_at: number;
  tries: number;
  claimed_until: number | null;
};
export type LedgerTransferRow = {
  store: string;
  posting: string;
  n: number;
  debit: string;
  credit: string;
  amount: number;
  currency: string;
  business_date: string;
  posting_date: string;
  event: string;
  subject: string;
  at: number;
};
export type ExceptionItemRow = {
  store: string;
  id: string;
  kind: string;
  subject: string;
  detail: Json;
  opened_at: number;
  closed_at: number | null;
};

/** The schema as the newest migration leaves it. Amounts are minor units, instants milliseconds since 1970. */
export type Tables = {
  migration: { number: number; name: string; applied_at: number };
  store: StoreRow;
  tag: TagRow;
  till: TillRow;
  till_key: TillKeyRow;
  activation_code: ActivationCodeRow;
  limited_try: LimitedTryRow;
  nonce: NonceRow;
  staff: StaffRow;
  staff_role: StaffRoleRow;
  made_once: MadeOnceRow;
  staff_try: StaffTryRow;
  catalogue_head: CatalogueHeadRow;
  category: CategoryRow;
  product: ProductRow;
  office_person: OfficePersonRow;
  office_session: OfficeSessionRow;
  provider_account: ProviderAccountRow;
  store_account: StoreAccountRow;
  journal_head: JournalHeadRow;
  journal_entry: JournalEntryRow;
  journal_signature: JournalSignatureRow;
  sale: SaleRow;
  sale_tender: SaleTenderRow;
  payment_attempt: PaymentAttemptRow;
  payment_event: PaymentEventRow;
  payment_code_seen: PaymentCodeSeenRow;
  late_capture: LateCaptureRow;
  job: JobRow;
  ledger_transfer: LedgerTransferRow;
  exception_item: ExceptionItemRow;
  refund: RefundRow;
  refund_event: RefundEventRow;
  returned_line: ReturnedLineRow;
  used_tender: UsedTenderRow;
  return_claim: ReturnClaimRow;
  held_sale: HeldSaleRow;
  notification_seen: NotificationSeenRow;
  report_rollup: ReportRollupRow;
  saved_view: SavedViewRow;
  movement: MovementRow;
  bill: BillStoredRow;
  bill_chunk: BillChunkRow;
  bill_row: BillTradeRow;
  flow_row: BillFlowRow;
  difference: DifferenceRow;
  bill_share: BillShareRow;
  fee_rate: FeeRateRow;
  matching_window: MatchingWindowRow;
  pairing: PairingRow;
  payout: PayoutRow;
  bank_account: BankAccountRow;
  bank_statement: BankStatementRow;
  bank_line: BankLineRow;
  bank_match: BankMatchRow;
  hand_over: HandOverRow;
  safe_count: SafeCountRow;
  deposit: DepositRow;
  mending: MendingRow;
  mending_item: MendingItemRow;
  store_day: StoreDayRow;
  shift: ShiftRow;
  voucher: VoucherRow;
  locked_month: LockedMonthRow;
  account_map: AccountMapRow;
  api_key: ApiKeyRow;
  webhook_endpoint: WebhookEndpointRow;
  webhook_event: WebhookEventRow;
  webhook_delivery: WebhookDeliveryRow;
  alert_rule: AlertRuleRow;
  alert: AlertStoredRow;
  alert_read: AlertReadRow;
  audit_entry: AuditEntryRow;
  passkey: PasskeyRow;
  passkey_challenge: PasskeyChallengeRow;
  office_invitation: OfficeInvitationRow;
  permission_rule: PermissionRuleRow;
  approval: ApprovalRow;
  act_alone: ActAloneRow;
};
