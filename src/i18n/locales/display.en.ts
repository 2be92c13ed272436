import type { DisplayWords } from "../display-words.ts";

export const displayEn: DisplayWords = {
  channel: { wechat: "WeChat Pay", alipay: "Alipay", unionpay: "UnionPay", ecny: "e-CNY" },
  givenBack: { title: "Your payment went back", text: "It came too late and was refunded. Please pay again." },
  scan: (channel) => `Scan with ${channel}`,
  codeLeft: (seconds) => `${seconds} s`,
  back: "Refund",
  saved: "You save",
  saleDiscount: "Discount on all",
  due: "To pay",
  now: "To pay now",
  total: "Total",
  welcome: "Welcome",
  password: { title: "Please confirm on your phone", text: "Enter your payment password to finish" },
  contacting: { title: "Paying", text: "One moment please" },
  inDoubt: { title: "Confirming the result", text: "Please do not pay again yet" },
  declined: { title: "Not paid", text: "Please try another way or a fresh code" },
  paid: "Paid",
  change: "Your change",
  given: "Given",
  thanks: "Thank you",
  stale: { title: "One moment please", text: "" },
};
