import { refuse, ok, type Result } from "../../domain/result.ts";
import type { Permission } from "../../domain/staff.ts";
import { permitsInOffice } from "../office/entitled.ts";
import type { GatewayParts } from "../parts.ts";
import type { OfficePass } from "../routes/passes.ts";
import type { Database } from "../store/database.ts";
import { noteAlone } from "./alone.ts";
import { askApproval, placeOf, useApproval, type Asking, type UseRefusal } from "./approval.ts";
import { identityOf, readJudges, type Judges } from "./entitled-people.ts";

/** What somebody of the office is about to do. */
export type OfficeAct = Pick<Asking, "store" | "act" | "subject" | "size" | "amount" | "reason" | "shown"> & {
  /** The approval with which the request comes back. */
  readonly approval: string | undefined;
  /** Who is being let go by it: not waited for, or nobody could be let go without agreeing to it. */
  readonly leaving?: string;
  /** A job goes on with it once it is given, whether or not anybody has the page open. */
  readonly outlivesPage?: boolean;
  /** Another person agrees to it even where the role alone would do. */
  readonly alwaysAsks?: boolean;
};

/** Who else agreed; null where nobody had to. */
export type Entitled = { readonly secondPerson: string | null };
export type EntitleRefusal = "forbidden" | UseRefusal | { readonly proposed: string };

/**
 * Whether `pass` may do it now, called in the SQL transaction of the act. Where another person is needed and the request brings no
 * approval, one is asked for (`proposed`): the same request comes again with its id once it is given. Where nobody
 * else's yes counts in any of the stores that it is about, the owner goes without, and it stands on the list of acts done alone in each.
 */
export async function entitle(
  step: Database,
  parts: Pick<GatewayParts, "clock" | "random">,
  pass: OfficePass,
  asked: OfficeAct,
): Promise<Result<Entitled, EntitleRefusal>> {
  const judges = await readJudges(step);
  const stores = judges.storesOf({
    ...placeOf(asked.store),
    act: asked.act,
    size: asked.size,
    asked_by: identityOf(pass),
  });
  const permission = permissionFor(stores, pass, asked);
  if (permission === "refused") return refuse("forbidden");
  if (permission === "allowed" && asked.alwaysAsks !== true) return ok({ secondPerson: null });
  const askedBy = identityOf(pass);
  if (asked.approval !== undefined) {
    const used = await useApproval(step, asked.approval, { ...asked, askedBy }, parts.clock.now());
    return used.ok ? ok({ secondPerson: used.value.by }) : used;
  }
  if (pass.isOwner && !isAnybodyElse(judges, asked, askedBy)) {
    for (const store of stores) await noteAlone(step, parts, { ...asked, store, who: askedBy, till: null });
    return ok({ secondPerson: null });
  }
  const waits = { isLive: false, isOfPage: asked.outlivesPage !== true };
  const id = await askApproval(step, parts, { ...asked, askedBy, till: null, ...waits });
  return refuse({ proposed: id });
}

function permissionFor(stores: readonly string[], pass: OfficePass, asked: OfficeAct): Permission {
  const order: readonly Permission[] = ["refused", "secondPerson", "alone", "allowed"];
  const each = stores.map((store) => permitsInOffice(pass, store, asked.act, asked.size));
  return order.find((permission) => each.includes(permission)) ?? "refused";
}

function isAnybodyElse(judges: Judges, { store, act, size, leaving }: OfficeAct, askedBy: string): boolean {
  const asked = { ...placeOf(store), act, size, asked_by: askedBy, leaving: leaving ?? null };
  return judges.peopleFor(asked).length > 0;
}
