import type { CashReason, DrawerReason } from "./journal.ts";
import type { OverrideReason, ReturnReason } from "./sale-line.ts";

/** Why another is asked at a till, as it was chosen there from the reasons of its act. */
export type AskedWhy = CashReason | DrawerReason | OverrideReason | ReturnReason;
