import { makeId, type ApprovalId, type StaffId } from "../../domain/identifier.ts";
import { reasonLengthMax } from "../../contract/approval.ts";
import { mayApprove, permits, ruleOf } from "../../domain/permissions.ts";
import type { Act, Approval, Role } from "../../domain/staff.ts";
import type { Money } from "../../domain/money.ts";
import { breakOn, tell, type Core } from "../core.ts";
import { checkPin, refreshSession } from "./sign-on.ts";

/**
 * A second person's yes to one act, by PIN, also offline; never the cashier's own, nor by a PIN that the cashier had made. Null when refused: the view says why.
 */
export async function askSecondPerson(
  core: Core,
  ask: { readonly act: Act; readonly size: number; readonly amount: Money | null; readonly subject: string },
  approver: StaffId,
  pin: string,
): Promise<Approval | null> {
  const { who, settings } = core.state.get();
  if (who === null || settings === null) return null;
  const refused = (
    refusal: "notEntitled" | Exclude<Awaited<ReturnType<typeof checkPin>>, { ok: true }>["refusal"],
  ): null => {
    const { counter } = core.state.get();
    if (counter.kind === "secondPerson") core.state.patch({ counter: { ...counter, refusal } });
    return null;
  };
  const person = core.state.get().people.find((each) => each.id === approver);
  if (person === undefined || !mayApprove(person, who.id, ask.act, ask.size, core.state.get().permissions))
    return refused("notEntitled");
  if (person.pinKnownTo.includes(who.id)) return refused("knownPin");
  const checked = await checkPin(core, approver, pin, { asker: who.id });
  if (!checked.ok) return refused(checked.refusal);
  const at = core.ports.clock.now();
  return {
    id: makeId<ApprovalId>(at, settings.tag, core.ports.random),
    act: ask.act,
    subject: ask.subject,
    amount: ask.amount,
    size: ask.size,
    by: approver,
    method: "pin",
    at,
  };
}

/**
 * The cashier's own yes, where the shop's table lets one do it alone: own PIN again and a reason, so many times a business day. Null
 * when refused.
 */
export async function approveAlone(
  core: Core,
  ask: { readonly act: Act; readonly size: number; readonly amount: Money | null; readonly subject: string },
  reason: string,
  pin: string,
): Promise<Approval | null> {
  const { who, settings, permissions } = core.state.get();
  const text = reason.trim().slice(0, reasonLengthMax);
  if (who === null || settings === null || text === "") return null;
  if (permits(who.role, ask.act, ask.size, permissions) !== "alone") return null;
  const checked = await checkPin(core, who.id, pin);
  if (!checked.ok) {
    const { counter } = core.state.get();
    if (counter.kind === "secondPerson") core.state.patch({ counter: { ...counter, refusal: checked.refusal } });
    return null;
  }
  const times = ruleOf(who.role, ask.act, permissions).alone?.times ?? 0;
  if (!(await countAlone(core, `${who.id}/${ask.act}`, times))) {
    tell(core, { kind: "refused", why: "notPermitted" });
    return null;
  }
  const at = core.ports.clock.now();
  const id = makeId<ApprovalId>(at, settings.tag, core.ports.random);
  const { act, subject, amount, size } = ask;
  return { id, act, subject, amount, size, by: who.id, method: "alone", reason: text, at };
}

/** How often `who` may do it alone in a business day, where that is used up; null while once more is left. */
export async function aloneUsedUp(core: Core, who: StaffId, role: Role, act: Act): Promise<number | null> {
  const times = ruleOf(role, act, core.state.get().permissions).alone?.times ?? 0;
  const done = await core.ports.ledger.transact((transaction) =>
    Promise.resolve(transaction.session?.alone?.[`${who}/${act}`] ?? 0),
  );
  return done.ok && done.value < times ? null : times;
}

/** Counts one more in the row of the shift, which goes on from shift to shift of a day; false when there were as many as may be, or no shift is open. */
async function countAlone(core: Core, what: string, times: number): Promise<boolean> {
  const written = await core.ports.ledger.transact(async (transaction) => {
    const row = transaction.session;
    const before = row?.alone?.[what] ?? 0;
    if (row === null || before >= times) return false;
    await transaction.setSession({ ...row, alone: { ...row.alone, [what]: before + 1 } });
    return true;
  });
  if (!written.ok) breakOn(core, written.refusal);
  return written.ok && written.value;
}

/** Allows offline cash on storage the browser may drop, for the rest of this session. */
export async function allowFragileStorage(core: Core, approver: StaffId, pin: string): Promise<void> {
  const { session } = core.state.get();
  if (session === null) return;
  const approval = await askSecondPerson(
    core,
    { act: "sellOnFragileStorage", size: 0, amount: null, subject: session.id },
    approver,
    pin,
  );
  if (approval === null) return;
  const written = await core.ports.ledger.transact(async (transaction) => {
    if (transaction.session === null) return;
    await transaction.append({ kind: "fragileStorageAllowed", body: { session: session.id } }, { approval });
    await transaction.setSession({ ...transaction.session, fragileAllowedBy: approval });
  });
  if (!written.ok) return breakOn(core, written.refusal);
  await refreshSession(core);
  core.state.patch({ counter: { kind: "tender", method: "cash" } });
}
