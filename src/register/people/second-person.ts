import { makeId, type ApprovalId, type StaffId } from "../../domain/identifier.ts";
import { mayApprove, type Act, type Approval } from "../../domain/staff.ts";
import type { Money } from "../../domain/money.ts";
import { breakOn, type Core } from "../core.ts";
import { checkPin, refreshSession } from "./sign-on.ts";

/**
 * A second person's yes to one act, by PIN, also offline; never the cashier's own. Null when refused: the view says why.
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
  if (person === undefined || !mayApprove(person, who.id, ask.act, ask.size)) return refused("notEntitled");
  const checked = await checkPin(core, approver, pin);
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
