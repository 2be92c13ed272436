import { plainText, voucherNumber, type ExportedVoucher } from "./u8-text.ts";

/** A cell of a table: amounts in minor units, everything else as text. */
export type KingdeeCell =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "amount"; readonly minor: number };

const standardHeads = [
  "FDate",
  "FTransDate",
  "FPeriod",
  "FGroup",
  "FNum",
  "FEntryID",
  "FExp",
  "FAcctID",
  "FClsName1",
  "FObjID1",
  "FObjName1",
  "FClsName2",
  "FObjID2",
  "FObjName2",
  "FTransID",
  "FCyID",
  "FExchRate",
  "FDC",
  "FFCyAmt",
  "FQty",
  "FPrice",
  "FDebit",
  "FCredit",
  "FSettlCode",
  "FSettleNo",
  "FPrepare",
  "FPay",
  "FCash",
  "FPoster",
  "FChecker",
  "FAttchment",
  "FPosted",
  "FModule",
  "FDeleted",
  "FSerialNo",
  "FUnitName",
  "FReference",
  "FCashFlow",
] as const;

/** The heads of 金蝶's standard voucher table. */
export const kingdeeHeads: readonly string[] = standardHeads;

/** A row for each entry, in the order of `kingdeeHeads`. */
export function kingdeeRows(vouchers: readonly ExportedVoucher[], maker: string): readonly (readonly KingdeeCell[])[] {
  return vouchers.flatMap((voucher) =>
    voucher.entries.map((entry, nth) => {
      const isDebit = entry.debit !== 0;
      const dimensions = [
        ...(entry.department === "" ? [] : [["部门", entry.department] as const]),
        ...(entry.customer === "" ? [] : [["客户", entry.customer] as const]),
      ];
      const values: { readonly [Head in (typeof standardHeads)[number]]?: string | number } = {
        FDate: voucher.day,
        FTransDate: voucher.day,
        FPeriod: String(Number(voucher.day.slice(5, 7))),
        FGroup: "记",
        FNum: String(voucher.number),
        FEntryID: String(nth),
        FExp: plainText(entry.summary),
        FAcctID: entry.code,
        FClsName1: dimensions[0]?.[0] ?? "",
        FObjID1: dimensions[0]?.[1] ?? "",
        FClsName2: dimensions[1]?.[0] ?? "",
        FObjID2: dimensions[1]?.[1] ?? "",
        FCyID: "RMB",
        FExchRate: "1",
        FDC: isDebit ? "D" : "C",
        FFCyAmt: isDebit ? entry.debit : entry.credit,
        FDebit: entry.debit,
        FCredit: entry.credit,
        FPrepare: plainText(maker),
        FAttchment: "0",
        FPosted: "0",
        FDeleted: "0",
        FReference: voucherNumber(voucher),
        FCashFlow: entry.cashFlow,
      };
      return standardHeads.map((head): KingdeeCell => {
        const value = values[head] ?? "";
        return typeof value === "number" ? { kind: "amount", minor: value } : { kind: "text", text: value };
      });
    }),
  );
}
