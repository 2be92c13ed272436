import type { PriceWords } from "../areas/price-texts.ts";

export const priceEn: PriceWords = {
  saleTitle: "Discount on the whole sale",
  now: "Now",
  kinds: {
    percent: "Percent off",
    amount: "Amount off",
    target: "Shall cost",
    price: "Other price",
  },
  why: "Why",
  reasons: {
    damaged: "Damaged",
    nearExpiry: "Near its date",
    priceMatch: "Matched price",
    labelWrong: "Label was wrong",
    regular: "Regular customer",
    other: "Other",
  },
  note: "Note",
  noteHint: "Printed on the receipt, such as: gift wrap",
  take: "Take it",
  clear: "No discount",
  remove: "Take the line off",
  back: "Back",
  hint: {
    percent: "10 is one tenth off",
    amount: "So much less",
    target: "What it shall cost in all",
    price: "Price a piece or a kilogram",
  },
  percentOff: (percent) => `${percent}% off`,
};
