import {
  accountMapChange,
  voucherFileQuery,
  vouchersFilter,
  type VoucherFileQuery,
} from "../../contract/accounting.ts";
import { unmappedOf, type MappedAccount } from "../../domain/accounting/account-map.ts";
import { suggestedAccounts } from "../../domain/accounting/suggested-accounts.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import {
  accountMapOf,
  lockAccountMap,
  mapAccounts,
  mapVersion,
  unmapAccounts,
  usedAccounts,
} from "../accounting/account-map.ts";
import { voucherFile } from "../accounting/voucher-file.ts";
import { dayVouchers, type DayVoucher } from "../accounting/vouchers.ts";
import { audit } from "../audit/audit.ts";
import type { GatewayParts } from "../parts.ts";
import { inTransaction, type Database } from "../store/database.ts";
import { namedInAccounts } from "../office/named-things.ts";
import type { OwnStores } from "../office/page.ts";
import { officeOf, ownStores } from "./access.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const narrowed = { config: { who: { access: "office", act: "exportBooks", narrows: true } } } as const;
const exports = { config: { who: { access: "office", act: "exportBooks" } } } as const;
/** Days in one file: a year and a day. */
const daysMax = 366;

/** What the accountant takes away: the account map, days as vouchers, and files of them. */
export function accountingRoutes(server: GatewayServer, parts: GatewayParts): void {
  const { database } = parts;
  server.get("/v1/office/account-map", narrowed, async (request) => shownMap(database, ownStores(request)));

  mapRoute(server, parts);
  server.get("/v1/office/vouchers", { ...exports, schema: { querystring: vouchersFilter } }, async (request) => {
    const days = (await dayVouchers(database, request.query)).slice(0, daysMax);
    const currency = (days[0]?.voucher.currency || "CNY") as CurrencyCode;
    return {
      vouchers: days.map(({ voucher, isDraft, sha256, at }) => ({
        day: voucher.day,
        number: voucher.number,
        isDraft,
        debits: money(voucher.debits, currency),
        credits: money(voucher.credits, currency),
        transfers: voucher.transfers,
        sha256,
        at,
      })),
      debits: money(
        days.reduce((all, { voucher }) => all + voucher.debits, 0),
        currency,
      ),
      unmapped: unmappedOf(accountsIn(days), await accountMapOf(database)),
    };
  });
  fileRoute(server, parts);
}

function mapRoute(server: GatewayServer, parts: GatewayParts): void {
  const { database, clock } = parts;
  server.put("/v1/office/account-map", { ...exports, schema: { body: accountMapChange } }, async (request, reply) => {
    const who = officeOf(request).person;
    const at = clock.now();
    const { accounts, removed = [] } = request.body;
    const isFresh = await inTransaction(database, async (step) => {
      await lockAccountMap(step);
      const before = await accountMapOf(step);
      if (mapVersion(before) !== request.body.version) return false;
      const old = (pattern: string) => before.find((each) => each.pattern === pattern) ?? null;
      const gone = removed.filter((pattern) => old(pattern) !== null);
      await mapAccounts(step, accounts, who, at);
      await unmapAccounts(step, gone);
      const changes = [
        ...accounts.map((account) => ({ pattern: account.pattern, after: account as MappedAccount | null })),
        ...gone.map((pattern) => ({ pattern, after: null })),
      ].filter(({ pattern, after }) => JSON.stringify(old(pattern)) !== JSON.stringify(after));
      for (const { pattern, after } of changes)
        await audit(step, parts.random, {
          store: null,
          who,
          act: "accountMapped",
          subject: pattern,
          before: old(pattern),
          after,
          at,
        });
      return true;
    });
    if (!isFresh)
      return problem(reply, "taken", "Somebody has changed the map meanwhile: look at it again, then save.");
    return shownMap(database);
  });
}

function fileRoute(server: GatewayServer, { database }: GatewayParts): void {
  const schema = { querystring: voucherFileQuery };
  server.get("/v1/office/vouchers/file", { ...exports, schema }, async (request, reply) => {
    const { store, from, to, format, draft } = request.query as VoucherFileQuery;
    const days = await dayVouchers(database, { store, from, to });
    const wanted = draft === "1" ? days : days.filter(({ isDraft }) => !isDraft);
    if (wanted.length === 0)
      return problem(reply, "notFound", "No day of that range is closed: close it, or ask for a draft.");
    if (wanted.length > daysMax) return problem(reply, "badRequest", "A file holds a year at most.");
    const map = await accountMapOf(database);
    const [missing] = unmappedOf(accountsIn(wanted), map);
    if (missing !== undefined)
      return problem(reply, "differentRequest", `Not mapped: ${missing.account} (${missing.missing}).`);
    const file = await voucherFile(wanted, map, format, store);
    const name = `kuantai-${store}-${from}-${to}${draft === "1" ? "-draft" : ""}.${file.extension}`;
    return reply
      .header("content-type", file.contentType)
      .header("content-disposition", `attachment; filename="${name}"`)
      .header("x-kuantai-control", String(file.control))
      .header("x-kuantai-replaced", String(file.replaced))
      .send(Buffer.from(file.bytes));
  });
}

function accountsIn(days: readonly DayVoucher[]): readonly string[] {
  return [...new Set(days.flatMap(({ voucher }) => voucher.lines.map(({ account }) => account)))].toSorted();
}

async function shownMap(database: Database, own: OwnStores = null) {
  const accounts = await accountMapOf(database);
  const used = await usedAccounts(database, own);
  const plain = (entries: readonly MappedAccount[]) => entries.map((entry) => ({ ...entry, asks: [...entry.asks] }));
  return {
    version: mapVersion(accounts),
    accounts: plain(accounts),
    unmapped: unmappedOf(used, accounts),
    used: [...used],
    names: await namedInAccounts(database, [...used, ...accounts.map(({ pattern }) => pattern)]),
    suggested: { general: plain(suggestedAccounts("general")), small: plain(suggestedAccounts("small")) },
  };
}
