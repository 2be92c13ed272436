import type { Instant } from "./clock.ts";
import { compare, negate, subtract, type Money } from "./money.ts";
import type { ReceiptBlock, ReceiptDocument } from "./receipt.ts";
import { addedTax, type ShiftTotals } from "./shift.ts";
import type { PaymentChannel } from "./tender.ts";

/** The words of an X or Z report in one language. */
export type ShiftWords = {
  readonly x: string;
  readonly z: string;
  readonly businessDate: string;
  readonly opened: string;
  readonly printed: string;
  readonly sales: string;
  readonly returns: string;
  /** Of the sales: those of an earlier shift, paid after its close. */
  readonly late: string;
  readonly sold: string;
  readonly returned: string;
  readonly discounts: string;
  readonly rounding: string;
  /** Tax beside what the lines say, where it is added. */
  readonly taxAdded: string;
  readonly net: string;
  readonly tax: string;
  readonly voided: string;
  readonly drawerOpened: string;
  readonly float: string;
  readonly cashTaken: string;
  readonly cashBack: string;
  readonly paidIn: string;
  readonly paidOut: string;
  readonly expected: string;
  readonly counted: string;
  readonly over: string;
  readonly short: string;
  readonly exact: string;
  readonly counts: string;
  readonly handedOver: string;
  readonly kept: string;
  readonly refunded: string;
  readonly unverified: string;
  readonly tips: string;
  readonly receipts: string;
};

/** What a report needs of the paper's words. */
export type ReportWords = {
  readonly language: "zh-CN" | "en" | "ja";
  readonly money: (amount: Money) => string;
  readonly dateTime: (at: Instant, zone: string) => string;
  readonly copy: (nth: number) => string;
  readonly till: string;
  readonly cashier: string;
  readonly channel: (channel: PaymentChannel) => string;
  readonly shift: ShiftWords;
};

export type ShiftFactsPrinted = {
  readonly shop: { readonly name: string; readonly zone: string };
  readonly tillLabel: string;
  readonly cashier: string | null;
  /** `x`: the shift goes on, and what must be in the drawer is not told. */
  readonly kind: "x" | "z";
  readonly totals: ShiftTotals;
  /** For somebody who is not to work out the count from sums: an X report without them. */
  readonly isBlind?: boolean;
  /** Printed again from the journal. */
  readonly isCopy: boolean;
};

/** In place of an amount that somebody is not told. */
export const notTold = "—";

/** The X or Z report's paper, from the figures that the journal holds. An X report keeps the count blind. */
export function shiftDocument(facts: ShiftFactsPrinted, words: ReportWords): ReceiptDocument {
  const { totals, shop, kind } = facts;
  const { shift } = words;
  const blocks: ReceiptBlock[] = [
    { kind: "text", text: shop.name, align: "center", size: "large", bold: true },
    { kind: "text", text: kind === "x" ? shift.x : shift.z, align: "center", size: "normal", bold: true },
    ...(facts.isCopy ? [headline(words.copy(1))] : []),
    { kind: "rule" },
    pair(shift.businessDate, totals.businessDate),
    pair(shift.opened, words.dateTime(totals.openedAt, shop.zone)),
    pair(shift.printed, words.dateTime(totals.at, shop.zone)),
    pair(words.till, facts.tillLabel),
    ...(facts.cashier === null ? [] : [pair(words.cashier, facts.cashier)]),
    ...(totals.firstReceipt === null
      ? []
      : [pair(shift.receipts, `${totals.firstReceipt} – ${totals.lastReceipt ?? totals.firstReceipt}`)]),
    { kind: "rule" },
    pair(shift.sales, String(totals.sales)),
    ...count(shift.returns, totals.returns),
    ...(facts.isBlind === true ? [] : sumBlocks(totals, words)),
    { kind: "rule" },
    ...channelBlocks(facts, words),
    ...cashBlocks(facts, words),
    ...count(shift.voided, totals.voided),
    ...count(shift.drawerOpened, totals.drawerOpened),
    { kind: "feed", lines: 1 },
  ];
  return { language: words.language, blocks };
}

