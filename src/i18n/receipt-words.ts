import type { Language } from "../domain/item.ts";
import type { ReceiptWords } from "../domain/receipt-document.ts";
import { formatsOf } from "./locale.ts";
import { receiptEn } from "./locales/receipt.en.ts";
import { receiptJa } from "./locales/receipt.ja.ts";
import { receiptZh } from "./locales/receipt.zh-CN.ts";
import type { ReceiptTexts } from "./receipt-texts.ts";

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
