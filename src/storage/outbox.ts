import type { Instant } from "../domain/clock.ts";
import type { LedgerDatabase } from "./database.ts";

export type OutboxState = { readonly unsent: number; readonly oldestAt: Instant | null };

/** How much of the journal the gateway has not acknowledged, and since when. */
export async function outboxState(database: LedgerDatabase): Promise<OutboxState> {
  return database.transaction("r", database.install, database.head, database.entry, async () => {
    const head = await headOfInstall(database);
    if (head === null) return { unsent: 0, oldestAt: null };
    const first = await database.entry.get([head.series, head.acknowledged + 1]);
    return { unsent: head.number - head.acknowledged, oldestAt: first?.at ?? null };
  });
}

/** The texts after the last acknowledged entry, oldest first: at most `count` of them and `bytes` in all, but always one. */
export async function readOutbox(
  database: LedgerDatabase,
  count: number,
  bytes: number,
): Promise<{ series: number; after: number; texts: string[] } | null> {
  return database.transaction("r", database.install, database.head, database.entry, async () => {
    const head = await headOfInstall(database);
    if (head === null || head.acknowledged >= head.number) return null;
    const rows = await database.entry
      .where("[series+number]")
      .between([head.series, head.acknowledged + 1], [head.series, head.acknowledged + count], true, true)
      .toArray();
    const texts: string[] = [];
    let total = 0;
    for (const row of rows) {
      const size = new TextEncoder().encode(row.text).length;
      if (texts.length > 0 && total + size > bytes) break;
      texts.push(row.text);
      total += size;
    }
    return { series: head.series, after: head.acknowledged, texts };
  });
}

/** Marks everything up to `number` as held by the gateway. Never goes back, never beyond what was written. */
export async function acknowledge(database: LedgerDatabase, series: number, number: number): Promise<void> {
  await database.transaction("rw", database.head, async () => {
    const head = await database.head.get(series);
    if (head === undefined || number <= head.acknowledged) return;
    await database.head.put({ ...head, acknowledged: Math.min(number, head.number) });
  });
}

/** The chain's head of this activation; null before one. */
export async function headOfInstall(database: LedgerDatabase) {
  const install = await database.install.get("install");
  return install === undefined ? null : ((await database.head.get(install.series)) ?? null);
}
