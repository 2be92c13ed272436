import type { DisplayWords } from "../display-words.ts";

export const displayJa: DisplayWords = {
  channel: { wechat: "WeChat Pay", alipay: "Alipay", unionpay: "銀聯QR", ecny: "デジタル人民元" },
  givenBack: {
    title: "お支払いは返金されました",
    text: "間に合わなかったため返金しました。もう一度お支払いください。",
  },
  scan: (channel) => `${channel} で読み取ってください`,
  codeLeft: (seconds) => `${seconds} 秒`,
  back: "返金",
  saved: "お得になった額",
  saleDiscount: "全体値引き",
  due: "お支払い",
  now: "今回のお支払い",
  total: "合計",
  tax: "税",
  welcome: "いらっしゃいませ",
  password: { title: "スマートフォンで確認してください", text: "暗証番号を入れると完了です" },
  contacting: { title: "お支払い中", text: "少々お待ちください" },
  inDoubt: { title: "結果を確認しています", text: "もう一度お支払いにならないでください" },
  declined: { title: "お支払いできませんでした", text: "別の方法か、新しいコードでお願いします" },
  paid: "お支払い完了",
  noted: "金額を記録しました",
  change: "お釣り",
  given: "お預り",
  thanks: "ありがとうございました",
  stale: { title: "少々お待ちください", text: "" },
};
