import { add, negate, sum, type Money } from "../../domain/money.ts";
import type { Tender } from "../../domain/tender.ts";
import { receiptDocument } from "../../domain/receipt-document.ts";
import type { SaleRow } from "../../storage/database.ts";
import { showSale, type Core } from "../core.ts";
import { refreshOutbox } from "../outbox-state.ts";
import { amountAsked } from "./part-asked.ts";
import type { DoneCounter, GivenBack, TakenPart } from "../state.ts";

/** After the commit: the result on the screen, the receipt on paper, the drawer open for cash, the journal on its way. */
export function finishSale(core: Core, row: SaleRow): void {
  showSale(core, null);
  core.state.patch({
    tip: null,
    newest: null,
    undo: null,
    notice: null,
    counter: {
      kind: "done",
      sale: row.id,
      receipt: row.receipt,
      total: add(row.body.sale.total, tipsOf(row.body)),
      savings: row.body.sale.savings,
      cash: cashOf(row.body.tenders),
      taken: row.body.tenders.flatMap(takenPart),
      back: row.body.tenders.flatMap(givenBack),
      print: { kind: "printing" },
    },
  });
  void core.ports.draft.clear();
  afterCommit(core);
  void printReceipt(core, row, 0);
}

/** What payers gave for the staff, beside the sale: the result tells what was taken of them. */
function tipsOf({ sale, tenders }: SaleRow["body"]): Money {
  return sum(
    tenders.flatMap((tender) => (tender.kind === "payment" ? [tender.tip] : [])),
    sale.total.currency,
  );
}

/** What was handed over in cash and what goes back as change, over every part that was paid in cash; null without any. */
function cashOf(tenders: readonly Tender[]): DoneCounter["cash"] {
  const cash = tenders.filter((tender) => tender.kind === "cash").filter((tender) => tender.amount.amount > 0);
  const [first] = cash;
  if (first === undefined) return null;
  const { currency } = first.given;
  return {
    given: sum(
      cash.map((tender) => tender.given),
      currency,
    ),
    change: sum(
      cash.map((tender) => tender.change),
      currency,
    ),
  };
}

/** Part of what the sale took; nothing for a tender that gives back. */
function takenPart(tender: Tender): TakenPart[] {
  if (tender.amount.amount <= 0) return [];
  if (tender.kind === "payment") return [{ by: tender.channel, amount: add(tender.amount, tender.tip) }];
  if (tender.kind === "unverified") return [{ by: tender.channel, amount: tender.amount, isUnverified: true }];
  return [{ by: tender.kind === "cash" ? "cash" : tender.channel, amount: tender.amount }];
}

/** Part of what the sale gives back; nothing for a tender that takes. */
function givenBack(tender: Tender): GivenBack[] {
  if (tender.amount.amount >= 0) return [];
  const amount = negate(tender.amount);
  if (tender.kind !== "refund") return [{ kind: "cash", amount }];
  return [{ kind: "refund", refund: tender.refund, channel: tender.channel, amount, state: "promised" }];
}

/** News for the outbox and the other windows after any commit. */
export function afterCommit(core: Core): void {
  void refreshOutbox(core);
  core.wakeDrain();
  core.ports.windows.post({ kind: "ledgerChanged", v: 1 });
}

/** Prints `row`'s receipt; copy 0 is the first and opens the drawer for cash. The outcome shows where the sale is shown. */
export async function printReceipt(core: Core, row: SaleRow, copy: number): Promise<void> {
  const { settings } = core.state.get();
  if (settings === null) return;
  const promised = await core.ports.ledger.run((database) => database.attempt.bulkGet([...row.promisedRefunds]));
  const words = core.ports.receiptWords(settings.store.displayLanguage);
  const document = receiptDocument(
    {
      shop: settings.store,
      tillLabel: settings.label,
      cashier: row.staff,
      sold: row.body,
      promised: (promised.ok ? promised.value : []).flatMap((attempt) =>
        attempt === undefined ? [] : [{ attempt: attempt.id, amount: amountAsked(attempt) }],
      ),
      copy,
    },
    words,
  );
  const kick = copy === 0 && row.body.drawer;
  const outcome = await core.ports.printer.print(copy === 0 ? row.id : `${row.id}-copy-${copy}`, document, { kick });
  const { counter } = core.state.get();
  if (copy === 0 && counter.kind === "done" && counter.sale === row.id)
    core.state.patch({ counter: { ...counter, print: outcome } });
  else if (outcome.kind !== "printed" || copy > 0) core.state.patch({ notice: { kind: "printed", outcome } });
}
