import { shop } from "./0001-shop.ts";
import { money } from "./0002-money.ts";
import { office } from "./0003-office.ts";
import { counter } from "./0004-counter.ts";
import { held } from "./0005-held.ts";
import { bills } from "./0006-bills.ts";
import { reports } from "./0007-reports.ts";
import { staff } from "./0008-staff.ts";
import { settlement } from "./0009-settlement.ts";
import { mending } from "./0010-mending.ts";
import { days } from "./0011-days.ts";
import { accounting } from "./0012-accounting.ts";
import { api } from "./0013-api.ts";
import { alerts } from "./0014-alerts.ts";
import { cash } from "./0015-cash.ts";
import { pins } from "./0016-pins.ts";
import { madeOnce } from "./0017-made-once.ts";
import { matchingWindow } from "./0018-matching-window.ts";
import { coupons } from "./0019-coupons.ts";
import { billConfirmed } from "./0020-bill-confirmed.ts";
import { approvalStores } from "./0021-approval-stores.ts";
import { accountPayments } from "./0022-account-payments.ts";
import { statements } from "./0023-statements.ts";

/** One numbered step; its text never changes once it has run anywhere. */
export type Migration = { readonly number: number; readonly name: string; readonly text: string };

/** Numbered 1, 2, 3… without a gap (a test holds them to it); only added to. */
export const migrations: readonly Migration[] = [
  { number: 1, name: "shop", text: shop },
  { number: 2, name: "money", text: money },
  { number: 3, name: "office", text: office },
  { number: 4, name: "counter", text: counter },
  { number: 5, name: "held", text: held },
  { number: 6, name: "bills", text: bills },
  { number: 7, name: "reports", text: reports },
  { number: 8, name: "staff", text: staff },
  { number: 9, name: "settlement", text: settlement },
  { number: 10, name: "mending", text: mending },
  { number: 11, name: "days", text: days },
  { number: 12, name: "accounting", text: accounting },
  { number: 13, name: "api", text: api },
  { number: 14, name: "alerts", text: alerts },
  { number: 15, name: "cash", text: cash },
  { number: 16, name: "pins", text: pins },
  { number: 17, name: "made-once", text: madeOnce },
  { number: 18, name: "matching-window", text: matchingWindow },
  { number: 19, name: "coupons", text: coupons },
  { number: 20, name: "bill-confirmed", text: billConfirmed },
  { number: 21, name: "approval-stores", text: approvalStores },
  { number: 22, name: "account-payments", text: accountPayments },
  { number: 23, name: "statements", text: statements },
];

/** Every key of these begins with the store: they may be spread over many databases by it (house decision 12). */
export const hotTables = [
  "nonce",
  "journal_head",
  "journal_entry",
  "journal_signature",
  "sale",
  "sale_tender",
  "payment_attempt",
  "payment_event",
  "payment_code_seen",
  "late_capture",
  "job",
  "ledger_transfer",
  "exception_item",
  "refund",
  "refund_event",
  "returned_line",
  "used_tender",
  "return_claim",
  "held_sale",
  "notification_seen",
  "movement",
  "bill",
  "bill_chunk",
  "bill_row",
  "flow_row",
  "difference",
  "bill_share",
  "pairing",
  "payout",
  "bank_account",
  "bank_statement",
  "bank_line",
  "bank_match",
  "hand_over",
  "safe_count",
  "deposit",
  "mending",
  "mending_item",
  "shift",
  "store_day",
  "voucher",
  "locked_month",
  "webhook_event",
  "webhook_delivery",
  "alert",
  "alert_read",
  "report_rollup",
  "audit_entry",
  "approval",
  "act_alone",
] as const;

/** The application's role inserts and reads these, and never changes or removes a row. */
export const appendOnlyTables = [
  "journal_entry",
  "journal_signature",
  "payment_event",
  "ledger_transfer",
  "refund_event",
  "bill_chunk",
  "audit_entry",
  "voucher",
  "locked_month",
] as const;
