import { instant } from "../../src/domain/clock.ts";
import { makeId, type Id, type PaymentId, type SaleId, type Tag } from "../../src/domain/identifier.ts";
import type { CompletedSale } from "../../src/domain/journal.ts";
import { money } from "../../src/domain/money.ts";
import { pieces } from "../../src/domain/quantity.ts";
import { taxOf, taxRate } from "../../src/domain/tax.ts";
import { systemRandom } from "../../src/gateway/system-clock.ts";

const at = instant(1_795_500_000_000);

/** A new id that this till's tag made. */
export function newId<Kind extends Id>(tag: Tag): Kind {
  return makeId<Kind>(at, tag, systemRandom);
}

/** A completed sale of one line at 13 % for `fen`, in cash, or by the attempt when one is named. */
export function sampleSale(sale: SaleId, fen: number, attempt: PaymentId | null = null): CompletedSale {
  const total = money(fen, "CNY");
  const tax = taxOf(total, taxRate(1300), "included");
  const names = { "zh-CN": "岭禾纯牛奶", en: "Linghe milk", ja: "リンホー牛乳" };
  const line = {
    line: 1,
    product: "100001" as never,
    names,
    barcode: null,
    quantity: pieces(1),
    unitPrice: total,
    listPrice: total,
    labelPrice: null,
    override: null,
    discount: null,
    reductions: [],
    amount: total,
    taxRate: taxRate(1300),
    depositFor: null,
    isDeposit: false,
    returnOf: null,
  };
  const tender =
    attempt === null
      ? ({ kind: "cash", amount: total, given: total, change: money(0, "CNY"), rounding: money(0, "CNY") } as const)
      : ({
          kind: "payment",
          amount: total,
          attempt,
          channel: "wechat",
          providerTransactionId: "4200000000000000001",
          capturedAt: at,
          tip: money(0, "CNY"),
        } as const);
  return {
    sale: {
      id: sale,
      taxMode: "included",
      openedAt: at,
      lines: [line],
      discount: null,
      savings: money(0, "CNY"),
      rounding: money(0, "CNY"),
      total,
      taxes: [{ rate: taxRate(1300), tax, net: money(fen - tax.amount, "CNY") }],
    },
    receipt: `A1-1-${String(fen).padStart(4, "0")}`,
    tenders: [tender],
    carried: [],
    approvals: [],
    steps: { firstLineAt: at, lastLineAt: at, payAt: at, tenderAt: at, completedAt: at, steps: 2 },
    drawer: attempt === null,
  };
}
