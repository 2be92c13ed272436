import type { EntryRow, HeadRow, InstallRow, SaleRow, AttemptRow } from "../../src/storage/database.ts";
import { LedgerDatabase } from "../../src/storage/database.ts";
import type { OpenDatabase } from "../../src/gateway/store/database.ts";
import { readLedger, type Ledger } from "../../src/gateway/sandbox/wechat-pay/ledger.ts";
import type { Instant } from "../../src/domain/clock.ts";
import type { SimulatedBrowser } from "./simulated-browser.ts";
import type { SimulatedNetwork } from "./simulated-network.ts";
import type { ChargeSeen, SimulatedProvider } from "./simulated-provider.ts";
import type { Process } from "./virtual-time.ts";

type Sources = {
  readonly database: OpenDatabase;
  readonly browser: SimulatedBrowser;
  readonly provider: SimulatedProvider;
  readonly network: SimulatedNetwork;
  readonly trouble: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  readonly process: Process;
};

export type TransferRow = {
  readonly posting: string;
  readonly debit: string;
  readonly credit: string;
  readonly amount: number;
  readonly event: string;
  readonly subject: string;
};

/** What the outside of the shop shows after the day: the till's storage, the gateway's tables, the provider's store. */
export type Evidence = {
  readonly till: {
    readonly install: InstallRow;
    readonly head: HeadRow;
    readonly entries: readonly EntryRow[];
    readonly sales: readonly SaleRow[];
    readonly attempts: readonly AttemptRow[];
  };
  readonly gateway: {
    readonly entries: readonly { readonly number: number; readonly text: string }[];
    readonly transfers: readonly TransferRow[];
    readonly sales: readonly {
      readonly id: string;
      readonly state: string;
      readonly total: number;
      readonly receipt: string | null;
    }[];
    readonly tenders: readonly {
      readonly sale: string;
      readonly kind: string;
      readonly amount: number;
      readonly attempt: string | null;
    }[];
    readonly attempts: readonly { readonly id: string; readonly state: string; readonly sale: string }[];
    readonly exceptions: readonly { readonly kind: string; readonly subject: string }[];
    readonly lateCaptures: readonly { readonly attempt: string; readonly amount: number }[];
    readonly trouble: readonly string[];
  };
  readonly provider: {
    readonly lines: readonly string[];
    readonly ledger: Ledger;
    readonly charges: readonly ChargeSeen[];
  };
  readonly deadlines: ReadonlyMap<string, Instant>;
  readonly faults: Readonly<Record<string, number>>;
};

/** Reads it all, past every process of ours. */
export async function takeEvidence(from: Sources): Promise<Evidence> {
  const { provider, network } = from;
  return {
    till: await tillRows(from),
    gateway: { ...(await gatewayRows(from.database)), trouble: from.trouble },
    provider: { lines: provider.lines, ledger: readLedger(provider.lines), charges: provider.charges },
    deadlines: network.deadlines,
    faults: { ...network.faults, ...from.counts },
  };
}

async function tillRows({ browser, process }: Sources): Promise<Evidence["till"]> {
  const ledger = new LedgerDatabase(browser.platform(process));
  const install = await ledger.install.get("install");
  const head = install === undefined ? undefined : await ledger.head.get(install.series);
  if (install === undefined || head === undefined) throw new Error("the till was never activated");
  return {
    install,
    head,
    entries: await ledger.entry.toArray(),
    sales: await ledger.sale.orderBy("completedAt").toArray(),
    attempts: await ledger.attempt.toArray(),
  };
}

async function gatewayRows(database: OpenDatabase) {
  const entries = await database.selectFrom("journal_entry").select(["number", "bytes"]).orderBy("number").execute();
  const sales = await database
    .selectFrom("sale")
    .select(["id", "state", "total", "receipt_number"])
    .orderBy("id")
    .execute();
  return {
    entries: entries.map(({ number, bytes }) => ({ number, text: Buffer.from(bytes).toString("utf8") })),
    transfers: await database
      .selectFrom("ledger_transfer")
      .select(["posting", "debit", "credit", "amount", "event", "subject"])
      .orderBy("posting")
      .orderBy("n")
      .execute(),
    sales: sales.map(({ receipt_number: receipt, ...row }) => ({ ...row, receipt })),
    tenders: await database
      .selectFrom("sale_tender")
      .select(["sale", "kind", "amount", "attempt"])
      .orderBy("sale")
      .execute(),
    attempts: await database.selectFrom("payment_attempt").select(["id", "state", "sale"]).orderBy("id").execute(),
    exceptions: await database.selectFrom("exception_item").select(["kind", "subject"]).orderBy("id").execute(),
    lateCaptures: await database.selectFrom("late_capture").select(["attempt", "amount"]).orderBy("attempt").execute(),
  };
}
