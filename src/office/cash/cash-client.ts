import {
  depositMade,
  officeCash,
  safeCountedAnswer,
  type OfficeCash,
  type SafeCountedAnswer,
} from "../../contract/cash.ts";
import type { NoteCount } from "../../domain/denominations.ts";
import { call, type Answer } from "../office-client.ts";
import { orProposed, withApproval, type OrProposed } from "../people/people-client.ts";

export type DepositTyped = {
  readonly store: string;
  readonly bank: string;
  readonly slip: string;
  readonly amount: number;
  readonly notes: readonly NoteCount[];
  readonly takenBy: string;
};

/** The office's way to a store's cash. */
export const cashClient = {
  /** `isBlind`: for whoever counts and is told no sum. */
  cash: (store: string, days: number, isBlind: boolean): Answer<OfficeCash> =>
    call("GET", `cash${isBlind ? "/blind" : ""}?${new URLSearchParams({ store, days: String(days) })}`, officeCash),
  count: (
    counted: {
      readonly store: string;
      readonly counted: number;
      readonly notes: readonly NoteCount[];
      readonly opening: boolean;
    },
    approval?: string,
  ): Answer<OrProposed<SafeCountedAnswer>> =>
    call("POST", "cash/counts", orProposed(safeCountedAnswer), { ...withApproval(approval), ...counted }),
  deposit: (typed: DepositTyped, approval?: string): Answer<OrProposed<{ id: string }>> =>
    call("POST", "cash/deposits", orProposed(depositMade), { ...withApproval(approval), ...typed }),
  takeBack: (
    back: { readonly store: string; readonly id: string; readonly reason: string },
    approval?: string,
  ): Answer<OrProposed<{ id: string }>> =>
    call("POST", "cash/take-backs", orProposed(depositMade), { ...withApproval(approval), ...back }),
};
