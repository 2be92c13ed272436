import { heldSales, type HeldSale } from "../../contract/held.ts";
import { sleep } from "../../domain/clock.ts";
import type { SaleId, TillId } from "../../domain/identifier.ts";
import type { Core } from "../core.ts";
import { settleReleased } from "./release-held.ts";
import { heldWithinMs, shareHeld } from "./share-held.ts";
import type { Counter } from "../state.ts";
import { refreshTickets } from "./tickets.ts";

type Held = Extract<Counter, { kind: "held" }>;

/** While somebody looks at the list it is read anew this often: what the other tills do is seen within seconds. */
const renewEveryMs = 3_000;

/**
 * Opens the list of what is held: this till's own, and while the gateway is heard those of the other tills of the store. It keeps
 * itself new until it is left.
 */
export async function showHeld(core: Core): Promise<void> {
  if (core.state.get().counter.kind === "waiting") return;
  core.heldList?.abort();
  const opening = new AbortController();
  core.heldList = opening;
  await refreshTickets(core);
  core.state.patch({ counter: { kind: "held", others: [], asked: "asking" }, notice: null });
  void shareHeld(core);
  await settleReleased(core);
  await readOthers(core, () => true);
  void keepNew(core, opening.signal);
}

/** A ticket that is just asked for keeps the list as it was pressed. */
async function keepNew(core: Core, signal: AbortSignal): Promise<void> {
  const isLookedAt = (held: Held): boolean => !signal.aborted && held.asked !== "asking";
  for (;;) {
    await sleep(core.ports.clock, renewEveryMs, signal);
    const held = heldOf(core);
    if (signal.aborted || held === null) return;
    if (!isLookedAt(held)) continue;
    await settleReleased(core);
    await refreshTickets(core);
    await readOthers(core, isLookedAt);
  }
}

/** Asks what the other tills hold, and shows it if the list is open and `isWanted` by then. */
async function readOthers(core: Core, isWanted: (held: Held) => boolean): Promise<void> {
  const answer = await core.ports.client.ask(
    { method: "GET", path: "/v1/held-sales", withinMs: heldWithinMs },
    heldSales,
  );
  if (answer.kind === "answer") await dropTaken(core, answer.value.taken);
  const own = core.state.get().settings?.till;
  const listed = answer.kind === "answer" ? answer.value.held.filter((each) => each.till !== own) : [];
  const here = await idsHere(core, listed);
  const held = heldOf(core);
  if (held === null || !isWanted(held)) return;
  const others = asBefore(
    held.others,
    listed.filter((each) => !here.has(each.id)),
  );
  core.state.patch({ counter: { kind: "held", others, asked: answer.kind === "answer" ? "answered" : "offline" } });
}

function heldOf(core: Core): Held | null {
  const { counter } = core.state.get();
  return counter.kind === "held" ? counter : null;
}

/** What is listed still stays the same object, so that a finger on its row presses that row. */
function asBefore(before: readonly HeldSale[], now: readonly HeldSale[]): readonly HeldSale[] {
  return now.map((sale) => before.find((each) => each.id === sale.id && each.heldAt === sale.heldAt) ?? sale);
}

/** Which of these this till has itself: waiting, on some window's screen, being paid or complete. */
async function idsHere(core: Core, listed: readonly { readonly id: SaleId }[]): Promise<ReadonlySet<SaleId>> {
  const ids = listed.map(({ id }) => id);
  if (ids.length === 0) return new Set();
  const { ledger, catalogDatabase } = core.ports;
  const read = await ledger.run(async ({ ticket, sale, attempt }) => [
    ...(await ticket.bulkGet(ids)).flatMap((row) => (row === undefined || row.kind === "given" ? [] : [row.id])),
    ...(await sale.bulkGet(ids)).flatMap((row) => row?.id ?? []),
    ...(await attempt.where("sale.id").anyOf(ids).toArray()).map((row) => row.sale.id),
  ]);
  const drafts = await catalogDatabase.draft.toArray();
  const shown = core.state.get().sale?.id;
  return new Set([
    ...(read.ok ? read.value : ids),
    ...drafts.map((row) => row.sale.id),
    ...(shown === undefined ? [] : [shown]),
  ]);
}

/** Another till has what was let go here. */
async function dropTaken(core: Core, taken: readonly { readonly id: SaleId; readonly by: TillId }[]): Promise<void> {
  const { settings } = core.state.get();
  const gone = taken.filter((each) => each.by !== settings?.till).map((each) => each.id);
  if (gone.length === 0) return;
  await core.ports.ledger.run((database) =>
    database.ticket.filter((row) => row.kind === "released" && gone.includes(row.id)).modify({ kind: "given" }),
  );
}
