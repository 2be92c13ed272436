import type { ItemName } from "../../contract/reconciliation.ts";

/** An item's name alone, of whatever else is known of it. */
export function nameOf({ store, account, side, number }: ItemName): ItemName {
  return { store, account, side, number };
}

export function isSameItem(one: ItemName, other: ItemName): boolean {
  return (
    one.store === other.store && one.account === other.account && one.side === other.side && one.number === other.number
  );
}
