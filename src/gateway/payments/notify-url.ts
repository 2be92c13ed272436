import type { StoreId } from "../../domain/identifier.ts";
import { addressesOf, type Configuration } from "../config.ts";

/** Where a provider tells the gateway something: it carries account and store (house decisions 12 and 14). */
export function notifyUrl(config: Configuration, account: string, store: StoreId): string {
  const base = config.gateway.notifyUrl ?? addressesOf(config).till;
  return `${base}/v1/notify/${encodeURIComponent(account)}/${encodeURIComponent(store)}`;
}
