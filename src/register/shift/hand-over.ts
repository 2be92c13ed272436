import { handOverDocument } from "../../domain/hand-over-document.ts";
import type { NoteCount } from "../../domain/denominations.ts";
import type { Instant } from "../../domain/clock.ts";
import { parseEntry } from "../../contract/journal.ts";
import { compare, subtract, type Money } from "../../domain/money.ts";
import type { JournalEntry } from "../../domain/journal.ts";
import type { SessionId, StaffId } from "../../domain/identifier.ts";
import type { LedgerDatabase } from "../../storage/database.ts";
import { tell, type Core, type Proof } from "../core.ts";
import { permitted } from "../people/permit.ts";
import { closeCounted } from "./close-shift.ts";
import { resultSeenMs } from "./count-drawer.ts";

/** From the count's result to handing over; not before the result can have been seen, and only where there is something. */
export function beginHandOver(core: Core): void {
  const { counter } = core.state.get();
  if (counter.kind !== "count" || counter.result === null || counter.result.counted.amount <= 0) return;
  if (isTooSoon(core, counter.result.closeFrom)) return;
  const { nth, result } = counter;
  core.state.patch({ counter: { kind: "handOver", nth, result }, notice: null });
}

/** From handing over one step back, to what the count came to. */
export function leaveHandOver(core: Core): void {
  const { counter } = core.state.get();
  if (counter.kind !== "handOver") return;
  core.state.patch({ counter: { ...counter, kind: "count" }, notice: null });
}

/**
 * Closes the shift without handing over: what was counted stays in the drawer and is the next shift's float. Too soon after the
 * result nothing happens.
 */
export async function closeShift(core: Core): Promise<void> {
  const { counter } = core.state.get();
  if (counter.kind !== "handOver" && (counter.kind !== "count" || counter.result === null)) return;
  if (counter.kind === "count" && isTooSoon(core, counter.result?.closeFrom)) return;
  await closeCounted(core, null);
}

/**
 * Hands `counted` less `kept` over and closes the shift: a second person receives it and proves it with their PIN. The slip is printed
 * after the Z. Works offline as every second person's yes does.
 *
 * @param notes of what is handed over, where it was counted by note
 */
export async function handOver(core: Core, kept: Money, notes: readonly NoteCount[]): Promise<void> {
  const { counter, session, who } = core.state.get();
  if (counter.kind !== "handOver" || session === null || kept.amount < 0) return;
  const { counted } = counter.result;
  if (compare(kept, counted) >= 0) return;
  const amount = subtract(counted, kept);
  const body = { session: session.id, amount, kept, notes };
  const { businessDate } = session;
  const work = async (proof: Proof | null): Promise<void> => {
    const totals = await closeCounted(core, { counted, body, proof });
    if (totals === null) return;
    const by = { handedBy: who?.id ?? null, receivedBy: proof?.approval.by ?? null };
    await printHandOver(core, { ...body, ...by, businessDate, at: totals.at, isCopy: false });
  };
  await permitted(core, { act: "handOver", size: amount.amount, amount, subject: session.id }, work);
}

/** Prints the slip of the hand-over that closed `session` once more; nothing where nothing was handed over. */
export async function reprintHandOver(core: Core, session: SessionId): Promise<void> {
  const read = await core.ports.ledger.run((database) => handOverOf(database, session));
  if (!read.ok || read.value === null) return;
  const { body, staff, approval, at, businessDate } = read.value;
  const by = { handedBy: staff, receivedBy: approval?.by ?? null };
  await printHandOver(core, { ...body, ...by, businessDate: businessDate ?? "", at, isCopy: true });
}

type Slip = {
  readonly amount: Money;
  readonly kept: Money;
  readonly notes: readonly NoteCount[];
  readonly handedBy: StaffId | null;
  readonly receivedBy: StaffId | null;
  readonly businessDate: string;
  readonly at: Instant;
  readonly isCopy: boolean;
};

async function printHandOver(core: Core, slip: Slip): Promise<void> {
  const { settings } = core.state.get();
  if (settings === null) return;
  const words = core.ports.receiptWords(settings.store.displayLanguage);
  const facts = {
    ...slip,
    shop: settings.store,
    tillLabel: settings.label,
    handedBy: nameOf(core, slip.handedBy),
    receivedBy: nameOf(core, slip.receivedBy),
  };
  const job = `shift-hand-over-${slip.at}${slip.isCopy ? `-copy-${core.ports.clock.now()}` : ""}`;
  const outcome = await core.ports.printer.print(job, handOverDocument(facts, words), { kick: false });
  const isOut = outcome.kind === "printed" || (outcome.kind === "uncertain" && outcome.reason === "neverAnswers");
  if (!isOut) tell(core, { kind: "reportUnprinted" });
}

/** Two people sign it, so that it names them; the journal knows them by id alone. */
function nameOf(core: Core, id: StaffId | null): string | null {
  return id === null ? null : (core.state.get().people.find((person) => person.id === id)?.name ?? id);
}

function isTooSoon(core: Core, closeFrom: Instant | undefined): boolean {
  const stillMs = (closeFrom ?? 0) - core.ports.clock.now();
  // a clock that was set back meanwhile shuts nobody out
  return stillMs > 0 && stillMs <= resultSeenMs;
}

async function handOverOf(
  database: LedgerDatabase,
  session: SessionId,
): Promise<Extract<JournalEntry, { kind: "cashHandedOver" }> | null> {
  const row = await database.entry
    .orderBy(":id")
    .reverse() // oxlint-disable-line unicorn/no-array-reverse -- a Dexie collection
    .filter(({ text }) => text.includes('"kind":"cashHandedOver"'))
    .first();
  const entry = row === undefined ? null : parseEntry(row.text);
  if (entry?.ok !== true || entry.value.kind !== "cashHandedOver" || entry.value.body.session !== session) return null;
  return entry.value;
}
