import type { TradeRow } from "../../domain/bills/bill.ts";
import { isId, tagOf } from "../../domain/identifier.ts";

/** What a bill's row is about: whose store, which number, and whether that number has our form (`books.md` 3). */
export type RowIdentity = {
  readonly store: string;
  readonly side: "payment" | "reversal" | "refund";
  readonly number: string;
  /** The shop's number of the payment it belongs to. */
  readonly payment: string;
  /** That number has our form, whether or not anybody here has made it. */
  readonly own: boolean;
};

/**
 * The identity of a row: payment by the shop's number, else by the provider's; refund by its own number; reversal by the
 * payment's. A refund without a number of its own undoes its payment (Alipay's row of a cancelled order). The tag inside a number
 * of ours names its store; every other row stands under the account's home store.
 *
 * @param storeOfTag tags of tills, gateways and offices, of the stores that use the account
 */
export function identityOf(row: TradeRow, storeOfTag: ReadonlyMap<string, string>, homeStore: string): RowIdentity {
  const payment = row.order === "" ? row.transaction : row.order;
  const own = isId(payment);
  const store = own ? storeOfTag.get(tagOf(payment)) : undefined;
  const common = { store: store ?? homeStore, payment, own };
  if (row.kind !== "refund") return { ...common, side: row.kind, number: payment };
  const number = row.refund === "" ? row.providerRefund : row.refund;
  return number === "" || number === payment
    ? { ...common, side: "reversal", number: payment }
    : { ...common, side: "refund", number };
}
