import type { CompletedSale } from "../domain/journal.ts";
import type { MinorUnits, Money } from "../domain/money.ts";
import type { Sale } from "../domain/sale.ts";

type Loose = Readonly<Record<string, unknown>>;

/** Rows written before there were discounts, returns and rounding get the plain values of what they lack. */
export function upgradedSale<Row extends { readonly body: CompletedSale }>(row: Row): Row {
  const { body } = row;
  const nothing: Money = { amount: 0 as MinorUnits, currency: body.sale.total.currency };
  return {
    ...row,
    body: {
      ...plainBody,
      ...body,
      sale: { ...plainSnapshot(nothing), ...body.sale, lines: body.sale.lines.map(upgradedLine) },
      tenders: body.tenders.map((tender) => upgradedTender(tender, nothing)),
    },
  };
}

/** The same for a payment's own copy of its sale. */
export function upgradedAttempt<Row extends { readonly sale: Sale }>(row: Row): Row {
  const nothing: Money = { amount: 0 as MinorUnits, currency: row.sale.currency };
  return {
    ...plainAttempt(nothing),
    ...row,
    sale: {
      ...plainTicket,
      ...row.sale,
      lines: row.sale.lines.map(upgradedLine),
      tenders: row.sale.tenders.map((tender) => upgradedTender(tender, nothing)),
    },
  };
}

const plainBody = { carried: [], approvals: [] };
const plainTicket = { discount: null, approvals: [], carried: [] };
const plainSnapshot = (nothing: Money) => ({ discount: null, rounding: nothing });
const plainAttempt = (nothing: Money) => ({ tip: nothing, presentment: "consumer" as const });
const plainLine = {
  labelPrice: null,
  override: null,
  discount: null,
  reductions: [],
  depositFor: null,
  isDeposit: false,
  returnOf: null,
};

function upgradedLine<Line extends object>(line: Line): Line {
  return { ...plainLine, ...line };
}

function upgradedTender<Tender extends { readonly kind: string }>(tender: Tender, nothing: Money): Tender {
  const lacking: Loose =
    tender.kind === "cash" ? { rounding: nothing } : tender.kind === "payment" ? { tip: nothing } : {};
  return { ...lacking, ...tender };
}
