import { productListAnswer } from "../../contract/product-list.ts";
import {
  accountAnswer,
  shopSetUp,
  storeMade,
  tillMade,
  type AccountAnswer,
  type AccountBody,
  type ShopSetUp,
  type StoreBody,
  type StoreChange,
} from "../../contract/shop-setup.ts";
import type { StoreId, TillId } from "../../domain/identifier.ts";
import type { ProductColumns } from "../../domain/products/columns.ts";
import { orProposed, withApproval, type OrProposed } from "../people/people-client.ts";
import { call, sendFile, type Answer } from "../office-client.ts";

/** The provider is asked up to three times, each with its own limit. */
const testWithinMs = 30_000;
const nameLengthMax = 128;

/** How a list of goods is to be read, and whether it is to be taken. */
export type ListWish = {
  readonly columns: ProductColumns | null;
  readonly tax: number;
  readonly leaveOut: boolean;
  readonly take: boolean;
};

/** The office's way to what a shop is made of. */
export const setupClient = {
  shop: (): Answer<ShopSetUp> => call("GET", "shop", shopSetUp),
  addStore: (store: StoreBody): Answer<{ id: StoreId }> => call("POST", "stores", storeMade, store),
  changeStore: (id: StoreId, change: StoreChange): Answer<{ id: StoreId }> =>
    call("PUT", `stores/${encodeURIComponent(id)}`, storeMade, change),
  addTill: (store: StoreId, label: string): Answer<{ id: TillId }> =>
    call("POST", "tills", tillMade, { v: 1, store, label }),
  keepAccount: (account: AccountBody, approval?: string): Answer<OrProposed<AccountAnswer>> =>
    call(
      "POST",
      "provider-accounts",
      orProposed(accountAnswer),
      { ...account, ...withApproval(approval) },
      testWithinMs,
    ),
  list: (file: File, { columns, tax, leaveOut, take }: ListWish) =>
    sendFile(
      `products/list?${new URLSearchParams({
        name: file.name.slice(0, nameLengthMax),
        tax: String(tax),
        ...(columns === null ? {} : { columns: JSON.stringify(columns) }),
        ...(leaveOut ? { leaveOut: "yes" } : {}),
        ...(take ? { take: "yes" } : {}),
      })}`,
      file,
      productListAnswer,
    ),
};
