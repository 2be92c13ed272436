import { sql } from "kysely";
import { lookedAtExceptions, ofPersonExceptions, type OfficeException } from "../../contract/office-exceptions.ts";
import type { StoreId } from "../../domain/identifier.ts";
import { isAnother } from "../approvals/alone.ts";
import { identityOf } from "../approvals/entitled-people.ts";
import { audit } from "../audit/audit.ts";
import { closeException } from "../books/exceptions.ts";
import type { GatewayParts } from "../parts.ts";
import type { OfficePass } from "../routes/passes.ts";
import type { Database } from "../store/database.ts";
import { permitsInOffice } from "./entitled.ts";

/** Which exception, and what came of looking at it. */
export type Look = { readonly store: StoreId; readonly id: string; readonly note: string };

/** Ends an exception that only a person's look ends, with their note in the audit log; false where none waits for this person's. */
export async function lookAtException(
  step: Database,
  { clock, random }: Pick<GatewayParts, "clock" | "random">,
  pass: OfficePass,
  { store, id, note }: Look,
): Promise<boolean> {
  const row = await step
    .selectFrom("exception_item")
    .select(["kind", "subject", "detail"])
    .where("store", "=", store)
    .where("id", "=", id)
    .where("closed_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return false;
  const kind = row.kind as OfficeException["kind"];
  const { staff } = row.detail as Pick<OfficeException, "staff">;
  const isLost = kind === "saleLeftOpen" && (await isOfLostTill(step, store, row.subject));
  if (!mayLook(pass, { store, kind, staff, isLost })) return false;
  const at = clock.now();
  await closeException(step, { store, kinds: [kind], subject: row.subject }, `looked at by ${identityOf(pass)}`, at);
  const entry = {
    store,
    who: identityOf(pass),
    act: "exceptionLooked",
    subject: row.subject,
    reason: note,
    at,
  } as const;
  await audit(step, random, { ...entry, after: { kind } });
  return true;
}

/**
 * A sale whose till is not the shop's any more, by its old key: no entry of that till ends it. Of a held ticket it is the till that had it
 * last.
 */
export const ofLostTill = sql<boolean>`coalesce((
    select exists (select 1 from till_key k where k.till = coalesce(h.claimed_by, h.till)
      and k.revoked_at > coalesce(h.claimed_at, h.held_at))
    from held_sale h where h.store = sale.store and h.id = sale.id
  ), exists (select 1 from till_key k where k.till = sale.till and k.series = sale.series and k.revoked_at is not null))`;

async function isOfLostTill(step: Database, store: StoreId, sale: string): Promise<boolean> {
  const named = step.selectFrom("sale").select("id").where("store", "=", store).where("id", "=", sale);
  return (await named.where(ofLostTill).executeTakeFirst()) !== undefined;
}

/**
 * Whether it ends with a look of this person's: not what somebody did themselves, and a sale that was left open only where its till is
 * lost (`isLost`).
 */
export function mayLook(
  pass: OfficePass,
  { store, kind, staff, isLost }: Pick<OfficeException, "store" | "kind" | "staff"> & { readonly isLost: boolean },
): boolean {
  if (!isLost && !lookedAtExceptions.some((each) => each === kind)) return false;
  if (ofPersonExceptions.includes(kind) && staff !== null && !isAnother(pass, staff)) return false;
  return permitsInOffice(pass, store, "reviewAlone") === "allowed";
}
