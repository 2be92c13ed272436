import type { MappedAccount } from "./account-map.ts";

const plain = { asks: [], department: "", customer: "", cashFlow: "" } as const;

/**
 * Where our accounts usually go in a Chinese chart of accounts (企业会计准则), as a start that the accountant changes. General and
 * small taxpayers differ in the tax account only.
 */
export function suggestedAccounts(taxpayer: "general" | "small"): readonly MappedAccount[] {
  const tax = taxpayer === "general" ? "22210106" : "222102";
  const rows: readonly (readonly [pattern: string, code: string, name: string])[] = [
    ["drawer", "100101", "库存现金-钱箱"],
    ["safe", "100102", "库存现金-保险柜"],
    ["bank", "1002", "银行存款"],
    ["balance", "101201", "其他货币资金-支付渠道余额"],
    ["payoutInTransit", "101202", "其他货币资金-提现在途"],
    ["cashInTransit", "101203", "其他货币资金-存现在途"],
    ["receivable", "112201", "应收账款-支付渠道"],
    ["staffReceivable", "122101", "其他应收款-员工"],
    ["unproven", "122102", "其他应收款-待核实收款"],
    ["cashPending", "190101", "待处理财产损溢"],
    ["suspense", "224101", "其他应付款-待查款"],
    ["refundsOwed", "224102", "其他应付款-应退款"],
    ["unexplained", "224103", "其他应付款-渠道待查"],
    ["otherBusiness", "224104", "其他应付款-账户上的其他业务"],
    ["tipsPayable", "224105", "其他应付款-小费"],
    ["betweenStores", "224106", "其他应付款-门店往来"],
    ["owner", "224107", "其他应付款-店主"],
    ["openingBalance", "310401", "利润分配-期初"],
    ["revenue", "600101", "主营业务收入"],
    ["returns", "600101", "主营业务收入"],
    ["shopDiscount", "600101", "主营业务收入"],
    ["rounding", "600101", "主营业务收入"],
    ["outputTax", tax, "应交税费-销项税额"],
    ["fees", "660302", "财务费用-手续费"],
    ["settlementDifferences", "671102", "营业外支出-结算差额"],
    ["expense", "660299", "管理费用-其他"],
    ["otherIncome", "630199", "营业外收入-其他"],
    ["loss", "671101", "营业外支出-损失"],
  ];
  return rows.map(([pattern, code, name]) => ({ pattern, code, name, ...plain }));
}
