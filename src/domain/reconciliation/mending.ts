import type { BreakClass } from "./verdict.ts";

/** How a break is mended (`books.md` 4). */
export type MendingAction =
  /** Ask the provider now, or fetch the bill again. */
  | "ask"
  /** Look at it again at a time that is named. */
  | "wait"
  /** Count what the provider has as captured: a sale counts it already. */
  | "adopt"
  /** 补单: complete the sale from what was frozen when it was paid. */
  | "completeSale"
  | "refund"
  | "resendRefund"
  /** The payer has been paid another way, with proof. */
  | "payOtherwise"
  /** An outside refund as a return of its sale. */
  | "adoptRefund"
  /** The bill's fee stands. */
  | "takeFee"
  /** The rate is another from a day on; everything since is worked out anew. */
  | "correctRate"
  | "notOurs"
  /** Cash that was missing has turned up, and lies in the safe now. */
  | "found"
  | "chargeToStaff"
  /** To loss, never against revenue or tax. */
  | "writeOff"
  /** What came short or over, or went back, is as it is. */
  | "accept"
  /** A person picks the row that an unproved tender is. */
  | "pair";

/** An action that a class offers, and whether another person must agree. */
export type OfferedMending = { readonly action: MendingAction; readonly needsSecond: boolean };

const alone = (action: MendingAction): OfferedMending => ({ action, needsSecond: false });
const withTwo = (action: MendingAction): OfferedMending => ({ action, needsSecond: true });

const table: { readonly [C in BreakClass]: readonly OfferedMending[] } = {
  withUsNotWithThem: [alone("ask"), alone("wait"), withTwo("writeOff"), withTwo("chargeToStaff")],
  captureUnknown: [withTwo("adopt"), alone("ask")],
  saleWithoutPayment: [alone("ask"), withTwo("writeOff"), withTwo("chargeToStaff")],
  captureWithoutSale: [withTwo("completeSale"), withTwo("refund")],
  paidTwice: [withTwo("refund")],
  paidAfterGivingUp: [withTwo("refund"), alone("ask")],
  notGivenBack: [withTwo("refund"), alone("ask")],
  paymentUnknown: [withTwo("notOurs"), alone("wait")],
  amountDiffers: [alone("ask"), alone("wait"), withTwo("writeOff")],
  tenderDiffers: [withTwo("writeOff"), withTwo("chargeToStaff")],
  rateDiffers: [withTwo("takeFee"), withTwo("correctRate")],
  refundStuck: [alone("ask"), withTwo("resendRefund"), withTwo("payOtherwise")],
  refundOutside: [withTwo("adoptRefund"), withTwo("writeOff"), withTwo("chargeToStaff")],
  unprovenTender: [withTwo("pair"), alone("wait"), withTwo("writeOff"), withTwo("chargeToStaff")],
  footerDiffers: [alone("ask"), withTwo("accept")],
  billMissing: [alone("ask"), alone("wait")],
  // one that the provider no longer has ends this way
  flowMissing: [alone("ask"), alone("wait"), withTwo("accept")],
  balanceDiffers: [alone("ask"), withTwo("writeOff")],
  settlementLate: [alone("wait")],
  settlementShort: [withTwo("accept"), alone("wait")],
  settlementOver: [withTwo("accept"), alone("wait")],
  payoutReturned: [withTwo("accept")],
  drawerOver: [withTwo("accept")],
  drawerShort: [withTwo("found"), withTwo("chargeToStaff"), withTwo("writeOff")],
  safeOver: [withTwo("accept")],
  safeShort: [withTwo("found"), withTwo("chargeToStaff"), withTwo("writeOff")],
  depositMissing: [alone("wait"), withTwo("writeOff"), withTwo("chargeToStaff")],
  depositShort: [withTwo("accept"), withTwo("chargeToStaff"), alone("wait")],
  depositOver: [withTwo("accept")],
  creditUnknown: [withTwo("notOurs"), alone("wait")],
};

/** Classes of which one may be short and another over. */
const eitherWay: ReadonlySet<string> = new Set<BreakClass>([
  "withUsNotWithThem",
  "amountDiffers",
  "tenderDiffers",
  "balanceDiffers",
]);

/** Whether writing off what is over of this class books other income: nobody is charged with a gain. */
export function canBeGain(type: string): boolean {
  return eitherWay.has(type);
}

/** What may be done about a break of `type`, the likeliest first. */
export function mendingsOf(type: BreakClass): readonly OfferedMending[] {
  return table[type];
}

/** Whether `action` is offered for `type`, and needs another person; null where it is not. */
export function offeredMending(type: BreakClass, action: MendingAction): OfferedMending | null {
  return table[type].find((offered) => offered.action === action) ?? null;
}
