import {
  accountMap,
  vouchers,
  type AccountMap,
  type MappedAccountBody,
  type Vouchers,
} from "../../contract/accounting.ts";
import { storeDays, storeMonths, type StoreDays, type StoreMonths } from "../../contract/store-close.ts";
import { orProposed, withApproval, type OrProposed } from "../people/people-client.ts";
import { call, type Answer } from "../office-client.ts";

type Range = { readonly store: string; readonly from: string; readonly to: string };

/** The office's way to business days, vouchers and the account map. */
export const closeClient = {
  days: (range: Range): Answer<StoreDays> => call("GET", `days?${new URLSearchParams(range)}`, storeDays),
  close: (store: string, day: string, reason: string): Answer<StoreDays> =>
    call("POST", "days", storeDays, { v: 1, store, day, reason }),
  months: (store: string): Answer<StoreMonths> => call("GET", `months?${new URLSearchParams({ store })}`, storeMonths),
  lock: (store: string, month: string, approval?: string): Answer<OrProposed<StoreMonths>> =>
    call("POST", "months", orProposed(storeMonths), { ...withApproval(approval), store, month }),
  vouchers: (range: Range): Answer<Vouchers> => call("GET", `vouchers?${new URLSearchParams(range)}`, vouchers),
  map: (): Answer<AccountMap> => call("GET", "account-map", accountMap),
  keepMap: (version: string, accounts: readonly MappedAccountBody[], removed: readonly string[]): Answer<AccountMap> =>
    call("PUT", "account-map", accountMap, { v: 1, version, accounts, removed }),
};

/** Where a file of closed days is; with the open ones as they are now where drafts are wanted. */
export function voucherAddress(range: Range, format: string, withDrafts: boolean): string {
  const draft = withDrafts ? { draft: "1" } : {};
  return `/v1/office/vouchers/file?${new URLSearchParams({ ...range, format, ...draft })}`;
}
