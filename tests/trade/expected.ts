import type { Instant } from "../../src/domain/clock.ts";
import { arrivesWithinDays } from "../../src/domain/settlement/match-payouts.ts";
import { dayAfter, dayOf, momentOf } from "../../src/gateway/sandbox/settlement/days.ts";
import { feeOn } from "../../src/gateway/sandbox/settlement/fees.ts";
import type { Plant, PlantKind } from "../../src/gateway/sandbox/settlement/plant.ts";
import type { TradeRow } from "../../src/gateway/sandbox/settlement/trade-row.ts";
import type { Expected, Plan } from "./plan.ts";
import { accountOf, wallets, type Truth, type Wallet } from "./truth.ts";

/** `may`: it is right to find it and right not to, for its time may have passed before anybody could see it. */
export type Awaited = Expected & { readonly may: boolean };

type Days = { readonly firstDay: string; readonly lastDay: string };

const agreedPpm = 6_000;
const noonMinute = 12 * 60;
const nearMs = 10 * 60_000;
/** When the statements of a morning are taken. */
const statementMinute = 10 * 60 + 3;

const ofRows: { readonly [K in PlantKind]?: readonly [Expected["side"], string] } = {
  paymentMissing: ["payment", "withUsNotWithThem"],
  correctedBill: ["payment", "withUsNotWithThem"],
  otherAmount: ["payment", "amountDiffers"],
  refundMissing: ["refund", "withUsNotWithThem"],
  reversalMissing: ["payment", "notGivenBack"],
  outsideRefund: ["refund", "refundOutside"],
  chargeback: ["refund", "refundOutside"],
  unmadePayment: ["payment", "paymentUnknown"],
};

/** What every planted item must come to, from the plans and the providers' stores alone. */
export function awaitedOf(truth: Truth, plan: Plan, days: Days): readonly Awaited[] {
  const own = plan.expected.map((each) => ({ ...each, may: false }));
  const planted = truth.plants.flatMap((plant) => [...ofPlant(truth, plan, plant), ...ofPayout(truth, plant, days)]);
  const rates = wallets.flatMap((wallet) => ratesOf(truth, plan, wallet));
  return once([...own, ...planted, ...rates]);
}

function once(all: readonly Awaited[]): readonly Awaited[] {
  const firm = all.filter(({ may }) => !may);
  return [...new Map([...all, ...firm].map((each) => [keyOf(each), each])).values()];
}

/** As the gateway names a difference. */
export function keyOf({ account, side, number, class: type }: Omit<Expected, "plant" | "day">): string {
  return `${account}/${side}/${number}/${type}`;
}

function ofPlant(truth: Truth, plan: Plan, plant: Plant): readonly Awaited[] {
  const { id, kind, provider, order, made } = plant;
  const account = accountOf(provider);
  const day = plant.day ?? dayOf(plant.at);
  const common = { account, plant: id, day, may: false };
  if (kind === "otherFooter") return [{ ...common, side: "bill", number: `trade/${day}`, class: "footerDiffers" }];
  if (kind === "billMissing") return plant.bill === "flow" ? [] : ofMissingBill(truth, plant, day);
  const rows = truth.account(provider).rows;
  if (kind === "duplicateRow") {
    const row = rows.find((each) => (each.kind === "refund" ? each.refund : each.order) === order);
    const side = row?.kind === "refund" ? "refund" : "payment";
    return [{ ...common, side, number: order ?? "", class: "amountDiffers" }];
  }
  const found = ofRows[kind];
  if (found === undefined || (kind === "unmadePayment" && order !== null)) return [];
  const number = kind === "unmadePayment" || kind === "outsideRefund" || kind === "chargeback" ? made : (order ?? "");
  const row = rows.find((each) => each.order === order && each.kind === "payment");
  const closed = rows.find(({ refund, status }) => refund === order && status === "CLOSED");
  // of a refund that was closed again nothing is left but its way through the balance, and not even that where its payment has
  // another difference, or a row too many that comes to the same
  if (kind === "refundMissing" && closed !== undefined) {
    const may = truth.plants.some((other) => other.id !== id && isOfPayment(rows, other, closed.order));
    return [{ ...common, side: "bill", number: `balance/${day}`, class: "balanceDiffers", may }];
  }
  // near midnight it waits for the neighbour's bill, and one that came late came corrected
  const may = kind === "correctedBill" && (isLateBill(truth, plant) || (row !== undefined && isNearMidnight(row.at)));
  return [{ ...common, side: found[0], number, class: found[1], may }];
}

/** Whether something else was planted on a payment or one of its refunds. */
function isOfPayment(rows: readonly TradeRow[], { order }: Plant, payment: string): boolean {
  return order !== null && rows.some((row) => row.order === payment && (row.order === order || row.refund === order));
}

/**
 * Against captures of ours it is missing at once; from noon on it counts as an empty day, in which each of them is wanting (`books.md`
 * 2), until the bill is there the morning after.
 */
