import type { ReconcileTexts } from "../reconcile-texts.ts";

/** What does not agree and what waits, in the trade's words. */
export const reconcileBreaksZh: Pick<ReconcileTexts, "breaks" | "waits"> = {
  breaks: {
    withUsNotWithThem: (channel) => ({
      mark: "对方无此笔",
      title: `我方记了到账，${channel}账单里没有`,
      text: "账上多记了一笔应收，这笔钱不会结算下来。",
      next: `先再问一次${channel}，或等更正的账单。确实没有，就核销，或由员工承担。`,
    }),
    captureUnknown: (channel) => ({
      mark: "小票收了，到账没记上",
      title: `小票算了这笔，${channel}也收了，只是我方没记到账`,
      text: "钱在，货也卖了，只差一笔到账记录。",
      next: "按账单认下这笔，账就平了。不用找顾客。",
    }),
    saleWithoutPayment: (channel) => ({
      mark: "有小票，没到账",
      title: `小票上收了，${channel}没有这笔钱`,
      text: "货卖了，钱没进来，是短款。",
      next: `再问一次${channel}，也按单号在它的商户平台查一查。没有就核销，或由员工承担。`,
    }),
    captureWithoutSale: () => ({
      mark: "掉单",
      title: "掉单：钱到了，没有小票",
      text: "顾客付了钱，这一单没有结成。钱在待查款里，还不是销售收入。",
      next: "货拿走了就补单；没拿走就退给顾客。",
    }),
    paidTwice: () => ({
      mark: "付了两回",
      title: "顾客付了两回：多收的该退",
      text: "小票已经用别的方式收清，这笔是多出来的长款。",
      next: "把多收的退给顾客，原路退回。",
    }),
    paidAfterGivingUp: (channel) => ({
      mark: "后来又付成了",
      title: `${channel}说没付成，后来又付成了：该退`,
      text: "款台已经放弃这一笔，钱却到了。这是欠顾客的。",
      next: "退给顾客。顾客拿了货又没另付的，请顾客另结一单。",
    }),
    notGivenBack: (channel) => ({
      mark: "冲正没退回",
      title: `我方冲正了，${channel}没有退给顾客`,
      text: "顾客的钱还在商户账上，是长款，也是欠顾客的。",
      next: `先再问一次${channel}；还是没有，就退给顾客。`,
    }),
    paymentUnknown: () => ({
      mark: "我方无此笔",
      title: "账单里有，我方无此笔",
      text: "单号是本系统的样式，款台和网关都没有记录。钱到了，找不到主。",
      next: "多半是款台还没传完：先等一等。店里没人认得的，点“不是本店的”。",
    }),
    amountDiffers: (channel, { isOver } = {}) => ({
      mark: "金额不同",
      title: `同一笔，${channel}账单的金额和我方不同`,
      text: "结算按账单走，两边差的钱挂在渠道应收里。",
      next: `拿单号问${channel}：账单错就等更正的账单；账单对，差额就${isOver === true ? "记收益" : "核销"}。`,
    }),
    tenderDiffers: (_, { isOver } = {}) => ({
      mark: "小票金额不同",
      title: "小票记的金额和到账的不同",
      text: "到账是准的，小票多记或少记了。差的钱在待查款里。",
      next: `对着小票问收银员。${
        isOver === undefined
          ? "少收的由员工承担或核销，多收的记收益。"
          : isOver
            ? "没人来认的，记收益。"
            : "少收的由员工承担，或核销。"
      }`,
    }),
    rateDiffers: () => ({
      mark: "手续费不同",
      title: "手续费和约定的费率对不上",
      text: "入账按账单。差的是手续费，不影响收款。",
      next: "费率变了就改费率；没变就先按账单的手续费记，再拿合同找渠道要回来。",
    }),
    refundStuck: () => ({
      mark: "退款没退成",
      title: "答应退给顾客的钱没有退成",
      text: "小票上写了退，顾客还没收到。这笔是欠顾客的。",
      next: "渠道接了却一直没退完，就问渠道。不然看商户余额够不够，再退一次；退不了就用别的方式退，留下收条。",
    }),
    refundOutside: (channel) => ({
      mark: "外面退的",
      title: `${channel}那边退了款，不是从这里退的`,
      text: "可能有人在商户平台退的，也可能是顾客投诉扣的。钱少了，没有退货单。",
      next: "问清谁退的、为什么。是退货就认下这笔退款；不是就核销，或由员工承担。",
    }),
    unprovenTender: (channel, { candidates = 0 } = {}) =>
      candidates > 0
        ? {
            mark: "静态码没证实",
            title: `断网时收的静态码，${channel}账单里可能有`,
            text: `收银员看过顾客手机就放行了。账单里有 ${candidates} 笔金额相同、时间相近，${candidates === 1 ? "还不能证实就是它" : "分不清是哪一笔"}。`,
            next: "看下面这几行和顾客的付款记录，配上是它的那一笔。都不是，就先等一等、核销，或由员工承担。",
          }
        : {
            mark: "静态码没找到",
            title: `断网时收的静态码，${channel}账单里没找到`,
            text: "收银员看过顾客手机就放行了，账单里没有同样金额、相近时间的一笔。",
            next: "看是不是扫到别家的码，查监控和顾客的付款记录。找不回来就核销，或由员工承担。",
          },
    footerDiffers: () => ({
      mark: "账单合计不对",
      title: "账单自己的合计和明细加起来不同",
      text: "账单内部不一致，可能缺行。明细已经照常核对。",
      next: "再取一次账单；还是这样，问清渠道，就这样认下。",
    }),
    billMissing: (channel) => ({
      mark: "账单没来",
      title: `${channel}这天的账单没有来`,
      text: "这天的收款都没法核对，手续费也没入账。钱没有丢。",
      next: "在“账单”里现在去取；取不到就从商户平台下载，拖进来。",
    }),
    flowMissing: (channel) => ({
      mark: "资金账单没来",
      title: `${channel}这天的资金账单没有来`,
      text: `收款照常按交易账单核对。但这天${channel}账户里的余额没法核实，当天的打款也不知道。`,
      next: "在“账单”里现在去取；取不到就从商户平台下载，拖进来。渠道已经不提供了，就这样认下。",
    }),
    balanceDiffers: (channel, { isOver } = {}) => ({
      mark: "余额对不上",
      title: `${channel}账户里的余额和算出来的不同`,
      text: "期初加账单减到账，不等于资金账单写的余额。有进出没有记到账上。",
      next: `再问一次，看资金账单里没见过的行：可能有人提了现，或渠道扣了别的费。说不清的${isOver === undefined ? "核销，或记收益" : isOver ? "记收益" : "核销"}。`,
    }),
    settlementLate: (channel) => ({
      mark: "到账晚了",
      title: `${channel}打了款，银行还没收到`,
      text: "钱离开了渠道账户，过了该到的日子。还在途中，没有丢。",
      next: "看银行流水交全了没有，先等一等；再拿打款单号问渠道。",
    }),
    settlementShort: () => ({
      mark: "到账少了",
      title: "银行到账比渠道打款少",
      text: "少的钱还挂在途中，是短款。",
      next: "多半是银行或渠道扣了费：问清是什么，再就这样认下。",
    }),
    settlementOver: () => ({
      mark: "到账多了",
      title: "银行到账比渠道打款多",
      text: "多的钱不是本店的收入，先挂着。",
      next: "问渠道是不是把两笔并成了一笔，再就这样认下。",
    }),
    payoutReturned: () => ({
      mark: "退票",
      title: "打款被银行退回（退票）",
      text: "钱回到了渠道余额，银行没有收到。",
      next: "核对收款账户的户名和账号；改好后渠道会再打一次，就这样认下。",
    }),
    creditUnknown: () => ({
      mark: "银行来款不明",
      title: "银行收到一笔，不是哪个渠道打的款",
      text: "钱在银行，账上没有来处。",
      next: "看付款方和附言；与渠道和存款都无关的，点“不是本店的”，收入由会计另记。",
    }),
    drawerShort: () => ({
      mark: "钱箱短款",
      title: "钱箱点出来比账上少",
      text: "少的钱先挂在现金长短款，还没有定损失。",
      next: "先找：有没有漏记的取现、找错的零。找到就改正，找不到由员工承担或记损失。",
    }),
    drawerOver: () => ({
      mark: "钱箱长款",
      title: "钱箱点出来比账上多",
      text: "多的钱先挂在现金长短款，还不是收入。",
      next: "先找：有没有少找零、漏打的小票。找不到就这样认下，记收益。",
    }),
    safeShort: () => ({
      mark: "保险柜短款",
      title: "保险柜点出来比账上少",
      text: "少的钱先挂在现金长短款，还没有定损失。",
      next: "先找：有没有取了没记的钱、还没上传的缴款单。找不到由员工承担或记损失。",
    }),
    safeOver: () => ({
      mark: "保险柜长款",
      title: "保险柜点出来比账上多",
      text: "多的钱先挂在现金长短款，还不是收入。",
      next: "先找：有没有漏记的缴款，或拿回来没撤销的存款。找不到就这样认下，记收益。",
    }),
    depositMissing: () => ({
      mark: "存款未到账",
      title: "现金拿去存了，银行没有",
      text: "离开保险柜五天多了，还在途，不算丢。",
      next: "先看银行流水是不是导全了，再向经手人要银行回单。钱拿回来了，就撤销这张存款单。",
    }),
    depositShort: () => ({
      mark: "存款少到账",
      title: "银行入账比存的少",
      text: "少的部分还挂在存现在途。",
      next: "向经手人要银行回单：可能点错、退了残币或假币。查清再认下，或由员工承担。",
    }),
    depositOver: () => ({
      mark: "存款多到账",
      title: "银行入账比存的多",
      text: "多的部分先挂着，还不是收入。",
      next: "点一下保险柜：可能多装了一张。查清再认下，记收益。",
    }),
  },
  waits: {
    journal: { mark: "等款台上传", text: "款台的流水还没传到这一笔，款台联网就有。" },
    saleOpen: { mark: "这单还没结", text: "小票还挂着或没收完，结了就对。" },
    nearCut: { mark: "等邻日账单", text: "在零点前后，可能记在相邻那天的账单里。" },
    refundUnderWay: { mark: "退款在途", text: "渠道接了退款，还没退完。" },
    attemptLive: { mark: "还在问渠道", text: "这笔收款还没有结果，网关还在问。" },
    unproved: { mark: "等账单认领", text: "断网时收的静态码，等账单来，或由人指出是哪一笔。" },
    billNotHere: { mark: "等账单", text: "这天的账单还没来。" },
    billEarly: { mark: "账单来早了", text: "这天的账单已经来了，但来的时候还没有这一笔；会一直再取，取到全天的为止。" },
    letWait: { mark: "有人让先等", text: "已有人看过，先等着。到时候还对不上，会再变红。" },
  },
};
