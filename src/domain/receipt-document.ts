import type { Instant } from "./clock.ts";
import type { PaymentId } from "./identifier.ts";
import type { Language } from "./item.ts";
import type { CompletedSale } from "./journal.ts";
import { unreachable } from "./assert.ts";
import { negate, sum, type Money } from "./money.ts";
import type { Quantity } from "./quantity.ts";
import { shownAmountOf, type SaleLine } from "./sale-line.ts";
import { itemCountOf } from "./sale-totals.ts";
import type { ReceiptBlock, ReceiptDocument } from "./receipt.ts";
import type { HandOverWords } from "./hand-over-document.ts";
import type { ShiftWords } from "./shift-document.ts";
import type { TaxRate } from "./tax.ts";
import type { PaymentChannel, Tender } from "./tender.ts";

/** The paper's words and formats, one set a language, made by `i18n`. */
export type ReceiptWords = {
  readonly language: Language;
  readonly money: (amount: Money) => string;
  readonly quantity: (quantity: Quantity) => string;
  /** Date and time in the store's zone. */
  readonly dateTime: (at: Instant, zone: string) => string;
  readonly copy: (nth: number) => string;
  readonly receiptNumber: string;
  readonly time: string;
  readonly till: string;
  readonly cashier: string;
  /** Pieces sold and pieces that came back, neither negative, not both none. */
  readonly items: (sold: number, back: number) => string;
  readonly savings: string;
  readonly total: string;
  readonly taxIncluded: (rate: TaxRate) => string;
  readonly taxAdded: (rate: TaxRate) => string;
  readonly cash: string;
  readonly given: string;
  readonly change: string;
  readonly channel: (channel: PaymentChannel) => string;
  readonly paymentNumber: string;
  readonly providerNumber: string;
  readonly listPrice: (amount: Money) => string;
  readonly promisedRefund: (amount: Money, attempt: PaymentId) => string;
  readonly returnTitle: string;
  readonly lineDiscount: string;
  readonly saleDiscount: string;
  readonly priceChanged: string;
  readonly rounding: string;
  readonly toGiveBack: string;
  readonly cashBack: string;
  readonly refundPromised: string;
  readonly unverified: string;
  readonly tip: string;
  readonly carried: string;
  readonly originalSale: string;
  /** In place of quantity and price: the goods stay with the customer. */
  readonly moneyOnly: string;
  readonly shift: ShiftWords;
  readonly handOver: HandOverWords;
  readonly thanks: string;
};

export type ReceiptFacts = {
  readonly shop: { readonly name: string; readonly address: string; readonly phone: string; readonly zone: string };
  readonly tillLabel: string;
  /** Who sold: the id, never the name (the paper says what the journal says). */
  readonly cashier: string;
  readonly sold: CompletedSale;
  /** Attempts given up offline: their money is promised back. */
  readonly promised: readonly { readonly attempt: PaymentId; readonly amount: Money }[];
  /** 0 for the first print; 1, 2… for copies, which say so at the top. */
  readonly copy: number;
};

/** The receipt of a completed sale. Printed from what is stored, so that a copy equals the first in all but its mark. */
export function receiptDocument(facts: ReceiptFacts, words: ReceiptWords): ReceiptDocument {
  const { shop, sold } = facts;
  const original = sold.sale.lines.find((line) => line.returnOf !== null)?.returnOf;
  const blocks: ReceiptBlock[] = [
    { kind: "text", text: shop.name, align: "center", size: "large", bold: true },
    center(shop.address),
    center(shop.phone),
    ...(facts.copy > 0 ? [headline(words.copy(facts.copy))] : []),
    ...(sold.sale.total.amount < 0 ? [headline(words.returnTitle)] : []),
    { kind: "rule" },
    pair(words.receiptNumber, sold.receipt),
    pair(words.time, words.dateTime(sold.steps.completedAt, shop.zone)),
    pair(words.till, facts.tillLabel),
    pair(words.cashier, facts.cashier),
    ...(original === undefined || original === null
      ? []
      : [pair(words.originalSale, original.receipt ?? original.sale)]),
    { kind: "rule" },
    ...sold.sale.lines.map((line) => itemBlock(line, words)),
    { kind: "rule" },
    ...totals(facts, words),
    ...sold.carried.map((part) =>
      pair(
        `${words.carried} ${part.kind === "cash" ? words.cash : words.channel(part.channel)}`,
        words.money(part.amount),
      ),
    ),
    ...sold.tenders.flatMap((tender) => tenderBlocks(tender, words)),
    ...facts.promised.map(({ attempt, amount }): ReceiptBlock => ({
      kind: "text",
      text: words.promisedRefund(amount, attempt),
      align: "left",
      size: "normal",
      bold: true,
    })),
    { kind: "feed", lines: 1 },
    { kind: "qr", text: sold.receipt, caption: sold.receipt },
    center(words.thanks),
  ];
  return { language: words.language, blocks: blocks.filter((block) => block.kind !== "text" || block.text !== "") };
}

