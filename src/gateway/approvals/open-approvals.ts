import type { OpenApproval } from "../../contract/approvals.ts";
import type { ApprovalLine } from "../../contract/approvals.ts";
import type { Instant } from "../../domain/clock.ts";
import type { StoreId } from "../../domain/identifier.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import type { Act } from "../../domain/staff.ts";
import { wholeChain } from "../audit/audit.ts";
import { namesOf } from "../office/person.ts";
import type { GatewayParts } from "../parts.ts";
import type { OfficePass } from "../routes/passes.ts";
import { identityOf, officeDecider, readJudges } from "./entitled-people.ts";
import { ofTheChain } from "./who-counts.ts";

const listedMax = 100;

/** What waits for a yes that `pass` may give, and what `pass` asked for, the oldest first. */
export async function openApprovalsFor(
  { database, clock }: Pick<GatewayParts, "database" | "clock">,
  pass: OfficePass,
): Promise<{ readonly approvals: OpenApproval[] }> {
  const at = clock.now();
  const rows = await database
    .selectFrom("approval")
    .leftJoin("till", "till.id", "approval.till")
    .selectAll("approval")
    .select("till.label")
    .where(({ eb, or }) =>
      or([eb("approval.store", "in", [wholeChain, ...pass.roles.keys()]), eb("approval.act", "in", [...ofTheChain])]),
    )
    .where("state", "=", "open")
    .where(({ eb, or }) => or([eb("expires_at", "is", null), eb("expires_at", ">", at)]))
    .orderBy("asked_at")
    .limit(listedMax)
    .execute();
  const names = await namesOf(database);
  const { mayDecide } = await readJudges(database);
  const approvals: OpenApproval[] = [];
  for (const row of rows) {
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
      isMine,
    });
  }
  return { approvals };
}
