import { windowMessage } from "../contract/windows.ts";
import type { TillEvent } from "../contract/events.ts";
import type { StaffId } from "../domain/identifier.ts";
import type { PaymentBody } from "../contract/payment.ts";
import { leadWhenFree, type LeaderLocks } from "../sync/leadership.ts";
import { activateTill } from "./activate-till.ts";
import { createCore, hasTicket, inOrder, tell, type Core } from "./core.ts";
import { lead, setOnline } from "./lead.ts";
import { refreshCatalog } from "./load-catalog.ts";
import type { Observable } from "./observable.ts";
import { refreshOutbox } from "./outbox-state.ts";
import { refreshParked } from "./parked.ts";
import type { MessageChannelLike, RegisterPorts } from "./ports.ts";
import { applyPayment } from "./resolve-payment.ts";
import { hearRefund } from "./hear-refund.ts";
import { refreshTickets } from "./tickets.ts";
import { showCustomer } from "./show-customer.ts";
import { signOff, signOn } from "./sign-on.ts";
import { startRegister } from "./start-register.ts";
import type { RegisterState } from "./state.ts";
import { sellingActions, type SellingActions } from "./selling-actions.ts";
import { payingActions, type PayingActions } from "./paying-actions.ts";
import { returningActions, type ReturningActions } from "./returning-actions.ts";
import { shiftActions, type ShiftActions } from "./shift-actions.ts";

/** One window's till: what it shows, and everything a cashier can do. */
export type Register = SellingActions &
  PayingActions &
  ReturningActions &
  ShiftActions & {
    readonly state: Observable<RegisterState>;
    activate(typedCode: string): Promise<void>;
    signOn(staff: StaffId, pin: string): Promise<void>;
    signOff(): void;
    pairPrinter(): Promise<void>;
    dismissNotice(): void;
    /** The platform's hint that the network came or went; the gateway's own answers decide. */
    networkChanged(online: boolean): void;
    /** True when this window may be reloaded: no sale open, nothing in doubt on its screen. */
    isIdle(): boolean;
    stop(): void;
  };

/** Customer displays: those this window opened, and those opened by address alone, which follow the leading window. */
export type Displays = { readonly own: MessageChannelLike; readonly any: MessageChannelLike };

/** Starts the till of one window. */
export function createRegister(ports: RegisterPorts, displays: Displays, locks: LeaderLocks): Register {
  const core = createCore(ports);
  const abort = new AbortController();
  const begin = (): void =>
    leadWhenFree(locks, () => {
      core.leads = true;
      return lead(core, (event) => hear(core, event, true), abort.signal);
    });
  ports.windows.listen((message) => hearWindow(core, message));
  ports.printer.subscribe(() =>
    core.state.patch({ printer: { status: ports.printer.status(), queued: ports.printer.queueLength() } }),
  );
  // who leaves the question has not been answered: another one must not find it waiting
  core.state.subscribe((state) => {
    if (state.counter.kind !== "secondPerson") core.pending = null;
  });
  showCustomer(core, displays.own);
  showCustomer(core, displays.any, () => core.leads);
  ports.windows.post({ kind: "hello", v: 1 });
  void startRegister(core, begin);
  return {
    state: core.state,
    ...sellingActions(core),
    ...payingActions(core),
    ...returningActions(core),
    ...shiftActions(core),
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

function hear(core: Core, event: TillEvent, leading: boolean): void {
  if (event.kind === "refund") {
    core.ports.windows.post({ kind: "refund", v: 1, refund: event.refund });
    return hearRefund(core, event.refund);
  }
  if (event.kind !== "payment") return;
  core.ports.windows.post({ kind: "payment", v: 1, payment: event.payment });
  void take(core, event.payment, leading);
}

/** A window takes over its own attempts; the leading one also those whose window is gone or whose sale stands aside. */
async function take(core: Core, payment: PaymentBody, leading: boolean): Promise<void> {
  const row = await core.ports.ledger.run((database) => database.attempt.get(payment.id));
  if (!row.ok || row.value === undefined) return;
  const { window, parked } = row.value;
  const mine = window === core.ports.draft.window && parked === 0;
  if (mine || (leading && (parked === 1 || !(await core.ports.draft.isAlive(window)))))
    await applyPayment(core, payment);
}

function hearWindow(core: Core, message: unknown): void {
  const parsed = windowMessage.safeParse(message);
  if (!parsed.success) return;
  if (parsed.data.kind === "payment") void take(core, parsed.data.payment, false);
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
  }
}
