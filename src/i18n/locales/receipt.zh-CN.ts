import type { ReceiptTexts } from "../receipt-texts.ts";

export const receiptZh: ReceiptTexts = {
  copy: (nth) => `补打 COPY ${nth}`,
  receiptNumber: "小票号",
  time: "时间",
  till: "款台",
  cashier: "收银员",
  items: (count) => `共 ${count} 件`,
  savings: "已优惠",
  total: "合计",
  taxIncluded: (percent) => `含税 ${percent}%`,
  taxAdded: (percent) => `税 ${percent}%`,
  cash: "现金",
  given: "实收",
  change: "找零",
  channels: { wechat: "微信支付", alipay: "支付宝", unionpay: "云闪付", ecny: "数字人民币" },
  paymentNumber: "商户单号",
  providerNumber: "交易单号",
  listPrice: (amount) => `原价 ${amount}`,
  promisedRefund: (amount, attempt) => `另有一笔 ${amount} 的付款结果未知：如已扣款，将原路退回。单号 ${attempt}`,
  thanks: "谢谢惠顾，请保留小票",
};
