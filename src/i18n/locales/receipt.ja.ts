import type { ReceiptTexts } from "../receipt-texts.ts";

export const receiptJa: ReceiptTexts = {
  copy: (nth) => `再発行 COPY ${nth}`,
  receiptNumber: "レシート番号",
  time: "日時",
  till: "レジ",
  cashier: "担当",
  items: (count) => `計 ${count}点`,
  savings: "値引き",
  total: "合計",
  taxIncluded: (percent) => `内税 ${percent}%`,
  taxAdded: (percent) => `外税 ${percent}%`,
  cash: "現金",
  given: "お預り",
  change: "お釣り",
  channels: { wechat: "WeChat Pay", alipay: "Alipay", unionpay: "銀聯QR", ecny: "デジタル人民元" },
  paymentNumber: "注文番号",
  providerNumber: "取引番号",
  listPrice: (amount) => `定価 ${amount}`,
  promisedRefund: (amount, attempt) =>
    `${amount} の支払い結果が未定です。引き落とし済みの場合は返金します。番号 ${attempt}`,
  thanks: "ありがとうございました",
};
