import * as z from "zod/mini";
import {
  openItemsFilter,
  trialFileQuery,
  trialFilter,
  type TrialFileQuery,
  type TrialFilter,
} from "../../contract/ledger.ts";
import { storeIdField } from "../../contract/fields.ts";
import { billFetch, billsFilter } from "../../contract/bills.ts";
import { itemSides } from "../../contract/item-classes.ts";
import {
  bridgeFilter,
  daysFilter,
  itemFilter,
  type DaysFilter,
  type ItemFilter,
} from "../../contract/reconciliation.ts";
import { audit } from "../audit/audit.ts";
import { fetchBill } from "../bills/fetch-bill.ts";
import { minorDigits } from "../../domain/money.ts";
import { billAccounts } from "../office/bill-accounts.ts";
import { billBytes, billById, officeBills } from "../office/bills.ts";
import { openItems } from "../office/ledger/open-items.ts";
import { trialBalance } from "../office/ledger/trial-balance.ts";
import { reconciliationBridge } from "../office/reconciliation/bridge.ts";
import { reconciliationDays } from "../office/reconciliation/days.ts";
import { reconciliationItem } from "../office/reconciliation/item.ts";
import { reconciliationItems, reconciliationNames } from "../office/reconciliation/items.ts";
import { billsAwaited } from "../office/reconciliation/bills-awaited.ts";
import { reconciliationOpen } from "../office/reconciliation/open.ts";
import { accountsAsked } from "../office/reconciliation/scope.ts";
import type { PaymentEngine } from "../payments/engine.ts";
import { csvStream } from "../reports/files.ts";
import { inTransaction } from "../store/database.ts";
import { officeOf, ownStores } from "./access.ts";
import { handInRoute, hasBegun, notBegun } from "./office-hand-in.ts";
import { problem } from "./problem.ts";
import { trialFileOf } from "./trial-file.ts";
import type { GatewayServer } from "./route.ts";

const office = { config: { who: { access: "office", act: "seeFigures" } } } as const;
const narrowed = { config: { who: { access: "office", act: "seeFigures", narrows: true } } } as const;
const takesAway = { config: { who: { access: "office", act: "exportBooks", narrows: true } } } as const;
const fetches = { config: { who: { access: "office", act: "handInBill" } } } as const;
const exports = { config: { who: { access: "office", act: "exportBooks" } } } as const;

const itemName = z.object({
  store: z.string().check(z.maxLength(64)),
  account: z.string().check(z.maxLength(64)),
  side: z.enum(itemSides),
  number: z.string().check(z.minLength(1), z.maxLength(96)),
});
const billId = z.object({ id: z.string().check(z.minLength(1), z.maxLength(128)) });
const ofStore = z.object({ store: z.optional(storeIdField) });
/** Matching, bills and the ledger. */
export function booksRoutes(server: GatewayServer, engine: PaymentEngine): void {
  reconciliationRoutes(server, engine);
  billRoutes(server, engine);
  ledgerRoutes(server, engine);
}

function reconciliationRoutes(server: GatewayServer, { parts, accounts }: PaymentEngine): void {
  const { database, clock } = parts;
  server.get("/v1/office/reconciliation/days", { ...narrowed, schema: { querystring: daysFilter } }, async (request) =>
    reconciliationDays(database, accounts, request.query as DaysFilter, clock.now(), ownStores(request)),
  );

  server.get("/v1/office/reconciliation/open", { ...narrowed, schema: { querystring: ofStore } }, async (request) => {
    const { store } = request.query;
    const own = ownStores(request);
    const forBills = await billsAwaited(database, accounts, store, clock.now(), own);
    return { ...(await reconciliationOpen(database, store, own)), forBills };
  });

  server.get(
    "/v1/office/reconciliation/items",
    { ...narrowed, schema: { querystring: itemFilter } },
    async (request, reply) => {
      const filter = request.query as ItemFilter;
      const isEveryDay = filter.result === "break" || filter.result === "waiting" || filter.result === "mended";
      if (filter.day === undefined && !isEveryDay)
        return problem(reply, "badRequest", "Name a day, or one of the results break, waiting, mended.");
      return reconciliationItems(database, accounts, filter, ownStores(request));
    },
  );

  server.get("/v1/office/reconciliation/names", { ...narrowed, schema: { querystring: itemFilter } }, async (request) =>
    reconciliationNames(database, accounts, request.query as ItemFilter, ownStores(request)),
  );

  server.get(
    "/v1/office/reconciliation/item",
    { ...office, schema: { querystring: itemName } },
    async (request, reply) => {
      const item = await reconciliationItem(database, accounts, request.query);
      return item ?? problem(reply, "notFound", "Nobody knows that number: neither till, books nor bill.");
    },
  );

  server.get(
    "/v1/office/reconciliation/bridge",
    { ...office, schema: { querystring: bridgeFilter } },
    async (request, reply) => {
      const bridge = await reconciliationBridge(database, accounts, request.query);
      return bridge ?? problem(reply, "notFound", "There is no such provider account.");
    },
  );
}

