import type { ApprovalLine } from "../../contract/approvals.ts";
import type { MendingParameters } from "../../contract/mending.ts";
import { feeRateBefore, rateText } from "../office/fee-rates.ts";
import type { MendingRow } from "../store/mending-tables.ts";
import type { Database } from "../store/database.ts";

/** A line of an approval holds no more. */
const textMax = 200;

/** What the approver reads of a proposal: the action, of which break, and everything that it names. */
export async function mendingLines(step: Database, row: MendingRow): Promise<ApprovalLine[]> {
  const items = await step
    .selectFrom("mending_item")
    .innerJoin("difference", (join) =>
      join.onRef("difference.store", "=", "difference_store").onRef("difference.id", "=", "mending_item.difference"),
    )
    .select(["difference.number", "difference.account"])
    .where("mending_item.store", "=", row.store)
    .where("mending", "=", row.id)
    .execute();
  const [first, ...others] = items;
  const one: ApprovalLine[] =
    first === undefined || others.length > 0 ? [] : [{ label: "number", text: first.number.slice(0, textMax) }];
  return [
    { label: "what", text: row.action, more: String(items.length) },
    ...one,
    ...(await namedLines(step, row.parameters as MendingParameters, first?.account ?? "")),
    { label: "why", text: row.reason },
  ];
}

async function namedLines(step: Database, named: MendingParameters, account: string): Promise<ApprovalLine[]> {
  const lines: ApprovalLine[] = [];
  const { since, rate, staff, paidFrom, proof, row } = named;
  if (since !== undefined && rate !== undefined) {
    const before = await feeRateBefore(step, { account, since });
    lines.push({ label: "account", text: account });
    if (before !== null) lines.push({ label: "before", text: rateText(before) });
    lines.push({ label: "after", text: rateText({ since, rate }) });
  }
  if (staff !== undefined) {
    const person = await step.selectFrom("staff").select("name").where("id", "=", staff).executeTakeFirst();
    lines.push({ label: "charged", text: person?.name ?? staff });
  }
  if (paidFrom !== undefined) lines.push({ label: "paidFrom", text: paidFrom });
  if (proof !== undefined) lines.push({ label: "proof", text: proof });
  if (row !== undefined) lines.push({ label: "row", text: row });
  return lines;
}
