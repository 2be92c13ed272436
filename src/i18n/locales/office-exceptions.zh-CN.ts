import type { OfficeWords } from "../office-words.ts";

export const officeExceptionsZh: OfficeWords["exception"] = {
  lateCapture: {
    title: "说没付成，后来又付成了：该退给顾客",
    text: "到渠道的商户平台，用商户单号找到这一笔，原路退回。小票不用改。",
  },
  entryNotUnderstood: {
    title: "款台送来一条网关看不懂的流水",
    text: "内容原样存着，没有丢。多半是款台比网关新：升级网关后，请技术人员重新入账。",
  },
  brokenChain: {
    title: "款台的流水接不上",
    text: "可能有人复制了这台设备或恢复了旧备份。停用这台款台，盘点它的现金和小票，再给它一个新的激活码。",
  },
  saleLeftOpen: {
    title: "当班结束时还有一单没收完",
    text: "看看它的收款到账没有：到账了而顾客已拿走货，找当班收银员补小票；没到账就不用管。",
  },
  captureOnCompletedSale: {
    title: "款台说放弃了，但小票已经算了这笔钱",
    text: "没有自动退款。问收银员顾客到底怎么付的：付了两回，就到渠道的商户平台退一回。",
  },
  quarantined: {
    title: "已停用的款台又送来流水",
    text: "先隔离着，没有入账。核对是不是停用前卖的；拿不准就找出那台设备。",
  },
  reversalStuck: {
    title: "撤销一直没有成功",
    text: "网关还在自己重试。到渠道的商户平台看这一笔：付成了就退款，没付成就不用管。",
  },
  refundStuck: {
    title: "有一笔退款没有退成",
    text: "支付平台没能把钱退给顾客。到商户平台查退款单号；一直退不了，就用别的方式退给顾客。",
  },
  refundAboveLeft: {
    title: "同样的商品退了两次",
    text: "退的比收的多。要退回钱包的钱没有发出；用现金退的已经付出去了。把下面几张小票放在一起核对，再联系顾客。",
  },
  refundUnapproved: {
    title: "有一笔退款在等人：没有看到有权限的人点头",
    text: "款台承诺了退款，但网关没有见到第二个人确认，或者和原单对不上。钱还没有退。核对小票；确实该退，就到商户平台退给顾客。",
  },
  heldTwice: {
    title: "同一张挂单被结了两次",
    text: "两个款台结了同一张挂单。顾客付了两次的话，退掉一次。",
  },
  cashOutUnapproved: {
    title: "退空瓶付现金没有经过批准",
    text: "付出的现金超过了收银员自己的权限，又没有有权限的人点头。这一单照常入账；请问清缘由。",
  },
  reductionUnapproved: {
    title: "折扣没有经过批准",
    text: "减价超过了收银员自己的权限，又没有有权限的人点头。这一单照常入账；请问清缘由。",
  },
  clockWrong: {
    title: "款台的时钟不对，营业日可能记错",
    text: "这个班次的单记在了别的营业日。校准那台设备的时钟；下一位登录时会自动开新的班次。",
  },
  tenderWithoutCapture: {
    title: "小票上收了这笔扫码款，但没有到账",
    text: "等当天账单来了，“对账”会说明渠道有没有这一笔。着急的话，到渠道的商户平台查这个商户单号。",
  },
  about: "单号",
  technical: (text) => `给技术人员：${text}`,
  total: (count) => `共 ${count} 件`,
  openPayment: "看这笔收款",
  asDifference: "已和账单核对过：差异里写着渠道那边的情况和可以怎么办。",
  openDifference: "看这条差异",
  look: "已处理",
  lookNote: "处理结果",
  lookFailed: "没记下：可能已经处理过，或者网关没有回应。请再看一下。",
  openSale: "看这一单的收款",
};
