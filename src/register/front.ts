import { windowMessage } from "../contract/windows.ts";
import type { TillEvent } from "../contract/events.ts";
import type { StaffId } from "../domain/identifier.ts";
import type { PaymentBody } from "../contract/payment.ts";
import { leadWhenFree, type LeaderLocks } from "../sync/leadership.ts";
import { activateTill } from "./activate-till.ts";
import { hasTicket, inOrder, tell, type Core } from "./core.ts";
import type { Desk } from "./desk.ts";
import { hearRefund } from "./returning/hear-refund.ts";
import { lead, setOnline } from "./lead.ts";
import { refreshCatalog } from "./selling/load-catalog.ts";
import type { Observable } from "./observable.ts";
import { refreshOutbox } from "./outbox-state.ts";
import { refreshParked } from "./paying/parked.ts";
import { releaseHeld } from "./held/release-held.ts";
import { refreshTickets } from "./held/tickets.ts";
import { leaveClosedShift } from "./shift/shift-over.ts";
import { refreshSession, signOff, signOn } from "./people/sign-on.ts";
import { startRegister } from "./start-register.ts";
import type { RegisterState } from "./state.ts";

/** One window's till before anybody has signed on, and what goes on whoever has. */
export type Front = {
  readonly state: Observable<RegisterState>;
  activate(typedCode: string): Promise<void>;
  signOn(staff: StaffId, pin: string): Promise<void>;
  signOff(): Promise<void>;
  pairPrinter(): Promise<void>;
  dismissNotice(): void;
  /** The platform's hint that the network came or went; the gateway's own answers decide. */
  networkChanged(online: boolean): void;
  /** True when this window may be reloaded: no sale open, nothing in doubt on its screen. */
  isIdle(): boolean;
  stop(): void;
};

/**
 * Starts the till of one window. `loadDesk` gives the rest of its code: asked for when something needs it, and by the page as
 * soon as the first screen stands.
 */
export function openFront(core: Core, locks: LeaderLocks, loadDesk: () => Promise<Desk>): Front {
  const { ports } = core;
  const abort = new AbortController();
  const begin = (): void =>
    leadWhenFree(locks, () => {
      core.leads = true;
      return lead(core, (event) => hear(core, event, loadDesk), abort.signal);
    });
  ports.windows.listen((message) => hearWindow(core, message, loadDesk));
  ports.printer.subscribe(() =>
    core.state.patch({ printer: { status: ports.printer.status(), queued: ports.printer.queueLength() } }),
  );
  // who leaves the question has not been answered: another one must not find it waiting
  core.state.subscribe((state) => {
    if (state.counter.kind !== "secondPerson") core.pending = null;
  });
  ports.windows.post({ kind: "hello", v: 1 });
  void startRegister(core, loadDesk, begin);
  return {
    state: core.state,
    activate: (code) => activateTill(core, code, begin),
    signOn: (staff, pin) => inOrder(core, () => signOn(core, staff, pin)),
    signOff: () => signOff(core),
    pairPrinter: async () => {
      await ports.printer.pair();
    },
    dismissNotice: () => tell(core, null),
    networkChanged: (online) => {
      if (online) core.wakeDrain();
      else setOnline(core, false);
    },
    isIdle: () => !hasTicket(core) && core.state.get().counter.kind !== "waiting",
    stop: () => abort.abort(),
  };
}

function hear(core: Core, event: TillEvent, loadDesk: () => Promise<Desk>): void {
  if (event.kind === "refund") {
    core.ports.windows.post({ kind: "refund", v: 1, refund: event.refund });
    return hearRefund(core, event.refund);
  }
  if (event.kind === "heldWanted") return void releaseHeld(core, event.sale, event.by);
  if (event.kind !== "payment") return;
  core.ports.windows.post({ kind: "payment", v: 1, payment: event.payment });
  void take(core, event.payment, true, loadDesk);
}

/** A window takes over its own attempts; the leading one also those whose window is gone or whose sale stands aside. */
async function take(core: Core, payment: PaymentBody, leading: boolean, loadDesk: () => Promise<Desk>): Promise<void> {
  const row = await core.ports.ledger.run((database) => database.attempt.get(payment.id));
  if (!row.ok || row.value === undefined) return;
  const { window, parked } = row.value;
  const mine = window === core.ports.draft.window && parked === 0;
  if (mine || (leading && (parked === 1 || !(await core.ports.draft.isAlive(window)))))
    await (await loadDesk()).applyPayment(payment);
}

function hearWindow(core: Core, message: unknown, loadDesk: () => Promise<Desk>): void {
  const parsed = windowMessage.safeParse(message);
  if (!parsed.success) return;
  if (parsed.data.kind === "payment") void take(core, parsed.data.payment, false, loadDesk);
  if (parsed.data.kind === "refund") hearRefund(core, parsed.data.refund);
  if (parsed.data.kind === "hello" && core.leads) setOnline(core, core.state.get().connection.online);
  if (parsed.data.kind === "connection") {
    core.heardAt = parsed.data.lastHeardAt as Core["heardAt"];
    core.state.patch({ connection: { ...core.state.get().connection, online: parsed.data.online } });
  }
  if (parsed.data.kind === "catalogChanged") void refreshCatalog(core);
  if (parsed.data.kind === "ledgerChanged") {
    core.wakeDrain();
    void refreshOutbox(core);
    void refreshParked(core);
    void refreshTickets(core);
    void refreshSession(core).then(() => leaveClosedShift(core));
  }
}
