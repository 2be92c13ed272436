import { parseEntry } from "../../contract/journal.ts";
import type { StaffId } from "../../domain/identifier.ts";
import type { ShiftTotals } from "../../domain/shift.ts";
import type { LedgerDatabase } from "../../storage/database.ts";
import { breakOn, tell, type Core } from "../core.ts";
import { reprintHandOver } from "./hand-over.ts";
import { printShift } from "./shift.ts";

/** Prints the Z report of the shift that closed last on this till once more, and its hand-over, from the journal and marked as copies. */
export async function reprintShift(core: Core): Promise<void> {
  const read = await core.ports.ledger.run(lastClosed);
  if (!read.ok) return breakOn(core, read.refusal);
  if (read.value === null) return tell(core, { kind: "refused", why: "noReportYet" });
  const { shift, staff } = read.value;
  void printShift(core, shift, "z", staff, true);
  void reprintHandOver(core, shift.session);
}

/** Looks whether there is a Z report to print again. Once there is one there always will be. */
export async function seekReport(core: Core): Promise<void> {
  if (core.state.get().hasReport) return;
  const read = await core.ports.ledger.run(lastClosed);
  if (!read.ok) return breakOn(core, read.refusal);
  if (read.value !== null) core.state.patch({ hasReport: true });
}

async function lastClosed(
  database: LedgerDatabase,
): Promise<{ readonly shift: ShiftTotals; readonly staff: StaffId | null } | null> {
  const row = await database.entry
    .orderBy(":id")
    .reverse() // oxlint-disable-line unicorn/no-array-reverse -- a Dexie collection
    .filter(({ text }) => text.includes('"kind":"sessionClosed"'))
    .first();
  const entry = row === undefined ? null : parseEntry(row.text);
  if (entry?.ok !== true || entry.value.kind !== "sessionClosed" || entry.value.body.shift === null) return null;
  return { shift: entry.value.body.shift, staff: entry.value.staff };
}
