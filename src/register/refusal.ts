import type { SaleRefusal } from "../domain/sale.ts";

/** Why an action was not done; the screen has words for each. */
export type Refusal =
  | SaleRefusal
  | "payFirst"
  | "tooLittle"
  | "tooMuch"
  | "tooEarly"
  | "weighFirst"
  | "offline"
  | "waitForPayment"
  | "notPermitted"
  | "askInstead"
  | "unverifiedCap"
  | "tailNeeded"
  | "taxChanged"
  | "tooManyHeld"
  | "takenElsewhere"
  | "saleNotFound"
  | "nothingLeft"
  | "heldElsewhere"
  | "heldAnew"
  | "offlineCap"
  | "countUntrue"
  | "saleOpen"
  | "cashInTicket"
  | "catalogLoading"
  | "noReportYet"
  | "holderSilent"
  | "noAnswer"
  | "shiftOver"
  | "notInCoins"
  | "notLess";
