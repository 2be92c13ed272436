import type { PaymentId, StaffId } from "../../domain/identifier.ts";
import type { Money } from "../../domain/money.ts";
import { backToGoods, cancelSecondPerson, chooseMethod, nextCustomer } from "../counter.ts";
import { inOrder, type Core } from "../core.ts";
import { abandonPayment, beginFreeing, freeOffline, parkPayment } from "./give-up.ts";
import { resumeParked, voidParked } from "./parked-sale.ts";
import { allowFragileStorage } from "../people/second-person.ts";
import { payBy, pressPay } from "./pay-by.ts";
import { stopAsking } from "../people/ask-on-phone.ts";
import { approvePending, askPending, goAlone } from "../people/permit.ts";
import { removeTender } from "./remove-tender.ts";
import { chooseTip, showCode } from "./show-code.ts";
import { choosePart } from "./take-payment.ts";
import { takeUnverified } from "./take-unverified.ts";
import type { PaymentChannel } from "../../domain/tender.ts";
import type { TenderMethod } from "../state.ts";
import { takeCash, type CashPart } from "./take-cash.ts";

/** From Pay to the result, and what stands aside. */
export type PayingActions = {
  beginTender(): Promise<void>;
  /** Pay and the way to pay in one press: cash, or a code shown for that wallet. */
  payBy(way: "cash" | PaymentChannel): Promise<void>;
  chooseMethod(method: TenderMethod): void;
  backToGoods(): void;
  /** `part`: less than what is due; the rest is paid another way. */
  takeCash(given: Money, part?: CashPart): Promise<void>;
  /** Has a code made for that wallet, and shows it. */
  showCode(channel: PaymentChannel): Promise<void>;
  chooseTip(tip: Money | null): void;
  /** How much of what is due the next payment by code is for; null: all of it. */
  choosePart(amount: Money | null): void;
  takeUnverified(channel: PaymentChannel, tail: string): Promise<void>;
  /** Takes the tender at this place (0 the first) off again. */
  removeTender(at: number): Promise<void>;
  abandonPayment(): Promise<void>;
  parkPayment(): Promise<void>;
  beginFreeing(): void;
  freeOffline(approver: StaffId, pin: string): Promise<void>;
  allowFragileStorage(approver: StaffId, pin: string): Promise<void>;
  /** The second person's PIN for whatever waits for it. */
  approve(approver: StaffId, pin: string): Promise<void>;
  /** Asks the second person on their own phone, for whatever waits. */
  askOnPhone(reason: string): Promise<void>;
  stopAsking(): Promise<void>;
  /** The cashier's own PIN again and why, where the shop's table lets one do it alone. */
  goAlone(reason: string, pin: string): Promise<void>;
  cancelSecondPerson(): Promise<void>;
  resumeParked(attempt: PaymentId): Promise<void>;
  voidParked(attempt: PaymentId): Promise<void>;
  nextCustomer(): void;
};

/** Each action one after the other with all others, so that two fast presses are two. */
export function payingActions(core: Core): PayingActions {
  return {
    beginTender: () => inOrder(core, () => pressPay(core)),
    payBy: (way) => inOrder(core, () => payBy(core, way)),
    chooseMethod: (method) => chooseMethod(core, method),
    backToGoods: () => backToGoods(core),
    takeCash: (given, part) => {
      const isPressedTwice = part === "part" ? partTakenSince(core) : () => false;
      return inOrder(core, async () => (isPressedTwice() ? undefined : takeCash(core, given, part)));
    },
    showCode: (channel) => inOrder(core, () => showCode(core, channel)),
    chooseTip: (tip) => chooseTip(core, tip),
    choosePart: (amount) => choosePart(core, amount),
    takeUnverified: (channel, tail) => inOrder(core, () => takeUnverified(core, channel, tail)),
    removeTender: async (at) => {
      const tender = core.state.get().sale?.tenders[at];
      if (tender !== undefined) await inOrder(core, () => removeTender(core, tender));
    },
    abandonPayment: () => inOrder(core, () => abandonPayment(core)),
    parkPayment: () => inOrder(core, () => parkPayment(core)),
    beginFreeing: () => beginFreeing(core),
    freeOffline: (approver, pin) => inOrder(core, () => freeOffline(core, approver, pin)),
    allowFragileStorage: (approver, pin) => inOrder(core, () => allowFragileStorage(core, approver, pin)),
    approve: (approver, pin) => inOrder(core, () => approve(core, approver, pin)),
    askOnPhone: (reason) => askPending(core, reason),
    stopAsking: () => stopAsking(core),
    goAlone: (reason, pin) => inOrder(core, () => goAlone(core, reason, pin)),
    cancelSecondPerson: () => inOrder(core, () => cancelSecondPerson(core)),
    resumeParked: (attempt) => inOrder(core, () => resumeParked(core, attempt)),
    voidParked: (attempt) => inOrder(core, () => voidParked(core, attempt)),
    nextCustomer: () => nextCustomer(core),
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

/** Whether a tender came into the sale, or another sale onto the screen, since now: a part is pressed once for what is due then. */
function partTakenSince(core: Core): () => boolean {
  const { sale: before } = core.state.get();
  return () => {
    const { sale } = core.state.get();
    return sale?.id !== before?.id || sale?.tenders.length !== before?.tenders.length;
  };
}
