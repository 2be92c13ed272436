import type { FastifyReply } from "fastify";
import * as z from "zod/mini";
import { productColumnsField, productListQuery } from "../../contract/product-list.ts";
import { accountBody, storeBody, storeChange, tillBody } from "../../contract/shop-setup.ts";
import type { CurrencyCode } from "../../domain/money.ts";
import type { ProductColumns } from "../../domain/products/columns.ts";
import { productLinesMax, taxMax } from "../../domain/products/read-products.ts";
import { taxRate } from "../../domain/tax.ts";
import { planBills } from "../bills/bills-work.ts";
import { permitsInOffice } from "../office/entitled.ts";
import type { PaymentEngine } from "../payments/engine.ts";
import type { GatewayParts } from "../parts.ts";
import { readTable } from "../read-table.ts";
import { shopOverview } from "../shop/overview.ts";
import { handInList } from "../shop/product-list.ts";
import { keepAccount } from "../shop/provider-accounts.ts";
import { addStore, addTill, changeStore, shopDefaults } from "../shop/stores.ts";
import { inTransaction } from "../store/database.ts";
import { officeOf } from "./access.ts";
import { notEntitled } from "./entitling.ts";
import type { OfficePass } from "./passes.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const setsUp = { config: { who: { access: "office", act: "editShop" } } } as const;
const products = { config: { who: { access: "office", act: "editProducts" } } } as const;
/** A list of 30,000 goods stays below. */
const listBytesMax = 16 * 1024 * 1024;

/** What a shop is made of: stores, tills, payment accounts, products. */
export function shopRoutes(server: GatewayServer, engine: PaymentEngine, parts: GatewayParts): void {
  server.get("/v1/office/shop", products, async (request) =>
    shopOverview(parts, engine.accounts, mayEditShop(officeOf(request))),
  );
  storeRoutes(server, parts);
  accountRoute(server, engine, parts);
  productRoute(server, parts);
}

/** Whether the person sets the shop up, in all of it: while there is no store yet the owner alone. */
function mayEditShop(pass: OfficePass): boolean {
  const stores = [...pass.permissions.keys()];
  if (stores.length === 0) return pass.isOwner;
  return stores.every((store) => permitsInOffice(pass, store, "editShop") === "allowed");
}

function storeRoutes(server: GatewayServer, parts: GatewayParts): void {
  server.post("/v1/office/stores", { ...setsUp, schema: { body: storeBody } }, async (request, reply) => {
    const { person } = officeOf(request);
    const made = await inTransaction(parts.database, (step) => addStore(step, parts, request.body, person));
    return made.ok ? { id: made.value } : refused(reply, made.refusal);
  });

  const params = z.object({ store: z.string().check(z.maxLength(64)) });
  server.put(
    "/v1/office/stores/:store",
    { ...setsUp, schema: { params, body: storeChange } },
    async (request, reply) => {
      const { person } = officeOf(request);
      const { store } = request.params;
      const done = await inTransaction(parts.database, (step) => changeStore(step, parts, store, request.body, person));
      return done.ok ? { id: done.value } : refused(reply, done.refusal);
    },
  );

  server.post("/v1/office/tills", { ...setsUp, schema: { body: tillBody } }, async (request, reply) => {
    const { person } = officeOf(request);
    const made = await inTransaction(parts.database, (step) => addTill(step, parts, request.body, person));
    return made.ok ? { id: made.value } : refused(reply, made.refusal);
  });
}

function accountRoute(server: GatewayServer, engine: PaymentEngine, parts: GatewayParts): void {
  server.post("/v1/office/provider-accounts", { ...setsUp, schema: { body: accountBody } }, async (request, reply) => {
    if (parts.config.shop.kind === "demo")
      return problem(reply, "forbidden", "The demo shop takes no real money: real accounts are a real shop's.");
    const known = await parts.database
      .selectFrom("store")
      .select("id")
      .where("id", "in", [...request.body.stores])
      .execute();
    if (known.length !== new Set(request.body.stores).size) return refused(reply, "notFound");
    const kept = await keepAccount(parts, request.body, officeOf(request));
    if (!kept.ok) return notEntitled(reply, kept.refusal);
    // its bills are fetched from now on
    if (kept.value.kind === "inUse") {
      await planBills(parts.database, parts.clock.now());
      engine.wake();
    }
    return kept.value;
  });
}

function productRoute(server: GatewayServer, parts: GatewayParts): void {
  server.put(
    "/v1/office/products/list",
    {
      schema: { querystring: productListQuery },
      bodyLimit: listBytesMax,
      config: { who: products.config.who, isFile: true },
    },
    async (request, reply) => {
      const { name, columns: asked, tax, leaveOut, take } = request.query;
      const columns = asked === undefined ? null : columnsIn(asked);
      if (asked !== undefined && columns === null)
        return problem(reply, "badRequest", "columns is JSON that names the list's columns.");
      if (Number(tax) > taxMax) return problem(reply, "badRequest", `tax is basis points, ${taxMax} at most.`);
      const read = await readTable(request.rawBody, productLinesMax);
      if (!read.ok) return problem(reply, "badRequest", refusals[read.refusal]);
      const list = {
        name,
        cells: read.value,
        columns,
        tax: taxRate(Number(tax)),
        currency: await currencyOf(parts),
        leaveOut: leaveOut !== undefined,
        take: take !== undefined,
      };
      return handInList(parts, list, officeOf(request).person);
    },
  );
}

async function currencyOf(parts: GatewayParts): Promise<CurrencyCode> {
  const store = await parts.database.selectFrom("store").select("currency").orderBy("id").executeTakeFirst();
  return (store?.currency ?? shopDefaults(parts.config).currency) as CurrencyCode;
}

function columnsIn(text: string): ProductColumns | null {
  try {
    const parsed = productColumnsField.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    // no JSON: the caller is told so
    return null;
  }
}

function refused(reply: FastifyReply, why: "noSuchZone" | "nameTaken" | "labelTaken" | "notFound"): FastifyReply {
  if (why === "notFound") return problem(reply, "notFound", "There is no such store.");
  if (why === "noSuchZone") return problem(reply, "badRequest", "zone is no time zone: an IANA name is one.");
  return problem(
    reply,
    "taken",
    why === "nameTaken" ? "Another store has that name." : "Another till of this store has that label.",
  );
}

const refusals = {
  unreadable: "The file is neither CSV nor XLSX.",
  markup: "The file is a page or XML under another name: save it as CSV or XLSX.",
  oldSheet: "The file is an XLS of before 2007: save it as CSV or XLSX.",
  tooLong: "The file has more lines than are taken at once: hand it in in parts.",
} as const;
