import type { ShopSetUp } from "../../contract/shop-setup.ts";
import type { CurrencyCode } from "../../domain/money.ts";
import type { StoreId, TillId } from "../../domain/identifier.ts";
import { addressesOf } from "../config.ts";
import type { GatewayParts } from "../parts.ts";
import type { Accounts } from "../payments/accounts.ts";
import type { Database } from "../store/database.ts";
import { shownAccounts } from "./provider-accounts.ts";
import { shopDefaults } from "./stores.ts";

/** What is there of the shop, for whoever sets it up; `all` false leaves out what only the owner looks at. */
export async function shopOverview(
  parts: Pick<GatewayParts, "database" | "config">,
  accounts: Accounts,
  all: boolean,
): Promise<ShopSetUp> {
  const { database, config } = parts;
  const { currency, zone } = shopDefaults(config);
  const stores = await shownStores(database);
  return {
    kind: config.shop.kind,
    currency: stores[0]?.currency ?? (currency as CurrencyCode),
    timeZone: zone,
    tillAddress: `${addressesOf(config).till}/`,
    stores: all ? stores : [],
    tills: all ? await shownTills(database) : [],
    accounts: all ? await shownAccounts(parts, accounts) : [],
    products: await countOf(database, "product"),
    staff: await countOf(database, "staff"),
  };
}

async function shownStores(database: Database): Promise<ShopSetUp["stores"]> {
  const rows = await database.selectFrom("store").selectAll().orderBy("id").execute();
  return rows.map(({ id, cut_minute, tax_mode, display_language, name, address, phone, zone, currency }) => ({
    id: id as StoreId,
    name,
    address,
    phone,
    zone,
    cutMinute: cut_minute,
    taxMode: tax_mode,
    displayLanguage: display_language as "en",
    currency: currency as CurrencyCode,
  }));
}

async function shownTills(database: Database): Promise<ShopSetUp["tills"]> {
  const rows = await database
    .selectFrom("till")
    .select(({ selectFrom, exists }) => [
      "till.id",
      "till.store",
      "till.label",
      exists(
        selectFrom("till_key")
          .select("series")
          .whereRef("till_key.till", "=", "till.id")
          .where("revoked_at", "is", null),
      ).as("active"),
    ])
    .orderBy("till.store")
    .orderBy("till.label")
    .execute();
  return rows.map(({ id, store, label, active }) => ({
    id: id as TillId,
    store: store as StoreId,
    label,
    isActivated: active === true,
  }));
}

async function countOf(database: Database, table: "product" | "staff"): Promise<number> {
  const counted = database.selectFrom(table).select(({ fn }) => fn.countAll<number>().as("count"));
  const { count } = await (
    table === "product" ? counted.where("product.removed", "=", false) : counted.where("staff.left_at", "is", null)
  ).executeTakeFirstOrThrow();
  return count;
}
