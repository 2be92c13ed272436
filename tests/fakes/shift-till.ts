import { parseEntry } from "../../src/contract/journal.ts";
import type { StaffId } from "../../src/domain/identifier.ts";
import type { JournalFact } from "../../src/domain/journal.ts";
import { money } from "../../src/domain/money.ts";
import { milk, registerBench, type RegisterBench } from "./register-bench.ts";

export const fen = (amount: number) => money(amount, "CNY");
export const supervisor = "staff-4" as StaffId;
export const pin = "123456";

/** How long a person looks at what the screen says before the next press. */
export const lookMs = 1_000;

type Entry = { readonly kind: string; readonly body: unknown; readonly approval?: unknown };

/** Every journal entry so far. */
export async function entries({ ledger }: RegisterBench): Promise<readonly Entry[]> {
  const rows = await ledger.database.entry.toArray();
  return rows.map(({ text }) => {
    const parsed = parseEntry(text);
    if (!parsed.ok) throw new Error("the entry is understood");
    return parsed.value;
  });
}

/** The last entry of that kind. */
export async function lastOf<Kind extends JournalFact["kind"]>(
  bench: RegisterBench,
  kind: Kind,
): Promise<Entry & { readonly body: (JournalFact & { readonly kind: Kind })["body"] }> {
  const found = (await entries(bench)).findLast((entry) => entry.kind === kind);
  if (found === undefined) throw new Error(`no ${kind} was journalled`);
  return found as never;
}

/** A till whose shift began with `float`, in the place of the bench's own. */
export async function shiftWith(float: number): Promise<RegisterBench> {
  const bench = await registerBench();
  await closeFor(bench, 0);
  await bench.register.signOn("staff-1" as StaffId, pin);
  await bench.register.openShift(fen(float));
  return bench;
}

/** Counts the drawer as `counted` and closes the shift. */
export async function closeFor({ register, clock }: RegisterBench, counted: number): Promise<void> {
  await register.showShift();
  await register.beginCount();
  await register.countDrawer(fen(counted));
  await clock.advance(lookMs);
  await register.closeShift();
}

/** One sale of milk for exact cash. */
export async function sellMilk(bench: RegisterBench): Promise<void> {
  const { register, clock } = bench;
  await register.scan(milk.barcodes[0] ?? "");
  await register.beginTender();
  register.chooseMethod("cash");
  await register.takeCash(fen(1_280));
  await clock.advance(10);
  register.nextCustomer();
}

/** Counts the drawer for the first time. */
export async function count(bench: RegisterBench, counted: number): Promise<void> {
  await bench.register.showShift();
  await bench.register.beginCount();
  await bench.register.countDrawer(fen(counted));
}
