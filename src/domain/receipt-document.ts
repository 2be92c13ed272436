import type { Instant } from "./clock.ts";
import type { PaymentId } from "./identifier.ts";
import type { Language } from "./item.ts";
import type { CompletedSale } from "./journal.ts";
import type { Money } from "./money.ts";
import type { Quantity } from "./quantity.ts";
import type { ReceiptBlock, ReceiptDocument } from "./receipt.ts";
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
  readonly items: (count: number) => string;
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
  const blocks: ReceiptBlock[] = [
    { kind: "text", text: shop.name, align: "center", size: "large", bold: true },
    center(shop.address),
    center(shop.phone),
    ...(facts.copy > 0
      ? [{ kind: "text", text: words.copy(facts.copy), align: "center", size: "large", bold: true } as const]
      : []),
    { kind: "rule" },
    pair(words.receiptNumber, sold.receipt),
    pair(words.time, words.dateTime(sold.steps.completedAt, shop.zone)),
    pair(words.till, facts.tillLabel),
    pair(words.cashier, facts.cashier),
    { kind: "rule" },
    ...sold.sale.lines.map((line): ReceiptBlock => ({
      kind: "item",
      name: line.names[words.language],
      detail: `${words.quantity(line.quantity)} × ${words.money(line.unitPrice)}`,
      amount: words.money(line.amount),
      notes: line.listPrice.amount > line.unitPrice.amount ? [words.listPrice(line.listPrice)] : [],
    })),
    { kind: "rule" },
    ...totals(facts, words),
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

function totals(facts: ReceiptFacts, words: ReceiptWords): ReceiptBlock[] {
  const { sale } = facts.sold;
  const itemCount = sale.lines.reduce(
    (count, line) => count + (line.quantity.unit === "piece" ? line.quantity.thousandths / 1000 : 1),
    0,
  );
  const savings = sale.savings.amount > 0 ? [pair(words.savings, `-${words.money(sale.savings)}`)] : [];
  const taxWord = sale.taxMode === "included" ? words.taxIncluded : words.taxAdded;
  return [
    { kind: "text", text: words.items(itemCount), align: "left", size: "normal", bold: false },
    ...savings,
    { kind: "pair", left: words.total, right: words.money(sale.total), size: "large", bold: true },
    ...sale.taxes.map((tax) => pair(taxWord(tax.rate), words.money(tax.tax))),
  ];
}

function tenderBlocks(tender: Tender, words: ReceiptWords): ReceiptBlock[] {
  if (tender.kind === "cash") {
    return [
      pair(words.cash, words.money(tender.amount)),
      pair(words.given, words.money(tender.given)),
      pair(words.change, words.money(tender.change)),
    ];
  }
  const paid = pair(words.channel(tender.channel), words.money(tender.amount));
  if (tender.kind === "unverified") return [paid];
  if (tender.kind === "refund") return [paid, pair(words.paymentNumber, tender.attempt)];
  return [paid, pair(words.paymentNumber, tender.attempt), pair(words.providerNumber, tender.providerTransactionId)];
}

function pair(left: string, right: string): ReceiptBlock {
  return { kind: "pair", left, right, size: "normal", bold: false };
}

function center(text: string): ReceiptBlock {
  return { kind: "text", text, align: "center", size: "normal", bold: false };
}
