import type { Instant } from "../../domain/clock.ts";
import type { CountBegun } from "../../domain/denominations.ts";
import type { CashReason } from "../../domain/journal.ts";
import type { Money } from "../../domain/money.ts";
import type { ShiftTotals } from "../../domain/shift.ts";

/** What is typed of money in or out. */
export type CashMoveBegun = { readonly amount: Money; readonly reason: CashReason; readonly slip: string };

/** The drawer and the shift. */
export type ShiftCounter =
  | { readonly kind: "shift"; readonly totals: ShiftTotals | null }
  /** `begun`: what was typed when a second person was asked for, and nobody agreed. */
  | { readonly kind: "cashMove"; readonly move: "paidIn" | "paidOut"; readonly begun?: CashMoveBegun }
  /** A blind count; afterwards what it came to, and the choice to count once more or to close. `begun`: what was typed of it before. */
  | {
      readonly kind: "count";
      readonly nth: number;
      readonly result: CountOutcome | null;
      readonly begun?: CountBegun;
    }
  /** How much of what was counted is handed over, and how much stays for the next shift. */
  | { readonly kind: "handOver"; readonly nth: number; readonly result: CountOutcome };

/** What a count came to. Till's clock: the shift does not close before `closeFrom`. */
export type CountOutcome = { readonly counted: Money; readonly expected: Money; readonly closeFrom: Instant };
