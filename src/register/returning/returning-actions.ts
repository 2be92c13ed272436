import type { SaleId } from "../../domain/identifier.ts";
import type { ReturnReason } from "../../domain/sale-line.ts";
import { inOrder, writing, type Core } from "../core.ts";
import { showDaysSales, reprint } from "../days-sales.ts";
import { findSale, openFind, openFound } from "./find-sale.ts";
import { giveBack } from "./give-back.ts";
import { showHeld } from "../held/list-held.ts";
import { returnGoods, type HandedBack, type ReturnPick } from "./return-goods.ts";
import { holdSale, takeUp, takeUpElsewhere } from "../held/take-up-ticket.ts";
import type { FoundSale } from "./found-sale.ts";

/** Past sales, goods coming back, tickets that wait. */
export type ReturningActions = {
  openFind(): void;
  findSale(query: string): Promise<void>;
  openFound(sale: FoundSale): void;
  returnGoods(
    sale: FoundSale,
    picks: readonly ReturnPick[],
    reason?: ReturnReason,
    handedBack?: HandedBack,
  ): Promise<void>;
  giveBack(): Promise<void>;
  holdSale(): Promise<void>;
  showHeld(): Promise<void>;
  takeUp(sale: SaleId): Promise<void>;
  takeUpElsewhere(sale: SaleId): Promise<void>;
  showDaysSales(): Promise<void>;
  reprint(sale: SaleId): Promise<void>;
};

/** Each action one after the other with all others, so that two fast presses are two. */
export function returningActions(core: Core): ReturningActions {
  return {
    openFind: () => openFind(core),
    findSale: (query) => inOrder(core, () => findSale(core, query)),
    openFound: (sale) => openFound(core, sale),
    returnGoods: (sale, picks, reason, handedBack) =>
      inOrder(core, () => returnGoods(core, sale, picks, reason, handedBack)),
    giveBack: () => inOrder(core, () => writing(core, () => giveBack(core))),
    holdSale: () => inOrder(core, () => writing(core, () => holdSale(core))),
    showHeld: () => inOrder(core, () => showHeld(core)),
    takeUp: (sale) => inOrder(core, () => takeUp(core, sale)),
    takeUpElsewhere: (sale) => inOrder(core, () => takeUpElsewhere(core, sale)),
    showDaysSales: () => inOrder(core, () => showDaysSales(core)),
    reprint: (sale) => reprint(core, sale),
  };
}
