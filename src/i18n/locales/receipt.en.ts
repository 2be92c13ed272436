import type { ReceiptTexts } from "../receipt-texts.ts";

export const receiptEn: ReceiptTexts = {
  copy: (nth) => `COPY ${nth}`,
  receiptNumber: "Receipt",
  time: "Time",
  till: "Till",
  cashier: "Cashier",
  items: (count) => (count === 1 ? "1 item" : `${count} items`),
  savings: "You saved",
  total: "Total",
  taxIncluded: (percent) => `incl. tax ${percent}%`,
  taxAdded: (percent) => `Tax ${percent}%`,
  cash: "Cash",
  given: "Given",
  change: "Change",
  channels: { wechat: "WeChat Pay", alipay: "Alipay", unionpay: "UnionPay", ecny: "e-CNY" },
  paymentNumber: "Order no.",
  providerNumber: "Transaction",
  listPrice: (amount) => `was ${amount}`,
  promisedRefund: (amount, attempt) =>
    `A payment of ${amount} is undecided: if it was taken, it will be returned. No. ${attempt}`,
  thanks: "Thank you. Please keep this receipt",
};
