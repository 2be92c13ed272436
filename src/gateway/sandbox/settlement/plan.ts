import type { Instant } from "../../../domain/clock.ts";
import { dayOf } from "./days.ts";
import type { Charges } from "./fees.ts";
import type { Plant } from "./plant.ts";
import type { AccountTerms } from "./terms.ts";
import type { TradeFact, TradeRow } from "./trade-row.ts";

/** A day's rows as the file tells them, and which plants had a part in it. */
export type PlannedRows = {
  readonly rows: readonly TradeRow[];
  /** Fen by which the footer's sum of receivables is off. */
  readonly footerOff: number;
  readonly isMissing: boolean;
  readonly applied: readonly Applied[];
};

/** A plant that had a part, and the row it touched; null: the file as a whole. */
export type Applied = { readonly id: string; readonly row: TradeRow | null };

/** What is charged, with planted rates and fees. */
export function chargesUnder(plants: readonly Plant[], terms: AccountTerms): Charges {
  const own = (kind: Plant["kind"], payment: TradeFact): Plant | undefined =>
    plants.find((plant) => plant.kind === kind && isAbout(plant, payment, dayOf(payment.at)));
  return {
    ratePpm: (payment) => own("otherRate", payment)?.ratePpm ?? terms.ratePpm,
    plantedFee: (payment) => own("otherFee", payment)?.amount ?? null,
  };
}

/**
 * The rows of `day` with the differences that stand in the trade bill alone, by `now`. Where a plant names no order it takes the
 * first row that fits, after the plants before it.
 */
export function applyPlants(
  rows: readonly TradeRow[],
  plants: readonly Plant[],
  day: string,
  now: Instant,
): PlannedRows {
  const start: PlannedRows = { rows, footerOff: 0, isMissing: false, applied: [] };
  return plants.reduce((planned, plant) => applied(planned, plant, day, now), start);
}

function applied(planned: PlannedRows, plant: Plant, day: string, now: Instant): PlannedRows {
  const { rows } = planned;
  const isOfDay = plant.day === null || plant.day === day;
  const noted = (row: TradeRow | null): readonly Applied[] => [...planned.applied, { id: plant.id, row }];
  const first = (kinds: readonly TradeRow["kind"][]): number =>
    rows.findIndex((row) => kinds.includes(row.kind) && isAbout(plant, row, day));
  const spliced = (at: number, ...put: readonly TradeRow[]): PlannedRows => {
    const row = rows[at];
    return row === undefined ? planned : { ...planned, rows: rows.toSpliced(at, 1, ...put), applied: noted(row) };
  };
  switch (plant.kind) {
    case "paymentMissing":
      return spliced(first(["payment"]));
    case "refundMissing":
      return spliced(first(["refund"]));
    case "reversalMissing":
      return spliced(first(["reversal"]));
    case "correctedBill":
      return now < plant.at ? spliced(first(["payment"])) : planned;
    case "duplicateRow": {
      const at = first(["payment", "refund", "reversal"]);
      const row = rows[at];
      return row === undefined ? planned : spliced(at, row, row);
    }
    case "otherAmount": {
      const at = first(["payment"]);
      const row = rows[at];
      return row === undefined ? planned : spliced(at, withAmount(row, plant.amount ?? row.amount));
    }
    case "otherFooter":
      return isOfDay && rows.length > 0
        ? { ...planned, footerOff: planned.footerOff + (plant.amount ?? 0), applied: noted(null) }
        : planned;
    case "billMissing":
      return isOfDay && plant.bill === "trade" && now < plant.at
        ? { ...planned, isMissing: true, applied: noted(null) }
        : planned;
    default: {
      const row = rows.find((each) => stands(plant, each, day));
      return row === undefined ? planned : { ...planned, applied: noted(row) };
    }
  }
}

/** True while the fund flow of `day` is kept back. */
export function isFlowMissing(plants: readonly Plant[], day: string, now: Instant): readonly string[] {
  return plants
    .filter((plant) => plant.kind === "billMissing" && plant.bill === "flow" && plant.day === day && now < plant.at)
    .map(({ id }) => id);
}

/** Whether a plant that the money follows stands in `row`. */
function stands(plant: Plant, row: TradeRow, day: string): boolean {
  switch (plant.kind) {
    case "foreignPayment":
    case "unmadePayment":
      return row.order === plant.made;
    case "outsideRefund":
    case "chargeback":
      return row.refund === plant.made;
    case "otherRate":
    case "otherFee":
      return row.kind === "payment" && isAbout(plant, row, day);
    default:
      return false;
  }
}

/** By the number of the payment or the refund; without one by the day. */
function isAbout(plant: Plant, row: Pick<TradeRow, "order" | "refund">, day: string): boolean {
  const isOfDay = plant.day === null || plant.day === day;
  return isOfDay && (plant.order === null || plant.order === row.order || plant.order === row.refund);
}

function withAmount(row: TradeRow, amount: number): TradeRow {
  return { ...row, amount, receivable: Math.max(0, amount - row.shopCoupon) };
}