function billRoutes(server: GatewayServer, engine: PaymentEngine): void {
  const { parts, accounts } = engine;
  const { database } = parts;
  server.get("/v1/office/bills", { ...narrowed, schema: { querystring: billsFilter } }, async (request) =>
    officeBills(database, accounts, request.query, ownStores(request)),
  );

  server.get("/v1/office/bills/accounts", narrowed, async (request) =>
    billAccounts(database, accounts, ownStores(request)),
  );

  server.get("/v1/office/bills/file", { ...exports, schema: { querystring: billId } }, async (request, reply) => {
    const bill = await billById(database, request.query.id);
    if (bill === null || bill.size === 0) return problem(reply, "notFound", "There is no file of that bill.");
    return reply
      .header("content-type", "application/octet-stream")
      .header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(bill.name)}`)
      .send(billBytes(database, bill));
  });

  askRoute(server, engine);
  handInRoute(server, engine);
}

/** Has the provider asked for a day's bills at once. */
function askRoute(server: GatewayServer, { parts, accounts }: PaymentEngine): void {
  const { database, clock } = parts;
  server.post("/v1/office/bills/fetches", { ...fetches, schema: { body: billFetch } }, async (request, reply) => {
    const { account: id, day } = request.body;
    const [known] = await accountsAsked(database, accounts, id);
    if (known === undefined) return problem(reply, "notFound", "There is no such provider account.");
    const account = await accounts.byId(database, id);
    // a bill that cannot be there yet would be said to be missing
    if (!hasBegun(day, known, clock.now())) return problem(reply, "badRequest", notBegun);
    const { person: who } = officeOf(request);
    const entry = { store: known.homeStore, who, act: "billAsked", subject: id, after: { day } } as const;
    await inTransaction(database, (step) => audit(step, parts.random, { ...entry, at: clock.now() }));
    const outcomes = [];
    for (const kind of known.bills.kinds)
      outcomes.push(await fetchBill(parts, account, known.homeStore, kind, day, who));
    return { outcome: outcomes.every((each) => each === "here") ? "here" : "later", day };
  });
}

function ledgerRoutes(server: GatewayServer, { parts }: PaymentEngine): void {
  const { database, clock } = parts;
  server.get(
    "/v1/office/ledger/trial-balance",
    { ...narrowed, schema: { querystring: trialFilter } },
    async (request) => trialBalance(database, request.query as TrialFilter, clock.now(), ownStores(request)),
  );
  const file = { querystring: trialFileQuery };
  server.get("/v1/office/ledger/trial-balance/file", { ...takesAway, schema: file }, async (request, reply) => {
    const query = request.query as TrialFileQuery;
    const trial = await trialBalance(database, query, clock.now(), ownStores(request));
    const { name, columns, rows } = trialFileOf(trial, query);
    return reply
      .header("content-type", "text/csv; charset=utf-8")
      .header("content-disposition", `attachment; filename="${name}.csv"`)
      .header("cache-control", "no-store")
      .send(csvStream(columns, rows, minorDigits[trial.debits.currency]));
  });
  server.get(
    "/v1/office/ledger/open-items",
    { ...narrowed, schema: { querystring: openItemsFilter } },
    async (request, reply) => {
      const items = await openItems(database, request.query.account, ownStores(request));
      return items ?? problem(reply, "notFound", "That account is not a list of items.");
    },
  );
}