function itemBlock(line: SaleLine, words: ReceiptWords): ReceiptBlock {
  const own = line.reductions.find((each) => each.scope === "line");
  const notes = [
    ...(line.note === undefined ? [] : [line.note]),
    ...(line.listPrice.amount > line.unitPrice.amount && line.override === null
      ? [words.listPrice(line.listPrice)]
      : []),
    ...(line.override === null ? [] : [`${words.priceChanged} ${words.money(line.override.listed)}`]),
    ...(own === undefined ? [] : [`${words.lineDiscount} -${words.money(own.amount)}`]),
  ];
  return {
    kind: "item",
    name: line.names[words.language],
    detail:
      line.returnOf !== null && line.quantity.thousandths === 0
        ? words.moneyOnly
        : `${words.quantity(line.quantity)} × ${words.money(line.unitPrice)}`,
    amount: words.money(shownAmountOf(line)),
    notes,
  };
}

function totals(facts: ReceiptFacts, words: ReceiptWords): ReceiptBlock[] {
  const { sale } = facts.sold;
  const saleDiscount = sum(
    sale.lines.flatMap((line) => line.reductions.filter((each) => each.scope === "sale").map((each) => each.amount)),
    sale.total.currency,
  );
  const taxWord = sale.taxMode === "included" ? words.taxIncluded : words.taxAdded;
  const isBack = sale.total.amount < 0;
  return [
    ...itemsBlock(sale.lines, words),
    ...(saleDiscount.amount > 0 ? [pair(words.saleDiscount, `-${words.money(saleDiscount)}`)] : []),
    ...(sale.rounding.amount === 0 ? [] : [pair(words.rounding, words.money(negate(sale.rounding)))]),
    {
      kind: "pair",
      left: isBack ? words.toGiveBack : words.total,
      right: words.money(isBack ? negate(sale.total) : sale.total),
      size: "large",
      bold: true,
    },
    // told, not taken off: the lines and the discount above have it already
    ...(sale.savings.amount > 0 ? [pair(words.savings, words.money(sale.savings))] : []),
    ...sale.taxes.map((tax) => pair(taxWord(tax.rate), words.money(tax.tax))),
  ];
}

/** How many pieces were sold and how many came back; nothing where only money did. */
function itemsBlock(lines: readonly SaleLine[], words: ReceiptWords): ReceiptBlock[] {
  const back = lines.filter((line) => line.returnOf !== null);
  const sold = itemCountOf(lines.filter((line) => line.returnOf === null));
  const returned = Math.abs(itemCountOf(back));
  if (sold === 0 && returned === 0 && back.length > 0) return [];
  return [{ kind: "text", text: words.items(sold, returned), align: "left", size: "normal", bold: false }];
}

function tenderBlocks(tender: Tender, words: ReceiptWords): ReceiptBlock[] {
  switch (tender.kind) {
    case "cash":
      if (tender.amount.amount < 0) return [pair(words.cashBack, words.money(negate(tender.amount)))];
      return [
        pair(words.cash, words.money(tender.amount)),
        pair(words.given, words.money(tender.given)),
        pair(words.change, words.money(tender.change)),
      ];
    case "payment":
      return [
        pair(words.channel(tender.channel), words.money(tender.amount)),
        ...(tender.tip.amount > 0 ? [pair(words.tip, words.money(tender.tip))] : []),
        pair(words.paymentNumber, tender.attempt),
        pair(words.providerNumber, tender.providerTransactionId),
      ];
    case "refund":
      return [
        pair(`${words.channel(tender.channel)} ${words.refundPromised}`, words.money(negate(tender.amount))),
        pair(words.paymentNumber, tender.attempt),
      ];
    case "unverified":
      return [
        pair(words.channel(tender.channel), words.money(tender.amount)),
        { kind: "text", text: `${words.unverified} ${tender.tail}`, align: "left", size: "normal", bold: true },
      ];
    default:
      return unreachable(tender);
  }
}

function headline(text: string): ReceiptBlock {
  return { kind: "text", text, align: "center", size: "large", bold: true };
}

function pair(left: string, right: string): ReceiptBlock {
  return { kind: "pair", left, right, size: "normal", bold: false };
}

function center(text: string): ReceiptBlock {
  return { kind: "text", text, align: "center", size: "normal", bold: false };
}
