import type { CompletedSale } from "../../domain/journal.ts";
import { allocate, money, negate, sum, type CurrencyCode, type Money } from "../../domain/money.ts";
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
    ...into.map((tender): Side => ({ account: debitOf(tender, till), amount: tender.amount })),
    ...(sale.rounding.amount > 0 ? [{ account: accounts.rounding, amount: sale.rounding }] : []),
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
  const weights = rates.map((line) => Math.max(line.net.amount + line.tax.amount, 0));
  const shares = allocate(sale.rounding, weights.some((weight) => weight > 0) ? weights : weights.map(() => 1));
  const isInNet = sale.taxMode === "included";
  return rates.map((line, at) => {
    const share = shares[at]?.amount ?? 0;
    const added = sale.rounding.amount > 0 ? (isInNet ? share : 0) : isInNet ? 0 : -share;
    return { ...line, net: money(line.net.amount + added, currency) };
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
