import { sql } from "kysely";
import type { ApprovalLine } from "../../contract/approvals.ts";
import type { MendingParameters } from "../../contract/mending.ts";
import { feeRateBefore, rateText } from "../office/fee-rates.ts";
import type { MendingRow } from "../store/mending-tables.ts";
import type { Database } from "../store/database.ts";
import { rowLine } from "./pair-lines.ts";

/** A line of an approval holds no more. */
const textMax = 200;

/** What the approver reads of a proposal: the action, of which break, where and when it arose, and everything that it names. */
export async function mendingLines(step: Database, row: MendingRow): Promise<ApprovalLine[]> {
  const items = await itemsOf(step, row);
  const [first, ...others] = items;
  const named = await namedLines(step, row.parameters as MendingParameters, first?.account ?? "");
  return [
    { label: "what", text: row.action, more: String(items.length) },
    ...(first === undefined ? [] : differenceLines(items, first)),
    ...(first === undefined || others.length > 0 ? [] : oneLines(first)),
    ...named,
    { label: "why", text: row.reason },
  ];
}

type Item = {
  readonly number: string;
  readonly account: string;
  readonly class: string;
  readonly amount: number;
  readonly day: string;
  readonly label: string | null;
  readonly receipt: string | null;
  readonly channel: string | null;
};

async function itemsOf(step: Database, { store, id }: MendingRow): Promise<readonly Item[]> {
  const { rows } = await sql<Item>`
    select d.number, d.account, d.class, d.amount, coalesce(nullif(d.business_date, ''), d.day) as day, t.label,
      coalesce(s.receipt_number, slip.slip) as receipt,
      (select c.channel from store_account c where c.account = d.account order by c.channel limit 1) as channel
    from mending_item i
    join difference d on d.store = i.difference_store and d.id = i.difference
    left join sale s on s.store = d.store and s.id = d.sale
    left join till t on t.id = d.till
    left join deposit slip on d.side = 'deposit' and slip.store = d.store and slip.id = d.number
    where i.store = ${store} and i.mending = ${id}
    order by 5, d.store, d.id
  `.execute(step);
  return rows;
}

/** What all of them have in common: their class and whether money is over or short, their account, and from which day to which. */
function differenceLines(items: readonly Item[], first: Item): ApprovalLine[] {
  const signs = new Set(items.map(({ amount }) => Math.sign(amount)));
  const [sign = 0] = signs.size === 1 ? signs : [];
  const over = sign === 0 ? {} : { more: sign > 0 ? "over" : "short" };
  const last = items.at(-1) ?? first;
  const days = [...new Set([first.day, last.day])].filter((day) => day !== "");
  const { account, channel } = first;
  return [
    { label: "difference", text: first.class, ...over },
    { label: "account", text: account, ...(channel === null ? {} : { more: channel }) },
    ...(days.length === 0 ? [] : [{ label: "day" as const, text: days.join(" – ") }]),
  ];
}

function oneLines({ receipt, label, number }: Item): ApprovalLine[] {
  return [
    ...(receipt === null ? [] : [{ label: "receipt" as const, text: receipt }]),
    ...(label === null ? [] : [{ label: "till" as const, text: label }]),
    { label: "number", text: number.slice(0, textMax) },
  ];
}

/** Everything that it names besides. */
async function namedLines(step: Database, named: MendingParameters, account: string): Promise<ApprovalLine[]> {
  const lines: ApprovalLine[] = [];
  const { since, rate, staff, paidFrom, proof, row } = named;
  if (since !== undefined && rate !== undefined) {
    const before = await feeRateBefore(step, { account, since });
    if (before !== null) lines.push({ label: "before", text: rateText(before) });
    lines.push({ label: "after", text: rateText({ since, rate }) });
  }
  if (staff !== undefined) {
    const person = await step.selectFrom("staff").select("name").where("id", "=", staff).executeTakeFirst();
    lines.push({ label: "charged", text: person?.name ?? staff });
  }
  if (paidFrom !== undefined) lines.push({ label: "paidFrom", text: paidFrom });
  if (proof !== undefined) lines.push({ label: "proof", text: proof });
  if (row !== undefined) lines.push(await rowLine(step, account, row));
  return lines;
}
