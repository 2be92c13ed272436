import { sql } from "kysely";
import type { ApprovalLine } from "../../contract/approvals.ts";
import type { MendingShown, MendingsFilter } from "../../contract/mending.ts";
import type { Instant } from "../../domain/clock.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { readApprovals } from "../approvals/approval.ts";
import { identityOf, officeDecider, readJudges } from "../approvals/entitled-people.ts";
import type { OwnStores } from "../office/page.ts";
import type { OfficePass } from "../routes/passes.ts";
import type { Executed } from "./execute.ts";
import type { MendingRow } from "../store/mending-tables.ts";
import type { Database } from "../store/database.ts";

/** Proposals in one answer. */
const shownMax = 100;

/** What was proposed and what became of it, as `pass` sees it, the newest first; none that is also about a store which is not one of `own`. */
export async function mendingsShown(
  database: Database,
  pass: OfficePass,
  { state, about }: MendingsFilter,
  own: OwnStores = null,
): Promise<readonly MendingShown[]> {
  const { rows } = await sql<
    MendingRow & {
      readonly class: string | null;
      readonly least: number | null;
      readonly most: number | null;
      readonly items: { readonly store: string; readonly id: string }[];
      readonly proposer: string | null;
      readonly decider: string | null;
    }
  >`
    select m.*, max(d.class) as class, min(sign(d.amount))::int as least, max(sign(d.amount))::int as most,
      max(coalesce(p.name, op.name)) as proposer, max(coalesce(q.name, oq.name)) as decider,
      json_agg(json_build_object('store', i.difference_store, 'id', i.difference) order by i.difference) as items
    from mending m join mending_item i on i.store = m.store and i.mending = m.id
    left join difference d on d.store = i.difference_store and d.id = i.difference
    left join staff p on p.id = m.proposed_by left join staff q on q.id = m.decided_by
    left join office_person op on op.id = m.proposed_by left join office_person oq on oq.id = m.decided_by
    where ${state === undefined ? sql`true` : sql`m.state = ${state}`}
      and ${about === undefined ? sql`true` : sql`exists (select 1 from mending_item a where a.store = m.store and a.mending = m.id and a.difference = ${about})`}
      and ${own === null ? sql`true` : sql`not exists (select 1 from mending_item a where a.store = m.store and a.mending = m.id and a.difference_store <> all(${[...own]}::text[]))`}
    group by m.store, m.id order by m.proposed_at desc, m.id limit ${shownMax}
  `.execute(database);
  const waiting = await waitingOf(database, pass, rows);
  return rows.map((row) => ({
    store: row.store,
    id: row.id,
    action: row.action as MendingShown["action"],
    state: row.state,
    class: row.class ?? "",
    isOver: row.least === row.most && row.least !== 0 && row.least !== null ? row.least > 0 : null,
    reason: row.reason,
    amount: money(row.amount, (row.currency || "CNY") as CurrencyCode),
    count: row.items.length,
    items: row.items,
    approval: row.approval,
    proposedBy: row.proposer ?? row.proposed_by,
    proposedAt: row.proposed_at as Instant,
    decidedBy: row.decider ?? row.decided_by,
    decidedAt: row.decided_at as Instant | null,
    failed: [...((row.outcome as Pick<Executed, "failed"> | null)?.failed ?? [])],
    ...(waiting.get(row.approval ?? "") ?? { part: "looks", waitsFor: null, named: [] }),
  }));
}

type Waiting = Pick<MendingShown, "part" | "waitsFor" | "named">;

/** What the page of the break does not show by itself. */
const namedLabels: ReadonlySet<ApprovalLine["label"]> = new Set([
  "before",
  "after",
  "charged",
  "paidFrom",
  "proof",
  "row",
]);

/** Of those that wait for a yes, by their approval: whose, and what `pass` has to do with it. */
async function waitingOf(
  database: Database,
  pass: OfficePass,
  rows: readonly MendingRow[],
): Promise<ReadonlyMap<string, Waiting>> {
  const ids = rows.flatMap(({ state, approval }) => (state === "proposed" && approval !== null ? [approval] : []));
  if (ids.length === 0) return new Map();
  const { mayDecide, peopleFor } = await readJudges(database);
  const open = (await readApprovals(database, ids)).filter(({ state }) => state === "open");
  return new Map(
    open.map((asked) => {
      const decides = mayDecide(asked, officeDecider(pass)) ? "decides" : "looks";
      const part = asked.asked_by === identityOf(pass) ? "asks" : decides;
      const named = (asked.shown as ApprovalLine[]).filter(({ label }) => namedLabels.has(label));
      return [asked.id, { part, waitsFor: peopleFor(asked).map(({ name }) => name), named }];
    }),
  );
}
