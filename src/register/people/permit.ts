import type { StaffId } from "../../domain/identifier.ts";
import type { Money } from "../../domain/money.ts";
import { permits, type Act, type Approval, type Role } from "../../domain/staff.ts";
import { openLines, tell, type Core } from "../core.ts";
import { askSecondPerson } from "./second-person.ts";

/** What a second person's yes leaves: the record, and the PIN for what the gateway checks itself. Never stored. */
export type Proof = { readonly approval: Approval; readonly by: StaffId; readonly pin: string };

/** What is to be done, how large it is (basis points or minor units) and what it is for. */
export type Ask = {
  readonly act: Act;
  readonly size: number;
  readonly amount: Money | null;
  readonly subject: string;
};

/** What everybody known to this till is; null for somebody who is not. */
export function rolesOf(core: Core): (staff: StaffId) => Role | null {
  const { who, people } = core.state.get();
  const roles = new Map([...people, ...(who === null ? [] : [who])].map((each) => [each.id, each.role]));
  return (staff) => roles.get(staff) ?? null;
}

/**
 * Does `work` at once where the cashier's role may, else asks for a second person first and does it with the proof. `work` is
 * told of no proof where none was needed.
 */
export async function permitted(core: Core, ask: Ask, work: (proof: Proof | null) => Promise<void>): Promise<void> {
  const { who, counter } = core.state.get();
  if (who === null) return;
  const permission = permits(who.role, ask.act, ask.size);
  if (permission === "refused") return tell(core, { kind: "refused", why: "notPermitted" });
  if (permission === "allowed") return work(null);
  core.pending = { ask, back: counter.kind === "secondPerson" ? { kind: "goods" } : counter, work };
  core.state.patch({
    counter: {
      kind: "secondPerson",
      act: ask.act,
      size: ask.size,
      amount: ask.amount,
      attempt: null,
      refusal: null,
    },
    notice: null,
  });
}

/** The second person's PIN for what waits; a wrong one is said and may be tried again. */
export async function approvePending(core: Core, approver: StaffId, pin: string): Promise<void> {
  const { pending } = core;
  if (pending === null || core.state.get().counter.kind !== "secondPerson") return;
  const approval = await askSecondPerson(core, pending.ask, approver, pin);
  if (approval === null || core.pending !== pending) return;
  core.pending = null;
  core.state.patch({ counter: pending.back });
  await pending.work({ approval, by: approver, pin });
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
