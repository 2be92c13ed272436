import type { Instant } from "../clock.ts";
import type { CompletedSale } from "../journal.ts";
import { localTime } from "../local-time.ts";
import { addFigures, countedOf, noFigures, type Figures } from "./figures.ts";

/** One row of a till's own day; figures as the office's reports have them. */
export type OwnRow = { readonly key: string; readonly figures: Figures };

/** A till's own day from its own sales alone, so offline too. */
export type OwnDay = {
  readonly whole: Figures;
  /** By the hour of the store's clock, in the day's order: keys 0 to 23. */
  readonly hours: readonly OwnRow[];
  /** By how it was paid: keys as the reports' tenders have them. */
  readonly tenders: readonly OwnRow[];
};

export const emptyDay: OwnDay = { whole: noFigures, hours: [], tenders: [] };

/** The day that `sales` make, which may come in any order; `offsetMs` is the gateway's clock less the till's. */
export function ownDay(
  sales: readonly { readonly completedAt: Instant; readonly body: Pick<CompletedSale, "sale" | "tenders"> }[],
  zone: string,
  offsetMs: number,
): OwnDay {
  const hours = new Map<string, Figures>();
  const tenders = new Map<string, Figures>();
  const add = (to: Map<string, Figures>, key: string, figures: Figures): void =>
    void to.set(key, addFigures(to.get(key) ?? noFigures, figures));
  let whole = noFigures;
  for (const { completedAt, body } of sales.toSorted((a, b) => a.completedAt - b.completedAt)) {
    const { minute } = localTime((completedAt + offsetMs) as Instant, zone);
    for (const { dimension, key, figures } of countedOf(body, () => "")) {
      if (dimension === "tender") add(tenders, key, figures);
      if (dimension !== "all") continue;
      add(hours, String(Math.floor(minute / 60)), figures);
      whole = addFigures(whole, figures);
    }
  }
  const rows = (of: Map<string, Figures>): OwnRow[] => [...of].map(([key, figures]) => ({ key, figures }));
  return { whole, hours: rows(hours), tenders: rows(tenders) };
}
