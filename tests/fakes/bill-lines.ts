/** Columns of WeChat Pay's ALL bill, as the provider names them. */
export const wechatTradeColumns =
  "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";
const wechatTotals = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";
/** Columns of Alipay's trade bill, as the provider names them. */
export const alipayTradeColumns =
  "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注";
const rule = "-".repeat(40);

/** A WeChat Pay ALL bill of so many rows with their right totals, line by line; every tenth row is a refund. */
export function* wechatBillLines(count: number): Generator<string> {
  yield `\ufeff${wechatTradeColumns}\r\n`;
  let ordered = 0;
  let refunded = 0;
  let fee = 0;
  for (let index = 0; index < count; index++) {
    const fen = 100 + (index % 9_000);
    const thousandths = Math.round(fen * 0.006) * 1_000;
    const number = String(index).padStart(12, "0");
    const isRefund = index % 10 === 9;
    if (isRefund) {
      refunded += fen;
      fee -= thousandths;
    } else {
      ordered += fen;
      fee += thousandths;
    }
    const cells = [
      `2026-11-20 ${clockTime(index)}`,
      "wxd678efh567hg6787",
      "1900000109",
      "0",
      `POS-${index % 7}`,
      `4200000000202611${number}`,
      `T2026112009${number}`,
      `oTEST${number}openid`,
      "MICROPAY",
      isRefund ? "REFUND" : "SUCCESS",
      "OTHERS",
      "CNY",
      isRefund ? "0.00" : yuan(fen, 2),
      "0.00",
      isRefund ? `5030000000202611${number}` : "0",
      isRefund ? `R2026112009${number}` : "0",
      isRefund ? yuan(fen, 2) : "0.00",
      "0.00",
      isRefund ? "ORIGINAL" : "",
      isRefund ? "SUCCESS" : "",
      "拿铁咖啡大杯×2",
      "till=03",
      yuan((isRefund ? -1 : 1) * thousandths, 5),
      "0.60%",
      isRefund ? "0.00" : yuan(fen, 2),
      isRefund ? yuan(fen, 2) : "0.00",
      "",
    ];
    yield `\`${cells.join(",`")}\r\n`;
  }
  yield `${wechatTotals}\r\n`;
  const totals = [
    `${count}.0`,
    yuan(ordered, 2),
    yuan(refunded, 2),
    "0.00",
    yuan(fee, 5),
    yuan(ordered, 2),
    yuan(refunded, 2),
  ];
  yield `\`${totals.join(",`")}\r\n`;
}

/** An Alipay trade bill of so many rows with their right totals, line by line; every tenth row is a refund. */
export function* alipayBillLines(count: number): Generator<string> {
  yield "#支付宝业务明细查询\r\n#账号：[20880000000001560156]\r\n";
  yield "#起始日期：[2026年11月20日 00:00:00]   终止日期：[2026年11月21日 00:00:00]\r\n";
  yield `#${rule}业务明细列表${rule}\r\n${alipayTradeColumns}\r\n`;
  let received = 0;
  let refunded = 0;
  let refunds = 0;
  for (let index = 0; index < count; index++) {
    const isRefund = index % 10 === 9;
    const fen = 100 + (index % 9_000);
    const sign = isRefund ? -1 : 1;
    if (isRefund) refunds += 1;
    if (isRefund) refunded += fen;
    else received += fen;
    const number = String(index).padStart(12, "0");
    const amount = yuan(sign * fen, 2);
    const cells = [
      `2026112022001400${number}\t`,
      `T2026112009${number}\t`,
      isRefund ? "退款" : "交易",
      "拿铁咖啡x2",
      `2026-11-20 ${clockTime(index)}`,
      `2026-11-20 ${clockTime(index)}`,
      "S0001",
      "腾讯大厦店",
      "C07",
      `POS-${index % 7}`,
      "*测试(tes***@example.test)",
      amount,
      amount,
      "0.00",
      "0.00",
      "0.00",
      "0.00",
      "0.00",
      "",
      "0.00",
      "0.00",
      isRefund ? `R2026112009${number}\t` : "\t",
      yuan(-sign * Math.round(fen * 0.006), 2),
      "0.00",
      "",
    ];
    yield `${cells.join(",")}\r\n`;
  }
  yield `#${rule}业务明细列表结束${rule}\r\n`;
  yield `#交易合计：${count - refunds}笔，商家实收共${yuan(received, 2)}元，商家优惠共0.00元\r\n`;
  yield `#退款合计：${refunds}笔，商家实收退款共${yuan(-refunded, 2)}元，商家优惠退款共0.00元\r\n`;
  yield "#导出时间：[2026年11月21日 09:12:00]\r\n";
}

/** Yuan with 2 decimals out of fen, or with 5 out of thousandths of fen; by text, as a provider writes them. */
export function yuan(amount: number, decimals: number): string {
  const digits = String(Math.abs(amount)).padStart(decimals + 1, "0");
  return `${amount < 0 ? "-" : ""}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

function clockTime(index: number): string {
  const pair = (value: number) => String(value).padStart(2, "0");
  return `${pair(Math.floor(index / 3600) % 24)}:${pair(Math.floor(index / 60) % 60)}:${pair(index % 60)}`;
}
