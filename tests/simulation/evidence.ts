import type { Instant } from "../../src/domain/clock.ts";
import type { AttemptRow, EntryRow, HeadRow, InstallRow, SaleRow, TicketRow } from "../../src/storage/database.ts";
import { LedgerDatabase } from "../../src/storage/database.ts";
import type { OpenDatabase } from "../../src/gateway/store/database.ts";
import { readTruth, type OrderTruth } from "./provider-truth.ts";
import type { ChargeSeen, SimulatedProvider } from "./simulated-provider.ts";
import type { Shown, TillPlace } from "./till-place.ts";
import type { Process } from "./virtual-time.ts";

type Sources = {
  readonly database: OpenDatabase;
  readonly tills: readonly TillPlace[];
  readonly provider: SimulatedProvider;
  readonly trouble: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  readonly process: Process;
};

/** What one till's browser holds after the day, and what left it. */
export type TillEvidence = {
  readonly id: string;
  readonly install: InstallRow;
  readonly head: HeadRow;
  readonly entries: readonly EntryRow[];
  readonly sales: readonly SaleRow[];
  readonly attempts: readonly AttemptRow[];
  readonly tickets: readonly TicketRow[];
  readonly printed: readonly string[];
  readonly shown: readonly Shown[];
  /** The highest entry the gateway ever said it holds. */
  readonly acknowledged: number;
};

export type GatewayEvidence = Awaited<ReturnType<typeof gatewayRows>> & { readonly trouble: readonly string[] };

/** What the outside of the shop shows after the day: the tills' storage, the gateway's tables, the providers' store. */
export type Evidence = {
  readonly tills: readonly TillEvidence[];
  readonly gateway: GatewayEvidence;
  readonly provider: {
    readonly lines: readonly string[];
    readonly orders: readonly OrderTruth[];
    readonly charges: readonly ChargeSeen[];
  };
  readonly deadlines: ReadonlyMap<string, Instant>;
  readonly faults: Readonly<Record<string, number>>;
  /** What had not come to rest when the day was given up; empty after a day that ended. */
  readonly unsettled: readonly string[];
};

/** Reads it all, past every process of ours. */
export async function takeEvidence(from: Sources): Promise<Evidence> {
  const { provider, tills } = from;
  const rows: TillEvidence[] = [];
  for (const place of tills) rows.push(await tillRows(place, from.process));
  return {
    tills: rows,
    gateway: { ...(await gatewayRows(from.database)), trouble: from.trouble },
    provider: { lines: provider.lines, orders: readTruth(provider.lines), charges: provider.charges },
    deadlines: new Map(tills.flatMap(({ network }) => [...network.deadlines])),
    faults: { ...added(tills.map(({ network }) => network.faults)), ...provider.faults, ...from.counts },
    unsettled: [],
  };
}

async function tillRows(place: TillPlace, process: Process): Promise<TillEvidence> {
  const ledger = new LedgerDatabase(place.browser.platform(process));
  const install = await ledger.install.get("install");
  const head = install === undefined ? undefined : await ledger.head.get(install.series);
  if (install === undefined || head === undefined) throw new Error("the till was never activated");
  return {
    id: place.id,
    install,
    head,
    entries: await ledger.entry.toArray(),
    sales: await ledger.sale.orderBy("completedAt").toArray(),
    attempts: await ledger.attempt.toArray(),
    tickets: await ledger.ticket.toArray(),
    printed: place.printed,
    shown: place.shown,
    acknowledged: place.network.acknowledged(),
  };
}

async function gatewayRows(database: OpenDatabase) {
  const entries = await database
    .selectFrom("journal_entry")
    .select(["till", "number", "bytes"])
    .orderBy("till")
    .orderBy("number")
    .execute();
  return {
    entries: entries.map(({ bytes, ...row }) => ({ ...row, text: Buffer.from(bytes).toString("utf8") })),
    transfers: await database
      .selectFrom("ledger_transfer")
      .select(["posting", "debit", "credit", "amount", "event", "subject"])
      .orderBy("posting")
      .orderBy("n")
      .execute(),
    sales: await database
      .selectFrom("sale")
      .select(["id", "till", "state", "total", "receipt_number as receipt", "body"])
      .orderBy("id")
      .execute(),
    tenders: await database
      .selectFrom("sale_tender")
      .select(["sale", "kind", "amount", "attempt"])
      .orderBy("sale")
      .orderBy("n")
      .execute(),
    attempts: await database
      .selectFrom("payment_attempt")
      .select(["id", "state", "sale", "presentment", "channel", "amount", "freed"])
      .orderBy("id")
      .execute(),
    refunds: await database
      .selectFrom("refund")
      .select(["id", "attempt", "account", "amount", "state", "cause", "memo"])
      .orderBy("id")
      .execute(),
    returned: await database
      .selectFrom("returned_line")
      .select(["original", "line", "sale", "thousandths", "amount", "tax"])
      .orderBy("original")
      .orderBy("sale")
      .orderBy("line")
      .execute(),
    exceptions: await database.selectFrom("exception_item").select(["kind", "subject"]).orderBy("id").execute(),
    notifications: await database.selectFrom("notification_seen").select(["kind", "subject"]).orderBy("id").execute(),
  };
}

function added(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const each of all) for (const [name, count] of Object.entries(each)) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}
