import { salesFound } from "../../contract/returns.ts";
import { isId, type SaleId } from "../../domain/identifier.ts";
import { money } from "../../domain/money.ts";
import { tendersLess } from "../../domain/returns.ts";
import type { SaleRow } from "../../storage/database.ts";
import { unsentSales } from "../../storage/unsent-sales.ts";
import { breakOn, type Core } from "../core.ts";
import type { FoundSale } from "./found-sale.ts";
import { backFrom, leftOf } from "./own-returns.ts";

const askWithinMs = 5_000;
/** Sales one search shows. */
const foundMax = 20;

/** Opens the search for a past sale. */
export function openFind(core: Core): void {
  const { counter } = core.state.get();
  if (counter.kind === "waiting") return;
  core.state.patch({ counter: { kind: "find", query: "", busy: false, found: null, offline: false }, notice: null });
}

/**
 * Looks for a past sale by receipt, by our numbers, by the number the payer can show, or a receipt's last digits: of the whole
 * store while the gateway answers, else of this till. One that is the only one opens by itself.
 */
export async function findSale(core: Core, query: string): Promise<void> {
  const number = query.trim();
  if (number === "" || core.state.get().counter.kind === "waiting") return;
  core.state.patch({ counter: { kind: "find", query: number, busy: true, found: null, offline: false }, notice: null });
  const { found, offline } = await lookUp(core, number);
  const { counter } = core.state.get();
  if (counter.kind !== "find" || counter.query !== number) return;
  const [only] = found;
  if (only !== undefined && found.length === 1) return core.state.patch({ counter: { kind: "return", sale: only } });
  core.state.patch({ counter: { kind: "find", query: number, busy: false, found, offline } });
}

/** Opens one of several that were found. */
export function openFound(core: Core, sale: FoundSale): void {
  core.state.patch({ counter: { kind: "return", sale }, notice: null });
}

/** The sale of that id with what is left of it now; null when nobody knows it. */
export async function lookUpSale(core: Core, id: SaleId): Promise<FoundSale | null> {
  const { found } = await lookUp(core, id);
  return found.find((each) => each.body.sale.id === id) ?? null;
}

/** Whether a scan in the goods view is the number of a past sale: our receipts and our ids have forms of their own. */
export function looksLikeSale(text: string): boolean {
  return isId(text.toUpperCase()) || /^[A-Z]{1,3}\d{1,3}-\d{1,4}-\d{3,8}$/u.test(text.toUpperCase());
}

async function lookUp(core: Core, number: string): Promise<{ found: readonly FoundSale[]; offline: boolean }> {
  const answer = await core.ports.client.ask(
    { method: "GET", path: `/v1/sales?number=${encodeURIComponent(number)}`, withinMs: askWithinMs },
    salesFound,
  );
  const known = answer.kind === "answer" ? answer.value.sales : [];
  if (known.length > 0) {
    const unsent = await unsentReturns(core);
    return { found: known.map((each) => lessUnsent({ ...each, own: false }, unsent)), offline: false };
  }
  // a sale of a moment ago may not have reached the gateway yet
  return { found: await ownSales(core, number), offline: answer.kind !== "answer" };
}

/** This till's returns that the gateway may not know yet: what they gave back is not there a second time. */
async function unsentReturns(core: Core): Promise<readonly SaleRow[]> {
  const read = await core.ports.ledger.run(async (database) => {
    const ids = await unsentSales(database);
    return (await database.sale.bulkGet([...ids])).filter((row) => row !== undefined);
  });
  if (read.ok) return read.value;
  breakOn(core, read.refusal);
  return [];
}

function lessUnsent(known: FoundSale, unsent: readonly SaleRow[]): FoundSale {
  const { sale } = known.body;
  const { returned, used } = backFrom(sale.id, sale.total.currency, unsent);
  // one that arrived there although its answer was lost is counted twice until the next answer: less is left, never more
  const left = tendersLess(known.left, used).map((each) => ({
    ...each,
    left: money(Math.max(0, each.left.amount), each.left.currency),
  }));
  return { ...known, returned: [...known.returned, ...returned], left };
}

async function ownSales(core: Core, number: string): Promise<FoundSale[]> {
  const upper = number.toUpperCase();
  const read = await core.ports.ledger.run((database) => database.sale.toArray());
  if (!read.ok) {
    breakOn(core, read.refusal);
    return [];
  }
  const isNamed = (row: SaleRow): boolean =>
    row.id === upper ||
    row.receipt === upper ||
    (upper.length >= 4 && row.receipt.endsWith(upper)) ||
    row.body.tenders.some(
      (tender) =>
        tender.kind === "payment" && (tender.attempt === upper || tender.providerTransactionId === number.trim()),
    );
  const label = core.state.get().settings?.label ?? "";
  return read.value
    .filter(isNamed)
    .toSorted((a, b) => b.completedAt - a.completedAt)
    .slice(0, foundMax)
    .map((row) => ({
      body: row.body,
      completedAt: row.completedAt,
      tillLabel: label,
      own: true,
      ...leftOf(row, read.value),
    }));
}
