import type { ReceiptDocument } from "../../../src/domain/receipt.ts";

/** A receipt with everything that goes wrong on paper: long names, mixed scripts, ¥, emoji, kana, notes, a QR code, a control character. */
export const goldenReceipt: ReceiptDocument = {
  language: "zh-CN",
  blocks: [
    { kind: "text", text: "款台示范店", align: "center", size: "large", bold: true },
    {
      kind: "text",
      text: "上海市徐汇区漕溪北路1200号 电话 021-5555 0100",
      align: "center",
      size: "normal",
      bold: false,
    },
    { kind: "rule" },
    { kind: "pair", left: "单号 A01-000123", right: "2026-11-24 15:04", size: "normal", bold: false },
    { kind: "pair", left: "收银员 王小明", right: "会员 138****0000", size: "normal", bold: false },
    { kind: "rule" },
    {
      kind: "item",
      name: "晨雾牌有机纯牛奶250ml×12盒（礼盒装，限时特惠）",
      detail: "2 × ¥59.90",
      amount: "¥119.80",
      notes: ["满100减10：-¥10.00"],
    },
    {
      kind: "item",
      name: "Mooncake Assorted Gift Box with Supercalifragilisticexpialidocious filling",
      detail: "1 × ¥128.00",
      amount: "¥128.00",
      notes: [],
    },
    {
      kind: "item",
      name: "おにぎり さけ 🍙👨‍👩‍👧",
      detail: "3 × ¥7.50",
      amount: "¥22.50",
      notes: ["含税 Tax 9%", "临期商品，请于当日食用完毕；售出后不退不换，敬请谅解。"],
    },
    { kind: "item", name: "散称红富士苹果\u001b@", detail: "1.236kg × ¥12.80", amount: "¥15.82", notes: [] },
    { kind: "rule" },
    { kind: "pair", left: "合计", right: "¥276.12", size: "large", bold: true },
    {
      kind: "pair",
      left: "微信支付（余额，尾号0000的非常非常非常非常长的通道名称）",
      right: "¥276.12",
      size: "normal",
      bold: false,
    },
    { kind: "feed", lines: 1 },
    { kind: "qr", text: "01JD9YQ0A1T7K3M5ABCDEFGHJK", caption: "扫码查看电子小票" },
    { kind: "text", text: "谢谢惠顾", align: "center", size: "normal", bold: false },
  ],
};
