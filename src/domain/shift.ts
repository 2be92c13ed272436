import type { Instant } from "./clock.ts";
import type { SessionId } from "./identifier.ts";
import { money, subtract, sum, type CurrencyCode, type Money } from "./money.ts";
import type { SaleLine } from "./sale-line.ts";
import type { TaxLine } from "./sale-totals.ts";
import type { PaymentChannel, Tender } from "./tender.ts";
import type { BusinessDate } from "./till-session.ts";

/** Money moved in or out of the drawer beside the sales. */
export type CashMove = { readonly kind: "paidIn" | "paidOut"; readonly amount: Money };

/** What a channel took and gave back in a shift; amounts not negative. */
export type ChannelTotals = {
  readonly channel: PaymentChannel;
  /** Of the payments that make `taken`; in entries of older builds the unverified ones are among them. */
  readonly count: number;
  readonly taken: Money;
  readonly refunded: Money;
  readonly unverified: Money;
  /** Of the tenders that make `unverified`; absent where there are none, and in entries of older builds. */
  readonly unverifiedCount?: number | undefined;
  readonly tips: Money;
};

/** The shift in figures: an X report while it is open, the Z report when it closes. Journalled as it was printed. */
export type ShiftTotals = {
  readonly session: SessionId;
  readonly businessDate: BusinessDate;
  readonly openedAt: Instant;
  readonly at: Instant;
  /** Sales completed, those with money going back among them. */
  readonly sales: number;
  /** Sales that took something back. */
  readonly returns: number;
  /** Goods sold, and goods that came back (not negative), as the customer paid for them. */
  readonly sold: Money;
  readonly returned: Money;
  readonly discounts: Money;
  readonly rounding: Money;
  readonly tax: Money;
  /** Sum of all sales' totals: sold less returned less rounding, with added tax and that tax. */
  readonly net: Money;
  readonly channels: readonly ChannelTotals[];
  readonly cash: {
    readonly float: Money;
    readonly taken: Money;
    readonly givenBack: Money;
    readonly paidIn: Money;
    readonly paidOut: Money;
    /** What must be in the drawer. */
    readonly expected: Money;
    /** Null in an X report. */
    readonly counted: Money | null;
    readonly counts: number;
    /** Handed over at the close, and what stays in the drawer for the next shift. Absent in X reports and in Zs of older builds. */
    readonly handedOver?: Money | undefined;
    readonly kept?: Money | undefined;
  };
  readonly drawerOpened: number;
  readonly voided: number;
  readonly firstReceipt: string | null;
  readonly lastReceipt: string | null;
  /**
   * Of the sales: those of an earlier shift that a payment completed after its close. Absent where there are none, and in entries
   * of older builds.
   */
  readonly late?: { readonly sales: number; readonly net: Money } | undefined;
};

/** A completed sale as far as a shift counts it. */
export type ShiftSale = {
  readonly sale: {
    readonly lines: readonly SaleLine[];
    readonly taxes: readonly TaxLine[];
    readonly rounding: Money;
    readonly total: Money;
  };
  readonly receipt: string;
  readonly tenders: readonly Tender[];
  /** Of an earlier shift, completed after its close. */
  readonly isLate: boolean;
};

export type ShiftFacts = {
  readonly session: SessionId;
  readonly businessDate: BusinessDate;
  readonly openedAt: Instant;
  readonly at: Instant;
  readonly currency: CurrencyCode;
  readonly float: Money;
  /** In the order of their completion. */
  readonly sales: readonly ShiftSale[];
  readonly moves: readonly CashMove[];
  readonly drawerOpened: number;
  readonly voided: number;
  readonly counted: Money | null;
  readonly counts: number;
};

