import { sleep } from "../../src/domain/clock.ts";
import type { StaffId } from "../../src/domain/identifier.ts";
import { money, type Money } from "../../src/domain/money.ts";
import { balanceOf } from "../../src/domain/sale.ts";
import type { Register } from "../../src/register/register.ts";
import type { RegisterState } from "../../src/register/state.ts";
import type { Dice } from "./seeded.ts";
import type { RunningTill } from "./simulated-processes.ts";
import { never, type VirtualTime } from "./virtual-time.ts";

/** How often, in a hundred customers, each thing comes up. */
export type Mix = {
  readonly returns: number;
  readonly holds: number;
  readonly takesUp: number;
  readonly shift: number;
  readonly discounts: number;
  readonly splits: number;
  readonly cash: number;
  readonly shownCodes: number;
};

export const usualMix: Mix = {
  returns: 30,
  holds: 8,
  takesUp: 25,
  shift: 6,
  discounts: 18,
  splits: 14,
  cash: 32,
  shownCodes: 45,
};

/** What the cashiers of one store know of each other: receipts given, and the one that both want to take back. */
export type Floor = { codes: number; readonly receipts: string[]; wanted: string | null };

/** A cashier: a till that may be gone for a while, people's PINs, and a hand that the seed moves. */
export type Hand = {
  readonly time: VirtualTime;
  readonly dice: Dice;
  readonly till: () => RunningTill | null;
  readonly pins: ReadonlyMap<string, string>;
  readonly floor: Floor;
  readonly mix: Mix;
  /** Called before each press; may kill the till in the middle of what the press does. */
  readonly beforePress: () => void;
};

/** More looks at the screen than this for one customer would be a till that is stuck. */
export const looksMax = 600;
/** How long a cashier reads a question before the answer. */
export const readsMs = 1_000;
const cashiers = ["staff-1", "staff-2"] as const;
const supervisor = "staff-4" as StaffId;
const manager = "staff-5" as StaffId;
/** Above this a supervisor's yes is not enough, whatever the act is sized by. */
const supervisorMax = 3_000;

/** What stands on the till's screen; null while there is no till. */
export function stateOf(hand: Hand): RegisterState | null {
  return hand.till()?.register.state.get() ?? null;
}

/** What is still to be paid of the sale on the screen. */
export function dueOf(state: RegisterState): Money {
  return state.sale === null ? yuan(0) : balanceOf(state.sale);
}

/** One press, or as much of it as the till lives to do. */
export async function press(hand: Hand, does: (register: Register) => Promise<void> | void): Promise<void> {
  const till = hand.till();
  if (till === null) return pause(hand, 500);
  const gone = new Promise<void>((resolve) => void till.process.onKill(resolve));
  hand.beforePress();
  await Promise.race([gone, till.process.isAlive() ? does(till.register) : never<void>()]);
}

export function pause(hand: Hand, ms: number): Promise<void> {
  return sleep(hand.time.clock, ms);
}

/** Waits for a till, signs somebody on and opens the shift. */
export async function toSelling(hand: Hand): Promise<void> {
  for (let tries = 0; tries < looksMax; tries++) {
    const state = stateOf(hand);
    if (state?.phase === "selling") return;
    if (state?.phase === "broken") throw new Error(`storage broke: ${JSON.stringify(state.storage.fault)}`);
    if (state?.phase === "signOn") {
      const who = hand.dice.pick(cashiers);
      const pin = hand.dice.chance(3) ? "000000" : (hand.pins.get(who) ?? "");
      await press(hand, (register) => register.signOn(who as StaffId, pin));
    }
    if (stateOf(hand)?.phase === "openShift") await press(hand, (register) => register.openShift(yuan(200)));
    // less than the shift before left is asked about first
    if (stateOf(hand)?.phase !== "selling") await pause(hand, 700);
  }
  throw new Error("nobody can sign on");
}

/** The second person comes, or the question is left. */
export async function secondPerson(hand: Hand, state: RegisterState): Promise<void> {
  const { counter } = state;
  if (counter.kind !== "secondPerson") return;
  if (counter.refusal !== null || hand.dice.chance(8)) return press(hand, (register) => register.cancelSecondPerson());
  const by = counter.size > supervisorMax ? manager : supervisor;
  const { attempt } = counter;
  await press(hand, (register) =>
    attempt !== null && counter.act === "freeAttemptOffline"
      ? register.freeOffline(by, hand.pins.get(by) ?? "")
      : register.approve(by, hand.pins.get(by) ?? ""),
  );
}

/** So many yuan, or with `fen` so many fen. */
export function yuan(whole: number, fen = 0): Money {
  return money(whole * 100 + fen, "CNY");
}
