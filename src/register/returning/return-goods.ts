import {
  handBack,
  isHandBack,
  isTakenIn,
  linesLeft,
  returnByAmount,
  returnByQuantity,
  type SoldSale,
} from "../../domain/returns.ts";
import type { Money } from "../../domain/money.ts";
import { quantity } from "../../domain/quantity.ts";
import type { NewReturnLine, ReturnReason } from "../../domain/sale-line.ts";
import { saleAfter, type Sale } from "../../domain/sale.ts";
import { showSale, tell, type Core } from "../core.ts";
import { saveDraft } from "../draft.ts";
import type { FoundSale } from "./found-sale.ts";
import { startSale } from "../selling/start-sale.ts";

/** What comes back of one line: so much of the goods, or money without goods. */
export type ReturnPick =
  | { readonly line: number; readonly thousandths: number }
  | { readonly line: number; readonly amount: Money };

/** The original's lines of bottles taken in that go back to the customer. */
export type HandedBack = readonly number[];

/** A found sale in the form that returns are worked out on. */
export function soldSaleOf(found: Pick<FoundSale, "body">): SoldSale {
  const { sale, tenders } = found.body;
  return { ...sale, tenders, currency: sale.total.currency };
}

/**
 * The ticket as it takes back goods of `found`: with tax as it was then, included or added, so that what was paid is what goes
 * back. Null where the shop has changed that since and other goods stand on the ticket already.
 */
function inModeOf(sale: Sale, found: FoundSale): Sale | null {
  const { taxMode } = found.body.sale;
  if (sale.taxMode === taxMode) return sale;
  return sale.lines.length === 0 ? { ...sale, taxMode } : null;
}

/**
 * Puts what comes back on the ticket as lines that point at the original: alone a return, with new goods an exchange. What was
 * picked before for the same original is replaced. Bottles handed back are sold anew for their deposit.
 */
export async function returnGoods(
  core: Core,
  found: FoundSale,
  picks: readonly ReturnPick[],
  reason?: ReturnReason,
  handedBack: HandedBack = [],
): Promise<void> {
  const lines = returnLines(found, picks, reason);
  if (lines === null || lines.length === 0) return tell(core, { kind: "refused", why: "tooMuch" });
  if (core.state.get().sale === null && !(await startSale(core))) return;
  const { sale: before } = core.state.get();
  if (before === null) return;
  let sale = inModeOf(before, found);
  if (sale === null) return tell(core, { kind: "refused", why: "taxChanged" });
  for (const old of pickedBefore(sale, found)) {
    const without = saleAfter(sale, { kind: "removeLine", line: old.line });
    if (without.ok) sale = without.value;
  }
  for (const line of lines) {
    const next = saleAfter(sale, { kind: "addReturn", line });
    if (!next.ok) return tell(core, { kind: "refused", why: next.refusal });
    sale = next.value;
  }
  for (const taken of found.body.sale.lines.filter((line) => isTakenIn(line) && handedBack.includes(line.line))) {
    const next = saleAfter(sale, { kind: "addLine", line: handBack(taken) });
    if (!next.ok) return tell(core, { kind: "refused", why: next.refusal });
    sale = next.value;
  }
  const now = core.ports.clock.now();
  core.steps.firstLineAt ??= now;
  core.steps.lastLineAt = now;
  core.steps.count = 0;
  showSale(core, sale);
  core.state.patch({ counter: { kind: "goods" }, newest: sale.lastLine, notice: null, undo: null });
  void saveDraft(core);
}

/** The ticket's lines of an earlier choice from the same original; none while nothing of it comes back. */
function pickedBefore(sale: Sale, found: FoundSale): Sale["lines"] {
  const back = sale.lines.filter((line) => line.returnOf?.sale === found.body.sale.id);
  if (back.length === 0) return [];
  const taken = found.body.sale.lines.filter(isTakenIn);
  return [...back, ...sale.lines.filter((line) => taken.some((each) => isHandBack(line, each)))];
}

function returnLines(
  found: FoundSale,
  picks: readonly ReturnPick[],
  reason: ReturnReason | undefined,
): NewReturnLine[] | null {
  const sold = { ...soldSaleOf(found), receipt: found.body.receipt };
  const left = linesLeft(sold, found.returned);
  const lines: NewReturnLine[] = [];
  for (const pick of picks) {
    const of = left.find((each) => each.line.line === pick.line);
    if (of === undefined) return null;
    const line =
      "amount" in pick
        ? returnByAmount(sold, of, pick.amount, reason)
        : returnByQuantity(sold, of, quantity(pick.thousandths, of.quantity.unit), reason);
    if (!line.ok) return null;
    lines.push(line.value);
  }
  return lines;
}
