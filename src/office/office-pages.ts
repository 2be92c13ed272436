import { lazy } from "solid-js";
import type { OfficeView } from "../i18n/office-words.ts";
import type { IconName } from "../ui/parts/icons.tsx";
import { ExceptionsView } from "./ExceptionsView.tsx";
import { PaymentsView } from "./PaymentsView.tsx";
import { SalesView } from "./SalesView.tsx";
import { TillsView } from "./TillsView.tsx";

/** What stands before a view's name. */
export const viewIcons: { readonly [View in OfficeView]: IconName } = {
  sales: "list",
  payments: "code",
  reconciliation: "balance",
  bills: "bill",
  settlement: "moneyIn",
  cash: "cash",
  ledger: "book",
  close: "history",
  reports: "chart",
  tills: "screen",
  setup: "tag",
  exceptions: "warning",
  approvals: "shield",
  alone: "shield",
  staff: "person",
  permissions: "person",
  alerts: "bell",
  alertRules: "bell",
  api: "globe",
  webhooks: "upload",
  audit: "history",
  me: "key",
};
/** Fetched when it is first opened: it draws. */
const ReportsView = lazy(async () => ({ default: (await import("./reports/office-reports.tsx")).ReportsView }));
const ReconciliationView = lazy(async () => ({
  default: (await import("./books/reconciliation-view.tsx")).ReconciliationView,
}));
const BillsView = lazy(async () => ({ default: (await import("./books/bills-view.tsx")).BillsView }));
const SettlementView = lazy(async () => ({
  default: (await import("./settlement/settlement-view.tsx")).SettlementView,
}));
const CashView = lazy(async () => ({ default: (await import("./cash/cash-view.tsx")).CashView }));
const LedgerView = lazy(async () => ({ default: (await import("./books/ledger-view.tsx")).LedgerView }));
const CloseView = lazy(async () => ({ default: (await import("./close/close-view.tsx")).CloseView }));

const SetupView = lazy(async () => ({ default: (await import("./setup/setup-view.tsx")).SetupView }));

/** What draws each view. */
export const officePages = {
  sales: SalesView,
  payments: PaymentsView,
  reconciliation: ReconciliationView,
  bills: BillsView,
  settlement: SettlementView,
  cash: CashView,
  ledger: LedgerView,
  close: CloseView,
  reports: ReportsView,
  tills: TillsView,
  setup: SetupView,
  exceptions: ExceptionsView,
  approvals: ofPeople("ApprovalsView"),
  alone: ofPeople("AloneView"),
  staff: ofPeople("StaffView"),
  permissions: ofPeople("PermissionsView"),
  alerts: ofAlerts("AlertsView"),
  alertRules: ofAlerts("AlertRulesView"),
  api: ofOutside("ApiKeysView"),
  webhooks: ofOutside("WebhooksView"),
  audit: ofPeople("AuditView"),
  me: ofPeople("MeView"),
} as const;
/** Where a person answers what a till asked of them. */
export const ApprovePage = ofPeople("ApprovePage");
/** Where an invited person sets their password. */
export const InvitedPage = lazy(async () => ({ default: (await import("./people/people-views.ts")).InvitedPage }));

type PeopleViews = Omit<typeof import("./people/people-views.ts"), "InvitedPage">;

function ofPeople(name: keyof PeopleViews) {
  return lazy(async () => ({ default: (await import("./people/people-views.ts"))[name] }));
}

function ofOutside(name: keyof typeof import("./outside/outside-views.ts")) {
  return lazy(async () => ({ default: (await import("./outside/outside-views.ts"))[name] }));
}

function ofAlerts<Name extends keyof typeof import("./alerts/alerts-views.ts")>(name: Name) {
  return lazy(async () => ({ default: (await import("./alerts/alerts-views.ts"))[name] }));
}