function sumBlocks(totals: ShiftTotals, { shift, money }: ReportWords): ReceiptBlock[] {
  return [
    pair(shift.sold, money(totals.sold)),
    ...some(shift.returned, totals.returned, money),
    ...some(shift.discounts, totals.discounts, money),
    ...some(shift.rounding, totals.rounding, (amount) => money(negate(amount))),
    ...some(shift.taxAdded, addedTax(totals), money),
    { kind: "pair", left: shift.net, right: money(totals.net), size: "large", bold: true },
    pair(shift.tax, money(totals.tax)),
    ...(totals.late === undefined ? [] : [pair(`${shift.late} × ${totals.late.sales}`, money(totals.late.net))]),
  ];
}

function channelBlocks({ totals, isBlind }: ShiftFactsPrinted, words: ReportWords): ReceiptBlock[] {
  const { shift } = words;
  const money = (amount: Money): string => (isBlind === true ? notTold : words.money(amount));
  return totals.channels.flatMap((channel): ReceiptBlock[] => [
    pair(`${words.channel(channel.channel)} × ${channel.count}`, money(channel.taken)),
    ...some(`  ${shift.refunded}`, channel.refunded, (amount) => (isBlind === true ? notTold : `-${money(amount)}`)),
    ...some(`  ${counted(shift.unverified, channel.unverifiedCount)}`, channel.unverified, money),
    ...some(`  ${shift.tips}`, channel.tips, money),
  ]);
}

function cashBlocks({ kind, totals }: ShiftFactsPrinted, { shift, money }: ReportWords): ReceiptBlock[] {
  const { cash } = totals;
  if (kind === "x") return [pair(shift.float, money(cash.float)), { kind: "rule" }];
  const moved: ReceiptBlock[] = [
    pair(shift.float, money(cash.float)),
    pair(shift.cashTaken, money(cash.taken)),
    ...some(shift.cashBack, cash.givenBack, (amount) => `-${money(amount)}`),
    ...some(shift.paidIn, cash.paidIn, money),
    ...some(shift.paidOut, cash.paidOut, (amount) => `-${money(amount)}`),
    { kind: "pair", left: shift.expected, right: money(cash.expected), size: "normal", bold: true },
  ];
  const left: ReceiptBlock[] = [
    ...(cash.handedOver === undefined ? [] : some(shift.handedOver, cash.handedOver, money)),
    ...(cash.kept === undefined ? [] : some(shift.kept, cash.kept, money)),
  ];
  if (cash.counted === null) return [...moved, ...left, { kind: "rule" }];
  const off = subtract(cash.counted, cash.expected);
  const word = compare(cash.counted, cash.expected) > 0 ? shift.over : off.amount < 0 ? shift.short : shift.exact;
  return [
    ...moved,
    { kind: "pair", left: shift.counted, right: money(cash.counted), size: "normal", bold: true },
    { kind: "pair", left: word, right: money(off), size: "large", bold: true },
    pair(shift.counts, String(cash.counts)),
    ...left,
    { kind: "rule" },
  ];
}

function some(word: string, amount: Money, written: (amount: Money) => string): ReceiptBlock[] {
  return amount.amount === 0 ? [] : [pair(word, written(amount))];
}

/** `word` with how many it is of, where that is known. */
function counted(word: string, howMany: number | undefined): string {
  return howMany === undefined ? word : `${word} × ${howMany}`;
}

function count(word: string, howMany: number): ReceiptBlock[] {
  return howMany === 0 ? [] : [pair(word, String(howMany))];
}

function headline(text: string): ReceiptBlock {
  return { kind: "text", text, align: "center", size: "large", bold: true };
}

function pair(left: string, right: string): ReceiptBlock {
  return { kind: "pair", left, right, size: "normal", bold: false };
}
