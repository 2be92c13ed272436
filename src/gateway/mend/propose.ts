import { waitDaysMax, type MendingParameters } from "../../contract/mending.ts";
import type { Instant } from "../../domain/clock.ts";
import { makeId, type Tag } from "../../domain/identifier.ts";
import {
  canBeGain,
  offeredMending,
  type MendingAction,
  type OfferedMending,
} from "../../domain/reconciliation/mending.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import type { GatewayParts } from "../parts.ts";
import type { MendingRow } from "../store/mending-tables.ts";
import { json, type Database } from "../store/database.ts";
import { lockMended, type MendItem } from "./mend-item.ts";

/** Why a proposal is not taken. */
export type ProposalRefusal =
  /** Some of it is no break any more. */
  | "changed"
  /** Breaks of several classes or accounts. */
  | "notOneCause"
  /** That class is not mended so. */
  | "notOffered"
  /** What the action needs was not named. */
  | "badParameters"
  /** It waits for another person already. */
  | "proposedAlready";

export type NewProposal = {
  readonly items: readonly { readonly store: string; readonly id: string }[];
  readonly action: MendingAction;
  readonly reason: string;
  readonly parameters: MendingParameters;
  readonly by: string;
};

/** A proposal as it was stored, and whether another person must agree. */
export type Proposed = { readonly row: MendingRow; readonly offered: OfferedMending };

const waitMsMax = waitDaysMax * 86_400_000;

/** Stores a proposal with what it saw: at its execution nothing may have changed. */
export async function propose(
  step: Database,
  { random }: Pick<GatewayParts, "random">,
  proposal: NewProposal,
  at: Instant,
): Promise<Result<Proposed, ProposalRefusal>> {
  const items = await lockMended(step, proposal, proposal.items);
  const [first] = items;
  if (first === undefined || items.length !== proposal.items.length) return refuse("changed");
  const isOneCause = items.every((item) => item.class === first.class && item.row.account === first.row.account);
  if (!isOneCause) return refuse("notOneCause");
  const offered = offeredMending(first.class, proposal.action);
  if (offered === null) return refuse("notOffered");
  if (proposal.action === "chargeToStaff" && items.some(isGain)) return refuse("notOffered");
  if (!hasParameters(proposal, items.length, at)) return refuse("badParameters");
  if (proposal.action === "chargeToStaff" && !(await isOfStaff(step, proposal.parameters.staff ?? "")))
    return refuse("badParameters");
  if (await isProposed(step, items)) return refuse("proposedAlready");
  const { tag } = await step
    .selectFrom("tag")
    .select("tag")
    .where("store", "=", first.row.store)
    .where("holder", "=", "gateway")
    .executeTakeFirstOrThrow();
  const row: MendingRow = {
    store: first.row.store,
    id: makeId(at, tag as Tag, random),
    action: proposal.action,
    state: "proposed",
    reason: proposal.reason,
    amount: items.reduce((all, item) => all + Math.abs(item.row.amount), 0),
    currency: first.row.currency,
    parameters: proposal.parameters,
    proposed_by: proposal.by,
    proposed_at: at,
    approval: null,
    decided_by: null,
    decided_at: null,
    outcome: null,
  };
  await step
    .insertInto("mending")
    .values({ ...row, parameters: json(row.parameters) })
    .execute();
  await step
    .insertInto("mending_item")
    .values(items.map((item) => itemRow(row, item)))
    .execute();
  return ok({ row, offered });
}

function isGain({ class: type, row }: MendItem): boolean {
  return row.amount > 0 && canBeGain(type);
}

function itemRow(mending: MendingRow, { row }: MendItem) {
  return {
    store: mending.store,
    mending: mending.id,
    difference_store: row.store,
    difference: row.id,
    round: row.round,
    amount: row.amount,
  };
}

function hasParameters({ action, parameters }: NewProposal, items: number, at: Instant): boolean {
  switch (action) {
    case "wait":
      return parameters.until !== undefined && parameters.until > at && parameters.until <= at + waitMsMax;
    case "payOtherwise":
      return parameters.paidFrom !== undefined && parameters.proof !== undefined;
    case "correctRate":
      return parameters.since !== undefined && parameters.rate !== undefined;
    case "chargeToStaff":
      return parameters.staff !== undefined;
    case "pair":
      return parameters.row !== undefined && items === 1;
    default:
      return true;
  }
}

/** Also somebody who has left: what is owed stays owed. */
async function isOfStaff(step: Database, staff: string): Promise<boolean> {
  return (await step.selectFrom("staff").select("id").where("id", "=", staff).executeTakeFirst()) !== undefined;
}

async function isProposed(step: Database, items: readonly MendItem[]): Promise<boolean> {
  const row = await step
    .selectFrom("mending_item")
    .innerJoin("mending", (join) =>
      join.onRef("mending.store", "=", "mending_item.store").onRef("mending.id", "=", "mending_item.mending"),
    )
    .select("mending.id")
    .where("mending.state", "=", "proposed")
    .where("difference_store", "in", [...new Set(items.map(({ row: { store } }) => store))])
    .where(
      "difference",
      "in",
      items.map(({ row: { id } }) => id),
    )
    .executeTakeFirst();
  return row !== undefined;
}
