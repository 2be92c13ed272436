import type { CompletedSale } from "../../domain/journal.ts";
import { add, money, negate, subtract, sum, type CurrencyCode, type Money } from "../../domain/money.ts";
import { roundingPerLine } from "../../domain/sale-totals.ts";
import { taxOf, type TaxRate } from "../../domain/tax.ts";
import { accounts, matched, type Side, type Transfer } from "./ledger.ts";

/** Who owes the money of a refund: the provider account its payment was made with. */
export type AccountOf = (attempt: string) => string;

/**
 * What a completed sale posts (`books.md` 10): its goods sold to revenue and tax by rate (rows 1, 2, 5, 6, 14), its goods that
 * came back out of returns and tax (row 7). In an exchange what came back pays for what goes out, so the two meet in the middle.
 */
export function saleCompletedTransfers(
  till: string,
  completed: Pick<CompletedSale, "sale" | "tenders">,
  accountOf: AccountOf = () => "",
): readonly Transfer[] {
  const { sale, tenders } = completed;
  const { currency } = sale.total;
  const into = tenders.filter((tender) => tender.amount.amount > 0);
  const out = tenders.filter((tender) => tender.amount.amount < 0);
  const sold = soldByRate(sale, currency);
  const back = backByRate(sale);
  const debits: Side[] = [
    // rounding comes first: it is matched with revenue, never with tax (row 5)
    ...(sale.rounding.amount > 0 ? [{ account: accounts.rounding, amount: sale.rounding }] : []),
    ...into.map((tender): Side => ({ account: debitOf(tender, till), amount: tender.amount })),
    ...back.flatMap(({ rate, net, tax }) => [
      { account: accounts.returns(rate), amount: net },
      { account: accounts.outputTax(rate), amount: tax },
    ]),
  ];
  const credits: Side[] = [
    ...out.map((tender): Side => ({
      account: tender.kind === "refund" ? accounts.refundsOwed(accountOf(tender.attempt)) : accounts.drawer(till),
      amount: negate(tender.amount),
    })),
    ...sold.flatMap(({ rate, net, tax }) => [
      { account: accounts.revenue(rate), amount: net },
      { account: accounts.outputTax(rate), amount: tax },
    ]),
  ];
  return [...matched(debits.filter(isSome), credits.filter(isSome)), ...tipTransfers(completed)];
}

/** A tip is in the capture and in no tender's amount: it leaves suspense for the staff (row 6). */
function tipTransfers({ tenders }: Pick<CompletedSale, "tenders">): Transfer[] {
  return tenders.flatMap((tender) =>
    tender.kind === "payment" && tender.tip.amount > 0
      ? [{ debit: accounts.suspense, credit: accounts.tipsPayable, amount: tender.tip }]
      : [],
  );
}

function debitOf(tender: CompletedSale["tenders"][number], till: string): string {
  if (tender.kind === "cash") return accounts.drawer(till);
  return tender.kind === "unverified" ? accounts.unproven : accounts.suspense;
}

type ByRate = { readonly rate: TaxRate; readonly net: Money; readonly tax: Money };

/** Revenue before rounding: what rounding took off is an account of its own; its tax is already less. */
function soldByRate(sale: CompletedSale["sale"], currency: CurrencyCode): ByRate[] {
  const back = backByRate(sale);
  const rates = sale.taxes.map((line): ByRate => {
    const gone = back.find((each) => each.rate === line.rate);
    return {
      rate: line.rate,
      net: sum([line.net, gone?.net ?? money(0, currency)], currency),
      tax: sum([line.tax, gone?.tax ?? money(0, currency)], currency),
    };
  });
  if (sale.rounding.amount === 0) return rates;
  // rounding up is revenue, and stands in it already with included tax; with added tax all of it does
  const shares = roundingPerLine(sale.lines, sale.rounding);
  const isInNet = sale.taxMode === "included";
  const isUp = sale.rounding.amount < 0;
  if (isUp === isInNet) return rates;
  return rates.map((line) => {
    const own = shares.filter((_, at) => sale.lines[at]?.taxRate === line.rate);
    const share = sum(own, currency);
    return { ...line, net: isUp ? subtract(line.net, share) : add(line.net, share) };
  });
}

/** What came back by rate, not negative. */
function backByRate(sale: CompletedSale["sale"]): ByRate[] {
  const rates = [...new Set(sale.lines.filter((line) => line.amount.amount < 0).map((line) => line.taxRate))];
  return rates.map((rate) => {
    const lines = sale.lines.filter((line) => line.taxRate === rate && line.amount.amount < 0);
    const { currency } = sale.total;
    const gross = negate(
      sum(
        lines.map((line) => line.amount),
        currency,
      ),
    );
    // lines that point at an original keep its tax; deposits coming back have the tax of their amount
    const ofReturns = lines.flatMap((line) => (line.returnOf === null ? [] : [line.returnOf.tax]));
    const plain = lines.filter((line) => line.returnOf === null).map((line) => line.amount);
    const tax = negate(sum([...ofReturns, taxOf(sum(plain, currency), rate, sale.taxMode)], currency));
    return { rate, tax, net: sale.taxMode === "included" ? money(gross.amount - tax.amount, currency) : gross };
  });
}

function isSome(side: Side): boolean {
  return side.amount.amount !== 0;
}
