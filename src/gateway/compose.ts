import { alertsKind, alertsWork, planAlerts } from "./alerts/renew-alerts.ts";
import { createGatewayApp, type GatewayApp } from "./app.ts";
import { billsKind, billsWork, planBills, reviewKind, reviewWork } from "./bills/bills-work.ts";
import { createJobRunner, type JobRunner, type JobWork } from "./jobs/runner.ts";
import { planSweep, sweepKind, sweepWork } from "./jobs/sweep.ts";
import type { Job } from "./jobs/jobs.ts";
import { attemptAbandonedKind } from "./journal/project.ts";
import type { GatewayParts } from "./parts.ts";
import { abandonWork } from "./payments/abandon-work.ts";
import { createAccounts } from "./payments/accounts.ts";
import type { PaymentEngine } from "./payments/engine.ts";
import { watchKind } from "./payments/watch-plan.ts";
import { watchWork } from "./payments/watch-work.ts";
import { refundKind } from "./refunds/refund-store.ts";
import { refundWork } from "./refunds/refund-work.ts";
import { fillKind, fillWork, planFill } from "./reports/fill-work.ts";
import { foldKind, foldWork, planFold } from "./reports/fold-work.ts";
import { bankMatchWork } from "./settlement/match-banks.ts";
import { bankMatchKind } from "./settlement/plan-bank-match.ts";
import { counterRoutes } from "./routes/counter.ts";
import { displayRoutes } from "./routes/display.ts";
import { notificationRoutes } from "./routes/notifications.ts";
import { officeRoutes } from "./routes/office.ts";
import { approvalRoutes } from "./routes/approvals.ts";
import { accessRoutes } from "./routes/office-access.ts";
import { auditRoutes } from "./routes/office-audit.ts";
import { staffRoutes } from "./routes/office-staff.ts";
import { booksRoutes } from "./routes/office-books.ts";
import { feeRateRoutes } from "./routes/office-fee-rates.ts";
import { reportRoutes } from "./routes/office-reports.ts";
import { freezeKind, freezeWork } from "./close/close-day.ts";
import { deliverKind, deliverWork, planDeliveries } from "./webhooks/deliver-work.ts";
import { apiKeyRoutes } from "./routes/office-api-keys.ts";
import { apiRoutes } from "./routes/open-api.ts";
import { webhookRoutes } from "./routes/office-webhooks.ts";
import { alertRoutes } from "./routes/office-alerts.ts";
import { accountingRoutes } from "./routes/office-accounting.ts";
import { dayRoutes } from "./routes/office-days.ts";
import { depositDueKind, depositDueWork } from "./cash/deposit.ts";
import { judgeKind, judgeWork } from "./mend/judge-work.ts";
import { mendKind, mendWork } from "./mend/mend.ts";
import { cashRoutes } from "./routes/office-cash.ts";
import { mendingRoutes } from "./routes/office-mending.ts";
import { shopRoutes } from "./routes/office-shop.ts";
import { settlementRoutes } from "./routes/office-settlement.ts";
import { paymentRoutes } from "./routes/payments.ts";
import type { RouteGroup } from "./routes/route.ts";
import { tillRoutes } from "./routes/tills.ts";

export type Gateway = {
  readonly app: GatewayApp;
  readonly runner: JobRunner;
  /** Begins to run jobs; the server listens, or is asked by `inject`, apart from it. */
  start(): Promise<void>;
  /** Takes no new requests, lets those in flight end, waits for jobs in flight. */
  stop(): Promise<void>;
};

/** What each kind of job does. */
function worksOf(engine: PaymentEngine, parts: GatewayParts): Readonly<Record<string, JobWork>> {
  return {
    [sweepKind]: sweepWork(parts),
    [watchKind]: (job: Job) => watchWork(engine, job),
    [refundKind]: (job: Job) => refundWork(engine, job),
    [fillKind]: fillWork(parts),
    [foldKind]: foldWork(parts),
    [attemptAbandonedKind]: (job: Job) => abandonWork(engine, job),
    [billsKind]: (job: Job) => billsWork(engine, job),
    [reviewKind]: (job: Job) => reviewWork(engine, job),
    [mendKind]: (job: Job) => mendWork(engine, job),
    [judgeKind]: (job: Job) => judgeWork(engine, job),
    [bankMatchKind]: () => bankMatchWork(engine),
    [deliverKind]: (job: Job) => deliverWork(parts, job),
    [alertsKind]: alertsWork(parts),
    [depositDueKind]: (job: Job) => depositDueWork(parts, job),
    [freezeKind]: (job: Job) => freezeWork(parts, job),
  };
}

/** Every route, by what it is about. */
function routeGroups(engine: PaymentEngine, parts: GatewayParts): readonly RouteGroup[] {
  return [
    (server) => tillRoutes(server, parts, engine.accounts, engine.wake),
    (server) => paymentRoutes(server, engine),
    (server) => notificationRoutes(server, engine),
    (server) => counterRoutes(server, parts),
    (server) => displayRoutes(server, parts),
    (server) => officeRoutes(server, parts),
    (server) => accessRoutes(server, parts),
    (server) => auditRoutes(server, parts),
    (server) => staffRoutes(server, parts),
    (server) => approvalRoutes(server, parts, engine.wake),
    (server) => shopRoutes(server, engine, parts),
    (server) => reportRoutes(server, parts),
    (server) => booksRoutes(server, engine),
    (server) => feeRateRoutes(server, engine),
    (server) => settlementRoutes(server, engine),
    (server) => cashRoutes(server, engine),
    (server) => mendingRoutes(server, engine),
    (server) => accountingRoutes(server, parts),
    (server) => webhookRoutes(server, parts),
    (server) => apiKeyRoutes(server, parts),
    (server) => apiRoutes(server, parts),
    (server) => alertRoutes(server, parts),
    (server) => dayRoutes(server, parts, engine.wake),
  ];
}

/** The whole gateway over what it is given: the same in its process, in tests and under virtual time. */
export async function composeGateway(parts: GatewayParts): Promise<Gateway> {
  const engine: PaymentEngine = {
    parts,
    accounts: createAccounts(parts),
    news: parts.news,
    wake: () => runner.wake(),
    running: new Set(),
  };
  const runner = createJobRunner(parts, worksOf(engine, parts));
  const app = await createGatewayApp(parts, routeGroups(engine, parts));
  return {
    app,
    runner,
    async start() {
      await app.server.ready();
      await planSweep(parts.database, parts.clock.now());
      await planBills(parts.database, parts.clock.now());
      await planDeliveries(parts.database, parts.clock.now());
      await planAlerts(parts.database, parts.clock.now());
      await planFill(parts.database, parts.clock.now());
      await planFold(parts.database, parts.clock.now());
      runner.start();
    },
    async stop() {
      await app.server.close();
      await Promise.all(engine.running);
      await runner.stop();
      await parts.news.close();
    },
  };
}
