import { windowMessage } from "../contract/windows.ts";
import type { TillEvent } from "../contract/events.ts";
import type { PaymentId, SaleId, StaffId } from "../domain/identifier.ts";
import type { Product } from "../domain/item.ts";
import type { Money } from "../domain/money.ts";
import type { Quantity } from "../domain/quantity.ts";
import type { PaymentBody } from "../contract/payment.ts";
import { leadWhenFree, type LeaderLocks } from "../sync/leadership.ts";
import { activateTill } from "./activate-till.ts";
import { beginTender } from "./begin-tender.ts";
import { backToGoods, cancelSecondPerson, chooseMethod, nextCustomer } from "./counter.ts";
import { createCore, hasTicket, inOrder, tell, type Core } from "./core.ts";
import { showDaysSales, reprint } from "./days-sales.ts";
import { abandonPayment, beginFreeing, freeOffline, parkPayment } from "./give-up.ts";
import { lead, setOnline } from "./lead.ts";
import { refreshCatalog, searchCatalog } from "./load-catalog.ts";
import type { Observable } from "./observable.ts";
import { refreshOutbox } from "./outbox-state.ts";
import { refreshParked } from "./parked.ts";
import { resumeParked, voidParked, voidSale } from "./parked-sale.ts";
import type { MessageChannelLike, RegisterPorts } from "./ports.ts";
import { applyPayment } from "./resolve-payment.ts";
import { addProduct, removeLine, scan, setQuantity, undoRemove } from "./scan-item.ts";
import { allowFragileStorage } from "./second-person.ts";
import { showCustomer } from "./show-customer.ts";
import { signOff, signOn } from "./sign-on.ts";
import { startRegister } from "./start-register.ts";
import type { RegisterState } from "./state.ts";
import { takeCash } from "./take-cash.ts";

/** One window's till: what it shows, and everything a cashier can do. */
export type Register = {
  readonly state: Observable<RegisterState>;
  activate(typedCode: string): Promise<void>;
  signOn(staff: StaffId, pin: string): Promise<void>;
  signOff(): void;
  scan(text: string): Promise<void>;
  /** Products that hold every word of `text`, best first. */
  search(text: string): Promise<readonly Product[]>;
  inCategory(category: string): readonly Product[];
  /** `amount` for goods sold by weight. */
  add(product: Product, amount?: Quantity): Promise<void>;
  setQuantity(line: number, count: number): void;
  remove(line: number): void;
  undoRemove(): void;
  voidSale(): Promise<void>;
  beginTender(): void;
  chooseMethod(method: "code" | "cash"): void;
  backToGoods(): void;
  takeCash(given: Money): Promise<void>;
  abandonPayment(): Promise<void>;
  parkPayment(): Promise<void>;
  beginFreeing(): void;
  freeOffline(approver: StaffId, pin: string): Promise<void>;
  cancelSecondPerson(): Promise<void>;
  allowFragileStorage(approver: StaffId, pin: string): Promise<void>;
  resumeParked(attempt: PaymentId): Promise<void>;
  voidParked(attempt: PaymentId): Promise<void>;
  nextCustomer(): void;
  showDaysSales(): Promise<void>;
  reprint(sale: SaleId): Promise<void>;
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
  showCustomer(core, displays.own);
  showCustomer(core, displays.any, () => core.leads);
  ports.windows.post({ kind: "hello", v: 1 });
  void startRegister(core, begin);
  return {
    state: core.state,
    activate: (code) => activateTill(core, code, begin),
    signOn: (staff, pin) => inOrder(core, () => signOn(core, staff, pin)),
    signOff: () => signOff(core),
    scan: (text) => inOrder(core, () => scan(core, text)),
    search: (text) => searchCatalog(core, text),
    inCategory: (category) => core.catalog.byCategory(category),
    add: (product, amount) => inOrder(core, () => addProduct(core, product, amount)),
    setQuantity: (line, count) => setQuantity(core, line, count),
    remove: (line) => removeLine(core, line),
    undoRemove: () => undoRemove(core),
    voidSale: () => inOrder(core, () => voidSale(core)),
    beginTender: () => void beginTender(core),
    chooseMethod: (method) => chooseMethod(core, method),
    backToGoods: () => backToGoods(core),
    takeCash: (given) => inOrder(core, () => takeCash(core, given)),
    abandonPayment: () => inOrder(core, () => abandonPayment(core)),
    parkPayment: () => inOrder(core, () => parkPayment(core)),
    beginFreeing: () => beginFreeing(core),
    freeOffline: (approver, pin) => inOrder(core, () => freeOffline(core, approver, pin)),
    allowFragileStorage: (approver, pin) => inOrder(core, () => allowFragileStorage(core, approver, pin)),
    cancelSecondPerson: () => inOrder(core, () => cancelSecondPerson(core)),
    resumeParked: (attempt) => inOrder(core, () => resumeParked(core, attempt)),
    voidParked: (attempt) => inOrder(core, () => voidParked(core, attempt)),
    nextCustomer: () => nextCustomer(core),
    showDaysSales: () => inOrder(core, () => showDaysSales(core)),
    reprint: (sale) => reprint(core, sale),
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
  }
}