/** What a shift comes to, from its own sales and drawer movements alone. */
export function shiftTotals(facts: ShiftFacts): ShiftTotals {
  const { currency, sales } = facts;
  const add = (parts: readonly Money[]): Money => sum(parts, currency);
  const lines = sales.flatMap((each) => each.sale.lines);
  const cash = sales.flatMap((each) => each.tenders.filter((tender) => tender.kind === "cash"));
  const taken = add(cash.filter((each) => each.amount.amount > 0).map((each) => each.amount));
  const givenBack = negated(add(cash.filter((each) => each.amount.amount < 0).map((each) => each.amount)));
  const moved = (kind: CashMove["kind"]): Money =>
    add(facts.moves.filter((each) => each.kind === kind).map((each) => each.amount));
  const paidIn = moved("paidIn");
  const paidOut = moved("paidOut");
  return {
    session: facts.session,
    businessDate: facts.businessDate,
    openedAt: facts.openedAt,
    at: facts.at,
    sales: sales.length,
    returns: sales.filter((each) => each.sale.lines.some((line) => line.returnOf !== null)).length,
    sold: add(lines.filter((line) => line.returnOf === null).map((line) => line.amount)),
    returned: negated(add(lines.filter((line) => line.returnOf !== null).map((line) => line.amount))),
    discounts: add(lines.flatMap((line) => line.reductions.map((each) => each.amount))),
    rounding: add(sales.map((each) => each.sale.rounding)),
    tax: add(sales.flatMap((each) => each.sale.taxes.map((tax) => tax.tax))),
    net: add(sales.map((each) => each.sale.total)),
    channels: channelTotals(facts),
    cash: {
      float: facts.float,
      taken,
      givenBack,
      paidIn,
      paidOut,
      expected: add([facts.float, taken, negated(givenBack), paidIn, negated(paidOut)]),
      counted: facts.counted,
      counts: facts.counts,
    },
    drawerOpened: facts.drawerOpened,
    voided: facts.voided,
    firstReceipt: sales[0]?.receipt ?? null,
    lastReceipt: sales.at(-1)?.receipt ?? null,
    ...lateOf(facts),
  };
}

/** The Z report of a shift of which `handedOver` left the drawer at its close; the rest stays for the next one. */
export function withHandOver(totals: ShiftTotals, handedOver: Money): ShiftTotals {
  const kept = subtract(totals.cash.counted ?? totals.cash.expected, handedOver);
  return { ...totals, cash: { ...totals.cash, handedOver, kept } };
}

function lateOf({ sales, currency }: ShiftFacts): Pick<ShiftTotals, "late"> {
  const late = sales.filter((each) => each.isLate).map((each) => each.sale.total);
  return late.length === 0 ? {} : { late: { sales: late.length, net: sum(late, currency) } };
}

const channels: readonly PaymentChannel[] = ["wechat", "alipay", "unionpay", "ecny"];

function channelTotals({ sales, currency }: ShiftFacts): ChannelTotals[] {
  const tenders = sales.flatMap((each) => each.tenders);
  return channels.flatMap((channel) => {
    const of = tenders.filter((tender) => tender.kind !== "cash" && tender.channel === channel);
    if (of.length === 0) return [];
    const ofKind = (kind: string): readonly Tender[] => of.filter((tender) => tender.kind === kind);
    const add = (kind: string): Money =>
      sum(
        ofKind(kind).map((tender) => tender.amount),
        currency,
      );
    const unverifiedCount = ofKind("unverified").length;
    const tips = of.flatMap((tender) => (tender.kind === "payment" ? [tender.tip] : []));
    return [
      {
        channel,
        count: ofKind("payment").length,
        taken: add("payment"),
        refunded: negated(add("refund")),
        unverified: add("unverified"),
        ...(unverifiedCount === 0 ? {} : { unverifiedCount }),
        tips: sum(tips, currency),
      },
    ];
  });
}

function negated(amount: Money): Money {
  return money(-amount.amount, amount.currency);
}

/** Tax that was added to what the lines say; with tax included there is none. */
export function addedTax({ net, sold, returned, rounding }: ShiftTotals): Money {
  return money(net.amount - sold.amount + returned.amount + rounding.amount, net.currency);
}
