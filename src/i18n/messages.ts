import type { PayingWords } from "./paying-words.ts";
import type { Told } from "./told.ts";
import type { PaymentChannel } from "../domain/tender.ts";
import type { PrinterStatus } from "../domain/printer-status.ts";
import type { Role } from "../domain/staff.ts";

/** Every sentence of till and display. A parameter is a function argument, so that a language may reorder and pluralise. */
export type Messages = PayingWords & {
  readonly app: string;
  readonly channel: { readonly [C in PaymentChannel | "bestpay"]: string };
  readonly role: { readonly [R in Role]: string };
  readonly till: (label: string) => string;
  /** What a ticket holds: goods sold, and goods that come back; nothing for neither. */
  readonly counted: (sold: number, returned: number) => string;
  readonly perKg: string;
  readonly seconds: string;
  readonly activation: {
    readonly title: string;
    readonly text: string;
    readonly label: string;
    readonly go: string;
    readonly busy: string;
    readonly refusal: { readonly [R in "codeInvalid" | "tooManyTries" | "noAnswer" | "storage"]: string };
  };
  readonly signOn: {
    readonly title: string;
    readonly pin: (min: number) => string;
    readonly entered: (count: number) => string;
    readonly choose: string;
    readonly go: string;
    readonly busy: string;
    readonly clear: string;
    readonly back: string;
    readonly locked: (until: string) => string;
    readonly noPeople: Told;
    readonly sessionSince: (time: string) => string;
    readonly refusal: {
      readonly [
        R in "wrongPin" | "locked" | "listExpired" | "unknownPerson" | "badForm" | "notEntitled" | "knownPin"
      ]: string;
    };
  };
  readonly openShift: {
    readonly title: string;
    readonly text: string;
    readonly float: string;
    readonly count: string;
    readonly go: string;
    readonly back: string;
    /** Of what was typed: what the shift before left there, what comes from the safe, what is missing. */
    readonly left: string;
    readonly fromSafe: string;
    readonly missing: string;
  };
  readonly goods: {
    readonly scanHint: string;
    readonly scanHintShort: string;
    readonly camera: string;
    readonly cameraStop: string;
    readonly favourites: string;
    readonly nothingFound: (text: string) => Told;
    /** Under the hits of a search that found more than are shown. */
    readonly moreFound: (shown: number) => string;
    readonly loading: (have: number, total: number) => string;
    readonly offer: string;
    readonly cameraRefusal: {
      readonly [R in "refused" | "noCamera" | "inUse" | "unsupported" | "decoderFailed"]: string;
    };
    readonly cameraAim: string;
  };
  readonly weigh: {
    readonly item: string;
    readonly title: (name: string) => string;
    readonly price: (price: string) => string;
    readonly go: string;
    readonly cancel: string;
  };
  readonly ticket: {
    readonly title: string;
    readonly empty: Told;
    /** With what `counted` says. */
    readonly total: (counted: string) => string;
    /** In place of `total` where discount, tax or rounding follow. */
    readonly subtotal: (counted: string) => string;
    /** In the prices already: told, not taken off. */
    readonly saved: string;
    readonly due: string;
    readonly pay: string;
    readonly void: string;
    readonly voidSure: string;
    readonly back: string;
    readonly less: (name: string) => string;
    readonly more: (name: string) => string;
    readonly quantity: (name: string) => string;
    readonly remove: (name: string) => string;
    readonly removed: (name: string) => string;
    readonly undo: string;
    readonly listPrice: (price: string) => string;
    readonly open: string;
    readonly close: string;
    readonly discount: string;
    readonly openLine: (name: string) => string;
    readonly lineDiscount: (amount: string) => string;
    readonly priceChanged: (price: string) => string;
    readonly label: string;
    readonly deposit: string;
    readonly returned: string;
    readonly saleDiscount: string;
    readonly rounding: string;
    readonly taxOnTop: string;
    readonly giveBack: string;
    readonly payBack: string;
    readonly moneyOnly: string;
    readonly hold: string;
    readonly takeUp: string;
    readonly waiting: (count: number) => string;
    readonly return: string;
  };
  readonly parked: {
    readonly title: (count: number) => string;
    readonly asking: string;
    readonly undoing: string;
    readonly unpaid: string;
    readonly resume: string;
    readonly void: string;
    readonly sale: (first: string, count: number) => string;
  };
  readonly sales: {
    readonly title: string;
    readonly summary: (count: number, total: string) => string;
    /** Opens the day's figures by hour and by how it was paid. */
    readonly dayFigures: string;
    readonly hourOfDay: (hour: number) => string;
    readonly receiptCount: (count: number) => string;
    /** A payment that nobody has proved. */
    readonly unverified: (channel: string) => string;
    readonly empty: Told;
    readonly reprint: string;
    readonly return: string;
    readonly back: string;
    readonly cash: string;
    readonly copies: (count: number) => string;
    readonly export: string;
    readonly exportUnsent: (count: number) => string;
  };
  readonly notice: {
    readonly unknownCode: (code: string) => string;
    readonly noPaymentCode: (code: string) => string;
    readonly emptySale: string;
    readonly channelUnavailable: (channel: string) => string;
    readonly parkedPaid: (amount: string, receipt: string) => string;
    readonly parkedUnpaid: (amount: string) => string;
    readonly goesBack: (amount: string, channel: string, online: boolean) => string;
    readonly notedOff: (amount: string, channel: string) => string;
    readonly refundTrouble: (amount: string, channel: string) => string;
    readonly slip: (typed: string, due: string | null) => string;
    readonly drawerShut: string;
    readonly reportUnprinted: string;
    readonly reportNoPrinter: string;
    readonly refused: { readonly [R in RefusedWhy]: string };
    readonly dismiss: string;
  };
  readonly strip: {
    readonly cashier: (name: string) => string;
    readonly offline: string;
    readonly clockOff: (minutes: number) => string;
    readonly unsent: (count: number, since: string | null) => string;
    readonly fragile: string;
    readonly printer: (status: PrinterStatus) => string | null;
    readonly paper: string;
    readonly pairPrinter: string;
    readonly pairScanner: Readonly<Record<"hid" | "serial", string>>;
    readonly display: string;
    readonly sales: string;
    readonly shift: string;
    readonly cut: string;
    readonly keys: string;
    readonly ownPin: string;
    readonly more: string;
    readonly signOff: string;
    readonly language: string;
    readonly update: string;
    readonly install: string;
    readonly installNot: string;
  };
  readonly broken: { readonly [K in "notActivated" | "wiped" | "stuck" | "full" | "failed" | "revoked"]: Told };
};

export type RefusedWhy =
  | "notNow"
  | "attemptLive"
  | "balanceOpen"
  | "nothingToPay"
  | "noLines"
  | "hasTenders"
  | "noSuchLine"
  | "tooManyLines"
  | "overpaid"
  | "otherAttempt"
  | "noDiscount"
  | "returnedTwice"
  | "otherOriginal"
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
  | "payFirst"
  | "tooLittle"
  | "tooMuch"
  | "tooEarly"
  | "weighFirst"
  | "offline"
  | "waitForPayment"
  | "notPermitted"
  | "shiftOver"
  | "notInCoins"
  | "notLess";
