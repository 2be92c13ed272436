import type { PriceWords } from "../areas/price-texts.ts";

export const priceZh: PriceWords = {
  saleTitle: "整单折扣",
  now: "现在",
  kinds: {
    percent: "打折",
    amount: "减金额",
    target: "一口价",
    price: "改单价",
  },
  why: "原因",
  reasons: {
    damaged: "有破损",
    nearExpiry: "临近保质期",
    priceMatch: "按别处价格",
    labelWrong: "价签标错",
    regular: "老顾客",
    other: "其他",
  },
  note: "备注",
  noteHint: "例如：礼品包装（印在小票上）",
  take: "确定",
  clear: "不打折",
  remove: "删掉这一行",
  back: "返回",
  hint: {
    percent: "输入减百分之几，10 就是九折",
    amount: "少收多少",
    target: "一共收多少",
    price: "每件或每公斤的价格",
  },
  percentOff: (percent) => `减 ${percent}%`,
};
