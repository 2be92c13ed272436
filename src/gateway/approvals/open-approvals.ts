import { officeAskMs, type ApprovalLine, type OpenApproval } from "../../contract/approvals.ts";
import type { Instant } from "../../domain/clock.ts";
import type { StoreId } from "../../domain/identifier.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import type { Act } from "../../domain/staff.ts";
import { wholeChain } from "../audit/audit.ts";
import { namesOf } from "../office/person.ts";
import type { GatewayParts } from "../parts.ts";
import type { OfficePass } from "../routes/passes.ts";
import type { Database } from "../store/database.ts";
import type { ApprovalRow } from "../store/staff-tables.ts";
import { identityOf, officeDecider, readJudges } from "./entitled-people.ts";
import { ofTheChain } from "./who-counts.ts";

const listedMax = 100;
/** Rows that are read at a time, until as many as are listed are one's own. */
const pageMax = 500;
type Parts = Pick<GatewayParts, "database" | "clock">;

/** What waits for a yes that `pass` may give, and what `pass` asked for, the oldest first. */
export async function openApprovalsFor(
  { database, clock }: Parts,
  pass: OfficePass,
): Promise<{ readonly approvals: OpenApproval[] }> {
  const names = await namesOf(database);
  const { mayDecide } = await readJudges(database);
  const approvals: OpenApproval[] = [];
  const at = clock.now();
  for await (const row of openRows(database, pass, at)) {
    if (approvals.length >= listedMax) break;
    const isMine = mayDecide(row, officeDecider(pass));
    if (!isMine && row.asked_by !== identityOf(pass)) continue;
    approvals.push({
      id: row.id,
      store: row.store === wholeChain ? null : (row.store as StoreId),
      stores: row.stores as StoreId[] | null,
      act: row.act as Act,
      amount: row.amount === null ? null : money(row.amount, row.currency as CurrencyCode),
      size: row.size,
      reason: row.reason,
      shown: row.shown as ApprovalLine[],
      askedBy: row.asked_by,
      askedByName: names.get(row.asked_by) ?? row.asked_by,
      till: row.label,
      askedAt: row.asked_at as Instant,
      expiresAt: row.expires_at as Instant | null,
      goneAt: row.expires_at !== null && row.expires_at <= at ? (row.expires_at as Instant) : null,
      isMine,
    });
  }
  return { approvals };
}

type OpenRow = ApprovalRow & { readonly label: string | null };

/** Every open one that `pass` could have to do with, the oldest first, read by pages: most may be others' to decide. */
async function* openRows(database: Database, pass: OfficePass, at: number): AsyncGenerator<OpenRow> {
  let last: OpenRow | undefined;
  for (;;) {
    const rows = await openPage(database, pass, at, last);
    yield* rows;
    last = rows.at(-1);
    if (rows.length < pageMax) return;
  }
}

function openPage(database: Database, pass: OfficePass, at: number, after: OpenRow | undefined): Promise<OpenRow[]> {
  return (
    database
      .selectFrom("approval")
      .leftJoin("till", "till.id", "approval.till")
      .selectAll("approval")
      .select("till.label")
      .where(({ eb, or }) =>
        or([eb("approval.store", "in", [wholeChain, ...pass.roles.keys()]), eb("approval.act", "in", [...ofTheChain])]),
      )
      .where("state", "=", "open")
      // what its page in the office has left is told for a while; what a till asked is over there, too
      .where(({ eb, or, and }) =>
        or([
          eb("expires_at", "is", null),
          eb("expires_at", ">", at),
          and([eb("approval.till", "is", null), eb("expires_at", ">", at - officeAskMs)]),
        ]),
      )
      .where(({ eb, or, and, lit }) =>
        after === undefined
          ? lit(true)
          : or([
              eb("asked_at", ">", after.asked_at),
              and([eb("asked_at", "=", after.asked_at), eb("approval.id", ">", after.id)]),
            ]),
      )
      .orderBy("asked_at")
      .orderBy("approval.id")
      .limit(pageMax)
      .execute()
  );
}
