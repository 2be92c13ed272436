import type { Instant } from "../domain/clock.ts";
import type { SaleId, StaffId } from "../domain/identifier.ts";
import type { Result } from "../domain/result.ts";
import { balanceOf, saleAfter, type Sale, type SaleEvent, type SaleRefusal } from "../domain/sale.ts";
import { totalsOf } from "../domain/sale-totals.ts";
import type { Money } from "../domain/money.ts";
import type { StorageFault } from "../storage/ledger.ts";
import { createCatalogIndex, type CatalogIndex } from "./selling/catalog-index.ts";
import { createWritable, type Writable } from "./observable.ts";
import type { FoundSale } from "./returning/found-sale.ts";
import type { RegisterPorts } from "./ports.ts";
import { initialState, type Counter, type Notice, type RegisterState } from "./state.ts";
import type { ApprovalAsked } from "../contract/approval.ts";
import type { AskedWhy } from "../domain/asked-why.ts";
import type { Act, Approval } from "../domain/staff.ts";

/** When the steps of the open sale were done, for the journal's step times. */
export type Steps = { firstLineAt: Instant | null; lastLineAt: Instant | null; payAt: Instant | null; count: number };

/** An act that a second person must allow first, and where the screen goes back to. */
export type Pending = {
  readonly ask: {
    readonly act: Act;
    readonly size: number;
    readonly amount: Money | null;
    readonly subject: string;
    readonly why?: AskedWhy;
  };
  readonly back: Counter;
  readonly work: (proof: Proof) => Promise<void>;
};

/** What a yes leaves: the record, and what proves it to the gateway where that checks it itself. Never stored. */
export type Proof = { readonly approval: Approval; readonly asked: ApprovalAsked };

/** What is held of a past sale for the ticket `sale` with these lines coming back. */
export type ReturnHeld = {
  readonly sale: SaleId;
  readonly lines: string;
  /** By the gateway's clock. */
  readonly until: Instant;
  /** Worked out while the gateway was out of reach: it holds nothing. */
  readonly isApart: boolean;
  /** Who asked for it, how much was to go back or be exchanged (minor units), and whose yes that took, if anybody's. */
  readonly asker: StaffId;
  readonly size: number;
  readonly approval: Approval | null;
  /** The past sale as it was looked at, and this till's returns of it that were known then. */
  readonly found: FoundSale;
  readonly known: ReadonlySet<SaleId>;
};

/** What the use cases share: the ports, the state on screen, the catalogue in memory. One a window. */
export type Core = {
  readonly ports: RegisterPorts;
  readonly state: Writable<RegisterState>;
  readonly steps: Steps;
  readonly catalog: CatalogIndex;
  /** Settles when what was stored of the catalogue at the start is in memory; begins to read it if nobody has. */
  catalogLoaded: () => Promise<void>;
  /** This window leads: it drains, listens, and speaks to a display that was opened without a till. */
  leads: boolean;
  /** When the gateway was last heard, by this window or the leading one. */
  heardAt: Instant;
  /** The cashier's actions still to be done, one after the other: two fast scans are two lines. */
  queue: Promise<void>;
  /** What waits for a second person. */
  pending: Pending | null;
  /** Amounts that were asked about as likely slips, and since when; the same again is meant. Empty once one is taken. */
  readonly asked: Map<string, Instant>;
  /** The ticket on screen is being written as it stands: its lines do not change meanwhile. */
  isBeingWritten: boolean;
  /** What the gateway holds for the return on screen, as far as this window knows. */
  returnHeld: ReturnHeld | null;
  /** When a tender was taken off last; null: none yet. */
  tenderOffAt: Instant | null;
  /** Ends the renewing of the list of held tickets as it was opened last. */
  heldList: AbortController | null;
  /** Asks the leading window's loop to drain now. */
  wakeDrain: () => void;
};