function ofMissingBill(truth: Truth, { id, provider, at }: Plant, day: string): readonly Awaited[] {
  const common = { account: accountOf(provider), plant: id, day };
  const bill = (number: string, type: string, may: boolean): Awaited => ({
    ...common,
    side: "bill",
    number,
    class: type,
    may,
  });
  const missing = bill(`trade/${day}`, "billMissing", false);
  if (at <= momentOf(dayAfter(day), noonMinute)) return [missing];
  const rows = truth.account(provider).rows.filter((row) => dayOf(row.at) === day && row.kind !== "reversal");
  const wanting = rows.map((row): Awaited => {
    const number = row.kind === "payment" ? row.order : row.refund;
    return {
      ...common,
      side: row.kind === "payment" ? "payment" : "refund",
      number,
      class: "withUsNotWithThem",
      may: true,
    };
  });
  // the fund flow moved what the empty day does not have
  return [missing, bill(`balance/${day}`, "balanceDiffers", true), ...wanting];
}

function isLateBill({ plants }: Truth, { provider, day }: Plant): boolean {
  return plants.some(
    (plant) =>
      plant.kind === "billMissing" && plant.bill === "trade" && plant.provider === provider && plant.day === day,
  );
}

function isNearMidnight(at: Instant): boolean {
  return dayOf((at + nearMs) as Instant) !== dayOf(at) || dayOf((at - nearMs) as Instant) !== dayOf(at);
}

function ofPayout(truth: Truth, { id, kind, provider }: Plant, { lastDay }: Days): readonly Awaited[] {
  const common = { account: accountOf(provider), plant: id };
  if (kind === "unknownCredit") {
    const credit = truth.credits.find(({ plant }) => plant === id);
    if (credit === undefined) return [];
    const day = dayOf(credit.at);
    return [
      {
        ...common,
        // nobody's credit stands under the first account there is
        account: accountOf("alipay"),
        side: "credit",
        number: credit.number,
        class: "creditUnknown",
        day,
        may: false,
      },
    ];
  }
  const payout = truth.account(provider).payouts.find(({ plant }) => plant?.id === id);
  if (payout === undefined) return [];
  const day = dayOf(payout.at);
  const one = (type: string, may = false): Awaited => {
    return { ...common, side: "payout", number: payout.number, class: type, day, may };
  };
  const isSeen = hasLinesPast(truth, dayAfter(day, arrivesWithinDays), lastDay);
  switch (kind) {
    case "payoutShort":
      return [one("settlementShort")];
    case "payoutOver":
      return [one("settlementOver")];
    case "payoutReturned":
      return [one("payoutReturned"), one("settlementLate", true)];
    case "payoutNeverCredited":
      return isSeen ? [one("settlementLate")] : [];
    default:
      // one that comes some days late comes in time
      return [];
  }
}

/** Whether a statement handed in by the morning of `until` has a line of a day after `day`. */
function hasLinesPast({ credits }: Truth, day: string, until: string): boolean {
  return credits.some(({ at }) => dayOf(at) > day && at <= momentOf(until, statementMinute));
}

/** Fees that are not what was agreed, row by row, worked out from the contract. */
function ratesOf(truth: Truth, plan: Plan, wallet: Wallet): readonly Awaited[] {
  const { rows } = truth.account(wallet);
  const account = accountOf(wallet);
  const notOurs = new Set(plan.own.filter(({ kind }) => unheard.has(kind)).map(({ number }) => number));
  const made = new Set(truth.plants.flatMap((plant) => (plant.made === "" ? [] : [plant.made])));
  return [...new Set(rows.map(({ at }) => dayOf(at)))].flatMap((day) =>
    truth.filed(wallet, day).flatMap((row): Awaited[] => {
      if (made.has(row.order) || made.has(row.refund) || notOurs.has(row.order) || notOurs.has(row.refund)) return [];
      if (row.kind === "reversal" || isReversed(rows, row)) return [];
      const agreed = row.kind === "payment" ? feeOn(row.receivable, agreedPpm) : -feeBack(rows, row);
      if (row.fee === agreed) return [];
      const number = row.kind === "payment" ? row.order : row.refund;
      return [{ account, side: row.kind, number, class: "rateDiffers", plant: plantOf(truth, row), day, may: false }];
    }),
  );
}

/** Numbers of which something else is said than a fee: nobody counts them, or the money never went. */
const unheard = new Set(["paidAfterGivingUp", "captureUnknown", "saleOfUnmade", "refundStuck"]);

function isReversed(rows: readonly TradeRow[], row: TradeRow): boolean {
  return rows.some(({ kind, order }) => kind === "reversal" && order === row.order);
}

function feeBack(rows: readonly TradeRow[], row: TradeRow): number {
  const own = rows.filter(({ order }) => order === row.order);
  const payment = own.find(({ kind }) => kind === "payment");
  const before = own
    .slice(
      0,
      own.findIndex(({ refund }) => refund === row.refund),
    )
    // one that was closed has taken nothing
    .filter(({ kind, status, endedAt }) => kind === "refund" && !(status === "CLOSED" && (endedAt ?? 0) <= row.at));
  const left = (payment?.receivable ?? 0) - before.reduce((sum, { receivable }) => sum + receivable, 0);
  return feeOn(left, agreedPpm) - feeOn(left - row.receivable, agreedPpm);
}

function plantOf({ plants }: Truth, row: TradeRow): string {
  return plants.find(({ order }) => order === row.order)?.id ?? "none";
}
