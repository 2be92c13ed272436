import type { ApprovalLine } from "../../contract/approvals.ts";
import type { Paired } from "../reconcile/unpair.ts";
import type { Database } from "../store/database.ts";

/** The bill's row as whoever chose it saw it, by the provider's number; the merchant's own below. */
export async function rowLine(step: Database, account: string, number: string): Promise<ApprovalLine> {
  const row = await step
    .selectFrom("bill_row")
    .select("provider_number")
    .where("account", "=", account)
    .where("side", "=", "payment")
    .where("number", "=", number)
    .where("gone_with", "is", null)
    .executeTakeFirst();
  const theirs = row?.provider_number ?? "";
  return theirs === "" || theirs === number
    ? { label: "row", text: number }
    : { label: "row", text: theirs, more: number };
}

/** What the approver reads of a pair that is to be taken apart: whose payment it was noted for, and which row proved it. */
export async function pairLines(step: Database, { tender, pairing }: Paired, reason: string): Promise<ApprovalLine[]> {
  const { store, account, number } = tender;
  const found = await step
    .selectFrom("movement")
    .leftJoin("sale", (join) => join.onRef("sale.store", "=", "movement.store").onRef("sale.id", "=", "movement.sale"))
    .leftJoin("till", "till.id", "movement.till")
    .select([
      "sale.receipt_number as receipt",
      "till.label as label",
      "movement.channel",
      "movement.business_date as day",
    ])
    .where("movement.store", "=", store)
    .where("movement.account", "=", account)
    .where("movement.side", "=", "unverified")
    .where("movement.number", "=", number)
    .executeTakeFirst();
  const { receipt = null, label = null, channel = null, day = "" } = found ?? {};
  return [
    { label: "what", text: "unpair", more: "1" },
    { label: "account", text: account, ...(channel === null ? {} : { more: channel }) },
    ...(day === "" ? [] : [{ label: "day" as const, text: day }]),
    ...(receipt === null ? [] : [{ label: "receipt" as const, text: receipt }]),
    ...(label === null ? [] : [{ label: "till" as const, text: label }]),
    { label: "number", text: number },
    await rowLine(step, account, pairing.row_number),
    { label: "why", text: reason },
  ];
}
