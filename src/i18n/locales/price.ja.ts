import type { PriceWords } from "../areas/price-texts.ts";

export const priceJa: PriceWords = {
  saleTitle: "全体の値引き",
  now: "現在",
  kinds: {
    percent: "割引率",
    amount: "値引き額",
    target: "売価指定",
    price: "単価変更",
  },
  why: "理由",
  reasons: {
    damaged: "傷み",
    nearExpiry: "期限間近",
    priceMatch: "他店価格",
    labelWrong: "値札の誤り",
    regular: "お得意様",
    other: "その他",
  },
  note: "メモ",
  noteHint: "レシートに印字されます（例：贈り物包装）",
  take: "決定",
  clear: "値引きなし",
  remove: "この行を消す",
  back: "戻る",
  hint: {
    percent: "10 は 1 割引",
    amount: "差し引く額",
    target: "合計でいくらにするか",
    price: "1 点または 1 kg の価格",
  },
  percentOff: (percent) => `${percent}% 引き`,
};
