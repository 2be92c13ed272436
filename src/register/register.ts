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
import { backToGoods, cancelSecondPerson, chooseMethod, nextCustomer, openDiscount, openLine } from "./counter.ts";
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
import { discountLine, discountSale, overridePrice } from "./price-lines.ts";
import { approvePending } from "./permit.ts";
import { findSale, openFind, openFound } from "./find-sale.ts";
import { returnGoods, type ReturnPick } from "./return-goods.ts";
import { giveBack } from "./settle-return.ts";
import { hearRefund } from "./hear-refund.ts";
import { removeTender } from "./remove-tender.ts";
import { chooseTip, showCode } from "./show-code.ts";
import { takeUnverified } from "./take-unverified.ts";
import { holdSale, showHeld, takeUp, takeUpElsewhere } from "./take-up-ticket.ts";
import { refreshTickets } from "./tickets.ts";
import { beginCashMove, moveCash, openDrawer, reportShift, showShift } from "./shift.ts";
import { beginCount, closeShift, countDrawer, recountDrawer } from "./count-drawer.ts";
import type { FoundSale } from "./found-sale.ts";
import type { DiscountRule } from "../domain/discount.ts";
import type { CashReason, DrawerReason } from "../domain/journal.ts";
import type { OverrideReason } from "../domain/sale-line.ts";
import type { PaymentChannel } from "../domain/tender.ts";
import { showCustomer } from "./show-customer.ts";
import { leaveUnopened, openShift, signOff, signOn } from "./sign-on.ts";
import { startRegister } from "./start-register.ts";
import type { RegisterState, TenderMethod } from "./state.ts";
import { takeCash, type CashPart } from "./take-cash.ts";

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
  beginTender(): Promise<void>;
  chooseMethod(method: TenderMethod): void;
  backToGoods(): void;
  /** `part`: less than what is due; the rest is paid another way. */
  takeCash(given: Money, part?: CashPart): Promise<void>;
  /** Has a code made for that wallet, and shows it. */
  showCode(channel: PaymentChannel): Promise<void>;
  chooseTip(tip: Money | null): void;
  takeUnverified(channel: PaymentChannel, tail: string): Promise<void>;
  /** Takes the tender at this place (0 the first) off again. */
  removeTender(at: number): Promise<void>;
  /** Opens a line's price and discount, or the whole sale's discount. */
  openLine(line: number): void;
  openDiscount(): void;
  discountLine(line: number, discount: DiscountRule | null): Promise<void>;
  discountSale(discount: DiscountRule | null): Promise<void>;
  overridePrice(line: number, unitPrice: Money, reason: OverrideReason): Promise<void>;
  /** The second person's PIN for whatever waits for it. */
  approve(approver: StaffId, pin: string): Promise<void>;
  openFind(): void;
  findSale(query: string): Promise<void>;
  openFound(sale: FoundSale): void;
  returnGoods(sale: FoundSale, picks: readonly ReturnPick[]): Promise<void>;
  giveBack(): Promise<void>;
  holdSale(): Promise<void>;
  showHeld(): Promise<void>;
  takeUp(sale: SaleId): Promise<void>;
  takeUpElsewhere(sale: SaleId): Promise<void>;
  openShift(float: Money): Promise<void>;
  leaveUnopened(): void;
  showShift(): Promise<void>;
  beginCashMove(move: "paidIn" | "paidOut"): void;
  moveCash(move: "paidIn" | "paidOut", amount: Money, reason: CashReason, slip: string): Promise<void>;
  openDrawer(reason: DrawerReason): Promise<void>;
  reportShift(): Promise<void>;
  beginCount(): Promise<void>;
  countDrawer(counted: Money): Promise<void>;
  recountDrawer(): void;
  closeShift(): Promise<void>;
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
    beginTender: () => inOrder(core, async () => void (await beginTender(core))),
    chooseMethod: (method) => chooseMethod(core, method),
    backToGoods: () => backToGoods(core),
    takeCash: (given, part) => inOrder(core, () => takeCash(core, given, part)),
    showCode: (channel) => inOrder(core, () => showCode(core, channel)),
    chooseTip: (tip) => chooseTip(core, tip),
    takeUnverified: (channel, tail) => inOrder(core, () => takeUnverified(core, channel, tail)),
    removeTender: (at) => inOrder(core, () => removeTender(core, at)),
    openLine: (line) => openLine(core, line),
    openDiscount: () => openDiscount(core),
    discountLine: (line, discount) => inOrder(core, () => discountLine(core, line, discount)),
    discountSale: (discount) => inOrder(core, () => discountSale(core, discount)),
    overridePrice: (line, price, reason) => inOrder(core, () => overridePrice(core, line, price, reason)),
    approve: (approver, pin) => inOrder(core, () => approve(core, approver, pin)),
    openFind: () => openFind(core),
    findSale: (query) => inOrder(core, () => findSale(core, query)),
    openFound: (sale) => openFound(core, sale),
    returnGoods: (sale, picks) => inOrder(core, () => returnGoods(core, sale, picks)),
    giveBack: () => inOrder(core, () => giveBack(core)),
    holdSale: () => inOrder(core, () => holdSale(core)),
    showHeld: () => inOrder(core, () => showHeld(core)),
    takeUp: (sale) => inOrder(core, () => takeUp(core, sale)),
    takeUpElsewhere: (sale) => inOrder(core, () => takeUpElsewhere(core, sale)),
    ...shiftActions(core),
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

type ShiftActions = Pick<
  Register,
  | "openShift"
  | "leaveUnopened"
  | "showShift"
  | "beginCashMove"
  | "moveCash"
  | "openDrawer"
  | "reportShift"
  | "beginCount"
  | "countDrawer"
  | "recountDrawer"
  | "closeShift"
>;

function shiftActions(core: Core): ShiftActions {
  return {
    openShift: (float) => inOrder(core, () => openShift(core, float)),
    leaveUnopened: () => leaveUnopened(core),
    showShift: () => inOrder(core, () => showShift(core)),
    beginCashMove: (move) => beginCashMove(core, move),
    moveCash: (move, amount, reason, slip) => inOrder(core, () => moveCash(core, move, amount, reason, slip)),
    openDrawer: (reason) => inOrder(core, () => openDrawer(core, reason)),
    reportShift: () => inOrder(core, () => reportShift(core)),
    beginCount: () => inOrder(core, () => beginCount(core)),
    countDrawer: (counted) => inOrder(core, () => countDrawer(core, counted)),
    recountDrawer: () => recountDrawer(core),
    closeShift: () => inOrder(core, () => closeShift(core)),
  };
}

/** A payment freed offline and storage that may be dropped have their own ends; everything else waits as one act. */
async function approve(core: Core, approver: StaffId, pin: string): Promise<void> {
  const { counter } = core.state.get();
  if (counter.kind !== "secondPerson") return;
  if (counter.act === "freeAttemptOffline" && core.pending === null) return freeOffline(core, approver, pin);
  if (counter.act === "sellOnFragileStorage" && core.pending === null) return allowFragileStorage(core, approver, pin);
  await approvePending(core, approver, pin);
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
