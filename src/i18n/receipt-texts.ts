import type { ShiftWords } from "../domain/shift-document.ts";
import type { PaymentId } from "../domain/identifier.ts";
import type { PaymentChannel } from "../domain/tender.ts";

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
  readonly shift: ShiftWords;
  readonly thanks: string;
};
