import type { AskedWhy } from "../../domain/asked-why.ts";
import type { StaffId } from "../../domain/identifier.ts";
import type { Money } from "../../domain/money.ts";
import { permits } from "../../domain/permissions.ts";
import { officeOwner, type Act, type Role } from "../../domain/staff.ts";
import { inOrder, openLines, tell, type Core, type Pending, type Proof } from "../core.ts";
import { askOnPhone, lookForApprovers } from "./ask-on-phone.ts";
import { aloneUsedUp, approveAlone, askSecondPerson } from "./second-person.ts";

/** What is to be done, how large it is (basis points or minor units) and what it is for. */
export type Ask = {
  readonly act: Act;
  readonly size: number;
  readonly amount: Money | null;
  readonly subject: string;
  /** The reason chosen on the screen, where the act has some: whoever is asked elsewhere reads it. */
  readonly why?: AskedWhy;
};

/** What everybody known to this till is; null for somebody who is not. */
export function rolesOf(core: Core): (staff: StaffId) => Role | null {
  const { who, people } = core.state.get();
  const roles = new Map([...people, ...(who === null ? [] : [who])].map((each) => [each.id, each.role]));
  return (staff) => (staff === officeOwner ? "owner" : (roles.get(staff) ?? null));
}

/**
 * Does `work` at once where the cashier's role may, else asks for a second person first and does it with the proof. `work` is
 * told of no proof where none was needed.
 */
export async function permitted(core: Core, ask: Ask, work: (proof: Proof | null) => Promise<void>): Promise<void> {
  const { who } = core.state.get();
  if (who === null) return;
  const permission = permits(who.role, ask.act, ask.size, core.state.get().permissions);
  if (permission === "refused") return tell(core, { kind: "refused", why: "notPermitted" });
  if (permission === "allowed") return work(null);
  const usedUp = permission === "alone" ? await aloneUsedUp(core, who.id, who.role, ask.act) : null;
  const { counter } = core.state.get();
  core.pending = { ask, back: counter.kind === "secondPerson" ? { kind: "goods" } : counter, work };
  core.state.patch({
    counter: {
      kind: "secondPerson",
      act: ask.act,
      size: ask.size,
      amount: ask.amount,
      attempt: null,
      refusal: null,
      mayBeAlone: permission === "alone" && usedUp === null,
      ...(usedUp !== null && { aloneUsedUp: usedUp }),
    },
    notice: null,
  });
  void lookForApprovers(core, core.pending);
}

/** The second person's PIN for what waits; a wrong one is said and may be tried again. */
export async function approvePending(core: Core, approver: StaffId, pin: string): Promise<void> {
  const { pending } = core;
  if (pending === null || core.state.get().counter.kind !== "secondPerson") return;
  const approval = await askSecondPerson(core, pending.ask, approver, pin);
  if (approval !== null) await goOn(core, pending, { approval, asked: { by: approver, pin } });
}

/** One's own PIN again and a reason, where the shop's table lets one do it alone (`books.md` 8). */
export async function goAlone(core: Core, reason: string, pin: string): Promise<void> {
  const { pending } = core;
  const { who } = core.state.get();
  if (pending === null || who === null || core.state.get().counter.kind !== "secondPerson") return;
  const approval = await approveAlone(core, pending.ask, reason, pin);
  if (approval !== null) await goOn(core, pending, { approval, asked: { by: who.id, pin, reason } });
}

/** Asks whoever is entitled on their own phone, who reads `reason`, and goes on when one says yes, as after a PIN beside it. */
export async function askPending(core: Core, reason: string): Promise<void> {
  const { pending } = core;
  if (pending === null) return;
  const approval = await askOnPhone(core, pending, reason);
  if (approval === null) return;
  await inOrder(core, () => goOn(core, pending, { approval, asked: { by: approval.by, approval: approval.id } }));
}

async function goOn(core: Core, pending: Pending, proof: Proof): Promise<void> {
  if (core.pending !== pending) return;
  core.pending = null;
  core.state.patch({ counter: pending.back });
  await pending.work(proof);
}

/** Leaves what waits undone and goes back to where it was asked. False when nothing waits. */
export function dropPending(core: Core): boolean {
  const { pending } = core;
  if (pending === null) return false;
  core.pending = null;
  if (pending.back.kind === "goods") openLines(core);
  core.state.patch({ counter: pending.back });
  return true;
}
