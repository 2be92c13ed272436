import type { Language } from "../domain/item.ts";
import type { PaymentId } from "../domain/identifier.ts";
import type { ReceiptWords } from "../domain/receipt-document.ts";
import type { PaymentChannel } from "../domain/tender.ts";
import { formatsOf } from "./locale.ts";
import { receiptEn } from "./locales/receipt.en.ts";
import { receiptJa } from "./locales/receipt.ja.ts";
import { receiptZh } from "./locales/receipt.zh-CN.ts";

/** The paper's sentences in one language; amounts come in written. */
export type ReceiptTexts = {
  readonly copy: (nth: number) => string;
  readonly receiptNumber: string;
  readonly time: string;
  readonly till: string;
  readonly cashier: string;
  readonly items: (count: number) => string;
  readonly savings: string;
  readonly total: string;
  readonly taxIncluded: (percent: string) => string;
  readonly taxAdded: (percent: string) => string;
  readonly cash: string;
  readonly given: string;
  readonly change: string;
  readonly channels: { readonly [C in PaymentChannel]: string };
  readonly paymentNumber: string;
  readonly providerNumber: string;
  readonly listPrice: (amount: string) => string;
  readonly promisedRefund: (amount: string, attempt: PaymentId) => string;
  readonly thanks: string;
};

const texts: { readonly [L in Language]: ReceiptTexts } = { "zh-CN": receiptZh, en: receiptEn, ja: receiptJa };

/** The receipt's words and formats in `language`. */
export function receiptWords(language: Language): ReceiptWords {
  const { money, quantity, dateTime } = formatsOf(language);
  const { channels, taxIncluded, taxAdded, listPrice, promisedRefund, ...plain } = texts[language];
  return {
    ...plain,
    language,
    money,
    quantity,
    dateTime,
    channel: (channel) => channels[channel],
    taxIncluded: (rate) => taxIncluded(String(rate / 100)),
    taxAdded: (rate) => taxAdded(String(rate / 100)),
    listPrice: (amount) => listPrice(money(amount)),
    promisedRefund: (amount, attempt) => promisedRefund(money(amount), attempt),
  };
}