/** A core that knows nothing yet. */
export function createCore(ports: RegisterPorts): Core {
  return {
    ports,
    state: createWritable(initialState),
    steps: { firstLineAt: null, lastLineAt: null, payAt: null, count: 0 },
    catalog: createCatalogIndex(),
    catalogLoaded: () => Promise.resolve(),
    leads: false,
    heardAt: ports.clock.now(),
    queue: Promise.resolve(),
    pending: null,
    asked: new Map(),
    isBeingWritten: false,
    returnHeld: null,
    tenderOffAt: null,
    heldList: null,
    wakeDrain: () => undefined,
  };
}

/** Puts `sale` on the screen with its figures, or none. */
export function showSale(core: Core, sale: Sale | null): void {
  core.state.patch({ sale, totals: sale === null ? null : totalsOf(sale) });
}

/** Takes `event` into the open sale and shows it, with what else `shown` changes; a refusal is shown and returned. */
export function step(
  core: Core,
  event: SaleEvent,
  shown: (after: Sale) => Partial<RegisterState> = () => ({}),
): Result<Sale, SaleRefusal> | null {
  const { sale } = core.state.get();
  if (sale === null) return null;
  const next = saleAfter(sale, event);
  if (next.ok) core.state.patch({ sale: next.value, totals: totalsOf(next.value), ...shown(next.value) });
  else tell(core, { kind: "refused", why: next.refusal });
  return next;
}

/** Makes the lines of a ticket that was to be paid changeable again, where no money is in it. */
export function openLines(core: Core): void {
  const { sale } = core.state.get();
  const open = sale === null ? null : saleAfter(sale, { kind: "backToLines" });
  if (open?.ok === true) showSale(core, open.value);
}

/** What is still to be paid of the sale on screen; null without one. */
export function due(core: Core): Money | null {
  const { sale } = core.state.get();
  return sale === null ? null : balanceOf(sale);
}

/** Shows a notice in place of the last one. */
export function tell(core: Core, notice: Notice | null): void {
  core.state.patch({ notice });
}

/** The steps of the open sale so far; what is unknown (a ticket found after a restart) is taken as now. */
export function stepsSoFar(core: Core): { firstLineAt: Instant; lastLineAt: Instant; payAt: Instant; steps: number } {
  const now = core.ports.clock.now();
  const { firstLineAt, lastLineAt, payAt, count } = core.steps;
  return { firstLineAt: firstLineAt ?? now, lastLineAt: lastLineAt ?? now, payAt: payAt ?? now, steps: count };
}

/** Whether the ticket holds anything: an emptied one is no sale and stands in nobody's way. */
export function hasTicket(core: Core): boolean {
  const { sale } = core.state.get();
  return sale !== null && (sale.lines.length > 0 || sale.tenders.length > 0 || sale.liveAttempt !== null);
}

/** Who is signed on in this window: another window of the same till may have another cashier. */
export function byWindow(core: Core): { readonly staff?: StaffId } {
  const { who } = core.state.get();
  return who === null ? {} : { staff: who.id };
}

/** Counts a press or scan after the last item. */
export function countStep(core: Core): void {
  core.steps.count++;
}

/** A second person is asked for something: until the yes or the no nothing is paid and no other way is chosen. */
export function awaitsApproval(core: Core): boolean {
  return core.pending !== null && core.state.get().counter.kind === "secondPerson";
}

/** Storage failed: what could not be written did not happen, and selling stops until somebody looks. */
export function breakOn(core: Core, fault: StorageFault): void {
  const { storage } = core.state.get();
  core.state.patch({
    phase: fault.kind === "failed" ? core.state.get().phase : "broken",
    storage: { ...storage, fault },
  });
}

/**
 * Does `work`, which writes the open ticket as it stands when it begins: counting and taking off lines, which wait for nobody's
 * turn, do nothing meanwhile. Else the screen would show what neither the held nor the completed sale has.
 */
export async function writing(core: Core, work: () => Promise<void>): Promise<void> {
  core.isBeingWritten = true;
  try {
    await work();
  } finally {
    core.isBeingWritten = false;
  }
}

/** Does `work` after everything asked for before it. A broken promise of ours ends the program; it does not stop the queue. */
export function inOrder(core: Core, work: () => Promise<void>): Promise<void> {
  const done = core.queue.then(work);
  core.queue = done.then(
    () => undefined,
    () => undefined,
  );
  return done;
}
