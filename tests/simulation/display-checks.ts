import type { Claim } from "./claims.ts";
import type { Evidence, TillEvidence } from "./evidence.ts";
import { orderShown } from "./phones.ts";

/** Invariant g: the customer display shows the figures of the sale on the till's screen, of no other, and codes made for it. */
export function checkDisplay({ tills, gateway, provider }: Evidence, claim: Claim): void {
  // what was paid is the sale's total and the tips beside it
  const totals = new Map(
    tills.flatMap(({ sales }) =>
      sales.map(({ id, body }) => {
        const tips = body.tenders.map((tender) => (tender.kind === "payment" ? tender.tip.amount : 0));
        return [id as string, tips.reduce((all, tip) => all + tip, body.sale.total.amount as number)] as const;
      }),
    ),
  );
  const sums = new Map(
    tills.flatMap(({ sales }) =>
      sales.map(({ id, body }) => {
        const ofSale = body.sale.lines.map(({ reductions }) =>
          reductions.reduce((all, each) => all + (each.scope === "sale" ? each.amount.amount : 0), 0),
        );
        const off = ofSale.reduce((all, each) => all + each, 0);
        return [
          id as string,
          [...body.sale.lines.map(({ amount }, at) => amount.amount + (ofSale[at] ?? 0)), off],
        ] as const;
      }),
    ),
  );
  const attempts = new Map(gateway.attempts.map((attempt) => [attempt.id, attempt]));
  for (const till of tills)
    for (const { view, sale } of till.shown) {
      if (view.kind === "idle") continue;
      claim(view.sale === sale, `g: ${till.id} showed ${view.sale} while ${sale ?? "nothing"} was on its screen`);
      if (view.kind === "paid") {
        const of = totals.get(view.sale);
        claim(of === view.total.amount, `g: ${till.id} showed ${view.total.amount} as paid for ${view.sale}, of ${of}`);
      }
      if (view.kind === "scan") {
        const order = orderShown(provider.lines, view);
        const attempt = order === null ? undefined : attempts.get(order);
        claim(
          attempt?.sale === view.sale,
          `g: the code that ${till.id} showed for ${view.sale} is of ${attempt?.sale}`,
        );
      }
    }
  for (const till of tills) checkLastLook(till, sums, claim);
}

/** The last ticket shown before a sale was paid has that sale's own lines before what was taken off all, and that beside them. */
function checkLastLook(till: TillEvidence, sums: ReadonlyMap<string, readonly number[]>, claim: Claim): void {
  const last = new Map<string, readonly number[]>();
  for (const { view } of till.shown)
    if (view.kind === "selling")
      last.set(view.sale, [...view.lines.map(({ amount }) => amount.amount), view.saleDiscount.amount]);
  for (const row of till.sales) {
    const seen = last.get(row.id);
    const of = sums.get(row.id);
    // a code scanned as the last thing completes the sale from there; its lines were shown before
    claim(seen === undefined || seen.join() === of?.join(), `g: ${till.id} showed other lines than those of ${row.id}`);
  }
}
