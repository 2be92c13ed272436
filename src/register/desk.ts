import type { PaymentBody } from "../contract/payment.ts";
import type { AttemptRow } from "../storage/database.ts";
import type { Core } from "./core.ts";
import { payingActions, type PayingActions } from "./paying/paying-actions.ts";
import type { MessageChannelLike } from "./ports.ts";
import { applyPayment } from "./paying/resolve-payment.ts";
import { returningActions, type ReturningActions } from "./returning/returning-actions.ts";
import { sellingActions, type SellingActions } from "./selling/selling-actions.ts";
import { shiftActions, type ShiftActions } from "./shift/shift-actions.ts";
import { showCustomer } from "./show-customer.ts";
import { takeOver } from "./paying/take-over.ts";

/** Everything a cashier can do once signed on. */
export type Actions = SellingActions & PayingActions & ReturningActions & ShiftActions;

/** Customer displays: those this window opened, and those opened by address alone, which follow the leading window. */
export type Displays = { readonly own: MessageChannelLike; readonly any: MessageChannelLike };

/** The work behind the first screen: the cashier's actions, and what ends payments whoever began them. */
export type Desk = {
  readonly actions: Actions;
  /** Applies what became of a payment. */
  applyPayment(payment: PaymentBody): Promise<void>;
  /** Looks after attempts whose window is gone. */
  takeOver(attempts: readonly AttemptRow[]): Promise<void>;
};

/** The desk over `core`; from now on the customer sees the sale. */
export function openDesk(core: Core, displays: Displays): Desk {
  showCustomer(core, displays.own);
  showCustomer(core, displays.any, () => core.leads);
  return {
    actions: {
      ...sellingActions(core),
      ...payingActions(core),
      ...returningActions(core),
      ...shiftActions(core),
    },
    applyPayment: (payment) => applyPayment(core, payment),
    takeOver: (attempts) => takeOver(core, attempts),
  };
}
