import { reasonLengthMax } from "../../contract/approval.ts";
import { approvalPollMs, approvalTold, approversTold } from "../../contract/approvals.ts";
import type { ApprovalLine } from "../../contract/approvals.ts";
import { makeId, type ApprovalId } from "../../domain/identifier.ts";
import type { Approval } from "../../domain/staff.ts";
import type { Core, Pending } from "../core.ts";
import type { PhoneAsk } from "./asking.ts";

const askWithinMs = 5_000;
/** Goods that the approver reads at most. */
const linesShownMax = 4;
/** Of a line that the approver reads, as the contract takes it. */
const lineLengthMax = 200;

/** Looks whether anybody could be asked on their phone; only online, and while it is still asked for. */
export async function lookForApprovers(core: Core, pending: Pending): Promise<void> {
  const { who, connection } = core.state.get();
  if (who === null || !connection.online) return;
  const { act, size } = pending.ask;
  // whoever receives cash has it in hand, and so stands here
  if (act === "handOver") return;
  const path = `/v1/approvers?act=${act}&size=${size}&asker=${who.id}`;
  const answer = await core.ports.client.ask({ method: "GET", path, withinMs: askWithinMs }, approversTold);
  if (answer.kind === "answer" && answer.value.count > 0) show(core, pending, { kind: "offered" });
}

/**
 * Asks on phones what waits for a second person, and waits for the answer: the approval, or null when it was refused, its two minutes
 * are over, or somebody beside was quicker. Nothing else waits for it. They read the reason chosen on the screen and what was `said`.
 */
export async function askOnPhone(core: Core, pending: Pending, said: string): Promise<Approval | null> {
  const { who, settings } = core.state.get();
  if (who === null || settings === null) return null;
  const { act, subject, size, amount, why } = pending.ask;
  const id = makeId<ApprovalId>(core.ports.clock.now(), settings.tag, core.ports.random);
  const reason = said.trim().slice(0, reasonLengthMax);
  const chosen: readonly ApprovalLine[] =
    why === undefined ? [] : [{ label: "why", text: why, ...(reason !== "" && { more: reason }) }];
  const body = { v: 1, id, act, subject, size, amount, reason, shown: [...shownOf(core), ...chosen], asker: who.id };
  const asked = await core.ports.client.ask(
    { method: "POST", path: "/v1/approvals", body, withinMs: askWithinMs },
    approvalTold,
  );
  if (asked.kind !== "answer") {
    show(core, pending, { kind: "notReached" });
    return null;
  }
  show(core, pending, { kind: "asking", id, until: asked.value.expiresAt ?? core.ports.offset.gatewayNow() });
  return untilDecided(core, pending, id);
}

/** Takes back what was asked on phones; who beside says yes instead needs nothing of it. */
export async function stopAsking(core: Core): Promise<void> {
  const { counter } = core.state.get();
  if (counter.kind !== "secondPerson" || counter.phone?.kind !== "asking") return;
  const { id } = counter.phone;
  core.state.patch({ counter: { ...counter, phone: { kind: "offered" } } });
  await withdraw(core, id);
}

async function untilDecided(core: Core, pending: Pending, id: ApprovalId): Promise<Approval | null> {
  for (;;) {
    await new Promise<void>((resolve) => void core.ports.clock.after(approvalPollMs, resolve));
    if (!isAsking(core, pending, id)) {
      await withdraw(core, id);
      return null;
    }
    const answer = await core.ports.client.ask(
      { method: "GET", path: `/v1/approvals/${id}`, withinMs: askWithinMs },
      approvalTold,
    );
    if (!isAsking(core, pending, id)) continue;
    if (answer.kind === "answer" && answer.value.state === "given") return answer.value.approval;
    if (answer.kind === "answer" && answer.value.state !== "open") {
      show(core, pending, { kind: answer.value.state === "refused" ? "refused" : "over" });
      return null;
    }
    const { counter } = core.state.get();
    const until = counter.kind === "secondPerson" && counter.phone?.kind === "asking" ? counter.phone.until : 0;
    if (core.ports.offset.gatewayNow() <= until) continue;
    show(core, pending, { kind: "over" });
    return null;
  }
}

async function withdraw(core: Core, id: ApprovalId): Promise<void> {
  await core.ports.client.ask(
    { method: "POST", path: `/v1/approvals/${id}/withdrawals`, body: { v: 1 }, withinMs: askWithinMs },
    approvalTold,
  );
}

function isAsking(core: Core, pending: Pending, id: ApprovalId): boolean {
  const { counter } = core.state.get();
  return (
    core.pending === pending &&
    counter.kind === "secondPerson" &&
    counter.phone?.kind === "asking" &&
    counter.phone.id === id
  );
}

function show(core: Core, pending: Pending, phone: PhoneAsk): void {
  const { counter } = core.state.get();
  if (core.pending === pending && counter.kind === "secondPerson") core.state.patch({ counter: { ...counter, phone } });
}

/** What the approver reads: the goods on the ticket, the first ones by name, in whichever language they read. */
function shownOf(core: Core): readonly ApprovalLine[] {
  const { sale, settings } = core.state.get();
  if (sale === null || settings === null) return [];
  const goods = sale.lines.slice(0, linesShownMax).map(({ names }) => ({
    "zh-CN": names["zh-CN"].slice(0, lineLengthMax),
    en: names.en.slice(0, lineLengthMax),
    ja: names.ja.slice(0, lineLengthMax),
  }));
  const [first, ...more] = goods.map((names) => names[settings.store.displayLanguage]);
  if (first === undefined) return [];
  const rest = sale.lines.length > linesShownMax ? [...more, "…"] : more;
  const told = rest.length > 0 ? { more: rest.join(" · ").slice(0, lineLengthMax) } : {};
  return [{ label: "what", text: first, ...told, goods }];
}
