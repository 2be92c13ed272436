import type { DisplayWords } from "../display-words.ts";

export const displayZh: DisplayWords = {
  channel: { wechat: "微信支付", alipay: "支付宝", unionpay: "云闪付", ecny: "数字人民币" },
  givenBack: { title: "您的付款已退回", text: "付款晚了一步，已原路退回，请再付一次。" },
  scan: (channel) => `请用${channel}扫码`,
  codeLeft: (seconds) => `${seconds} 秒`,
  back: "退款",
  saved: "为您省下",
  saleDiscount: "整单优惠",
  due: "应付",
  now: "这次付",
  total: "合计",
  welcome: "欢迎光临",
  password: { title: "请在手机上确认", text: "输入支付密码后就完成了" },
  contacting: { title: "正在付款", text: "请稍等" },
  inDoubt: { title: "正在确认结果", text: "请先不要再付一次" },
  declined: { title: "没有付成功", text: "请换一种方式，或刷新付款码" },
  paid: "付款成功",
  change: "找您",
  given: "实收",
  thanks: "谢谢惠顾",
  stale: { title: "请稍等", text: "" },
};
