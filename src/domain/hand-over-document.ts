import type { Instant } from "./clock.ts";
import type { NoteCount } from "./denominations.ts";
import { money, type Money } from "./money.ts";
import type { ReceiptBlock, ReceiptDocument } from "./receipt.ts";
import type { ReportWords } from "./shift-document.ts";

/** The words of a hand-over's slip in one language. */
export type HandOverWords = {
  readonly title: string;
  readonly amount: string;
  readonly kept: string;
  readonly handedBy: string;
  readonly receivedBy: string;
  readonly signature: string;
};

export type HandOverPrinted = {
  readonly shop: { readonly name: string; readonly zone: string };
  readonly tillLabel: string;
  readonly businessDate: string;
  readonly amount: Money;
  readonly kept: Money;
  /** None where it was worked out from the count. */
  readonly notes: readonly NoteCount[];
  /** Their names; null where nobody is known. */
  readonly handedBy: string | null;
  readonly receivedBy: string | null;
  readonly at: Instant;
  /** Printed again from the journal. */
  readonly isCopy: boolean;
};

/** 缴款单: what a drawer handed over, by whom and to whom, with room for both to sign. */
export function handOverDocument(
  facts: HandOverPrinted,
  words: Pick<ReportWords, "language" | "money" | "dateTime" | "copy" | "till"> & {
    readonly time: string;
    readonly shift: { readonly businessDate: string };
    readonly handOver: HandOverWords;
  },
): ReceiptDocument {
  const { handOver, money: written } = words;
  const blocks: ReceiptBlock[] = [
    { kind: "text", text: facts.shop.name, align: "center", size: "large", bold: true },
    { kind: "text", text: handOver.title, align: "center", size: "normal", bold: true },
    ...(facts.isCopy ? [headline(words.copy(1))] : []),
    { kind: "rule" },
    pair(words.shift.businessDate, facts.businessDate),
    pair(words.time, words.dateTime(facts.at, facts.shop.zone)),
    pair(words.till, facts.tillLabel),
    { kind: "rule" },
    ...facts.notes.map(({ worth, count }) => {
      const of = (amount: number): string => written(money(amount, facts.amount.currency));
      return pair(`${of(worth)} × ${count}`, of(worth * count));
    }),
    { kind: "pair", left: handOver.amount, right: written(facts.amount), size: "large", bold: true },
    pair(handOver.kept, written(facts.kept)),
    { kind: "rule" },
    ...signed(handOver.handedBy, facts.handedBy, handOver.signature),
    ...signed(handOver.receivedBy, facts.receivedBy, handOver.signature),
    { kind: "feed", lines: 1 },
  ];
  return { language: words.language, blocks };
}

function signed(role: string, name: string | null, signature: string): ReceiptBlock[] {
  return [pair(role, name ?? ""), { kind: "feed", lines: 1 }, pair(signature, "________________")];
}

function headline(text: string): ReceiptBlock {
  return { kind: "text", text, align: "center", size: "large", bold: true };
}

function pair(left: string, right: string): ReceiptBlock {
  return { kind: "pair", left, right, size: "normal", bold: false };
}
