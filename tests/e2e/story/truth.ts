import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { readLedger } from "../../../src/gateway/sandbox/wechat-pay/ledger.ts";
import type { Order } from "../../../src/gateway/sandbox/wechat-pay/order.ts";
import type { OpenDatabase } from "../../../src/gateway/store/database.ts";
import type { Paper } from "../../device-bench/virtual-printer.ts";

/** What the provider's own store says: every order, and what it holds of the payers' money. */
export function providerTruth(store: string): { readonly orders: readonly Order[]; readonly net: number } {
  const lines = readFileSync(store, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  const orders = [...readLedger(lines).orders.values()];
  return {
    orders,
    net: orders.reduce((sum, order) => sum + (order.paidAt === null ? 0 : order.total - order.givenBack), 0),
  };
}

export type BooksTruth = {
  readonly sales: readonly { readonly id: string; readonly receipt: string; readonly total: number }[];
  readonly tenders: readonly {
    readonly sale: string;
    readonly kind: string;
    readonly amount: number;
    readonly attempt: string | null;
  }[];
  readonly entries: readonly { readonly series: number; readonly number: number; readonly kind: string }[];
  readonly balances: ReadonlyMap<string, number>;
  readonly exceptions: readonly string[];
  readonly live: number;
};

/** What stands in the gateway's database, read as its owner. */
export async function booksTruth(database: OpenDatabase): Promise<BooksTruth> {
  const sales = await database
    .selectFrom("sale")
    .select(["id", "receipt_number", "total"])
    .where("state", "=", "completed")
    .execute();
  const tenders = await database.selectFrom("sale_tender").select(["sale", "kind", "amount", "attempt"]).execute();
  const entries = await database
    .selectFrom("journal_entry")
    .select(["series", "number", "kind"])
    .orderBy("series")
    .orderBy("number")
    .execute();
  const transfers = await database.selectFrom("ledger_transfer").select(["debit", "credit", "amount"]).execute();
  const balances = new Map<string, number>();
  for (const { debit, credit, amount } of transfers) {
    balances.set(debit, (balances.get(debit) ?? 0) + amount);
    balances.set(credit, (balances.get(credit) ?? 0) - amount);
  }
  const exceptions = await database.selectFrom("exception_item").select("kind").execute();
  const open = await database
    .selectFrom("payment_attempt")
    .select("id")
    .where("state", "not in", ["captured", "declined", "reversed", "closed"])
    .execute();
  return {
    sales: sales.map((row) => ({ id: row.id, receipt: row.receipt_number ?? "", total: row.total })),
    tenders,
    entries,
    balances,
    exceptions: exceptions.map((row) => row.kind),
    live: open.length,
  };
}

export type PaperTruth = { readonly receipt: string; readonly total: number; readonly copy: boolean };

/** Receipts on paper: number and total (negative where money goes back), copies apart. */
export function paperTruth(papers: readonly Paper[]): readonly PaperTruth[] {
  return papers.flatMap((paper) => {
    const text = textOf(paper);
    const receipt = /小票号\s+(\S+)$/m.exec(text)?.[1];
    const [, word, total] = /(合计|应退)\s+[¥￥]([\d,]+\.\d\d)/.exec(text) ?? [];
    if (receipt === undefined || total === undefined) return [];
    return [{ receipt, total: fen(total) * (word === "应退" ? -1 : 1), copy: text.includes("COPY") }];
  });
}

/** The Z reports on paper: what must have been in the drawer, what was counted, how many sales, and their net. Fen. */
export function reportsOnPaper(
  papers: readonly Paper[],
): readonly { readonly expected: number; readonly counted: number; readonly sales: number; readonly net: number }[] {
  return papers
    .map(textOf)
    .filter((text) => text.includes("Z 报表"))
    .map((text) => {
      const figure = (word: string): number =>
        fen(new RegExp(`${word}\\s+-?[¥￥]?(-?[\\d,]+\\.\\d\\d)`).exec(text)?.[1] ?? "NaN");
      return {
        expected: figure("钱箱应有"),
        counted: figure("实点"),
        sales: Number(/单数\s+(\d+)/.exec(text)?.[1]),
        net: figure("净额"),
      };
    });
}

function textOf(paper: Paper): string {
  return paper.items.flatMap((item) => (item.kind === "line" ? [item.text] : [])).join("\n");
}

function fen(yuan: string): number {
  return Math.round(Number(yuan.replaceAll(",", "")) * 100);
}

/** Everything that was written anywhere outside the till: every log, and every row of every table as text. */
export async function everythingWritten(folder: string, database: OpenDatabase): Promise<string> {
  const logs = readdirSync(join(folder, "logs")).map((name) => readFileSync(join(folder, "logs", name), "utf8"));
  const tables = await sql<{
    name: string;
  }>`select table_name as name from information_schema.tables where table_schema = 'public'`.execute(database);
  const rows: string[] = [];
  for (const { name } of tables.rows) {
    const dump = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(database);
    rows.push(...dump.rows.map((each) => each.row));
  }
  return [...logs, readFileSync(join(folder, "sandbox-store.ndjson"), "utf8"), ...rows].join("\n");
}
