import type { CountBegun, NoteCount } from "../../domain/denominations.ts";
import type { Money } from "../../domain/money.ts";
import { inOrder, type Core } from "../core.ts";
import { beginCashMove, moveCash, openDrawer, reportShift, showShift } from "./shift.ts";
import { beginCount, countDrawer, keepCount, recountDrawer } from "./count-drawer.ts";
import { beginHandOver, closeShift, handOver, leaveHandOver } from "./hand-over.ts";
import { reprintShift, seekReport } from "./reprint-shift.ts";
import type { CashReason, DrawerReason } from "../../domain/journal.ts";
import type { PinChange } from "../people/asking.ts";
import { changeOwnPin } from "../people/own-pin.ts";
import { leaveUnopened, openShift } from "../people/sign-on.ts";

/** The drawer, the shift and whoever works in it. */
export type ShiftActions = {
  openShift(float: Money): Promise<void>;
  leaveUnopened(): void;
  /** Another PIN for whoever is signed on, who types the present one; only online. */
  changeOwnPin(pin: string, newPin: string): Promise<PinChange>;
  showShift(): Promise<void>;
  beginCashMove(move: "paidIn" | "paidOut"): void;
  moveCash(move: "paidIn" | "paidOut", amount: Money, reason: CashReason, slip: string): Promise<void>;
  openDrawer(reason: DrawerReason): Promise<void>;
  reportShift(): Promise<void>;
  reprintShift(): Promise<void>;
  beginCount(): Promise<void>;
  countDrawer(counted: Money): Promise<void>;
  /** What is typed of the count on screen, for as long as it is not given. */
  keepCount(begun: CountBegun): Promise<void>;
  recountDrawer(): Promise<void>;
  beginHandOver(): void;
  leaveHandOver(): void;
  /** `kept` stays in the drawer, the rest of what was counted is received by a second person. */
  handOver(kept: Money, notes: readonly NoteCount[]): Promise<void>;
  closeShift(): Promise<void>;
};

/** Each action one after the other with all others, so that two fast presses are two. */
export function shiftActions(core: Core): ShiftActions {
  return {
    openShift: (float) => inOrder(core, () => openShift(core, float)),
    leaveUnopened: () => leaveUnopened(core),
    // nothing else waits for the gateway's answer
    changeOwnPin: (pin, newPin) => changeOwnPin(core, pin, newPin),
    showShift: async () => {
      await inOrder(core, () => showShift(core));
      // beside the others: in a first shift it looks through all of it
      await seekReport(core);
    },
    beginCashMove: (move) => beginCashMove(core, move),
    moveCash: (move, amount, reason, slip) => inOrder(core, () => moveCash(core, move, amount, reason, slip)),
    openDrawer: (reason) => {
      const { counter } = core.state.get();
      return inOrder(core, () => openDrawer(core, reason, counter));
    },
    reportShift: () => inOrder(core, () => reportShift(core)),
    reprintShift: () => inOrder(core, () => reprintShift(core)),
    beginCount: () => inOrder(core, () => beginCount(core)),
    countDrawer: (counted) => inOrder(core, () => countDrawer(core, counted)),
    keepCount: (begun) => keepCount(core, begun),
    recountDrawer: () => inOrder(core, () => recountDrawer(core)),
    beginHandOver: () => beginHandOver(core),
    leaveHandOver: () => leaveHandOver(core),
    handOver: (kept, notes) => inOrder(core, () => handOver(core, kept, notes)),
    closeShift: () => inOrder(core, () => closeShift(core)),
  };
}
