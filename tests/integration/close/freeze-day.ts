import { setTimeout as pause } from "node:timers/promises";
import type { Instant } from "../../../src/domain/clock.ts";
import type { StoreId } from "../../../src/domain/identifier.ts";
import { freezeKind, freezeWork } from "../../../src/gateway/close/close-day.ts";
import type { OpenDatabase } from "../../../src/gateway/store/database.ts";

const msMax = 60_000;
const everyMs = 10;

type Freezing = { readonly store: StoreId; readonly day: string; readonly now: Instant };

/** Does the job that freezes a closing day's voucher once, and says what came of it: `again` while somebody's transaction runs. */
export async function freezeOnce(database: OpenDatabase, { store, day, now }: Freezing): Promise<string> {
  const clock = { now: () => now, after: () => () => undefined };
  const job = {
    store,
    id: `${freezeKind}/${day}`,
    kind: freezeKind,
    subject: day,
    payload: null,
    dueAt: now,
    tries: 0,
  };
  return (await freezeWork({ database, clock }, job)).kind;
}

/** The same until it is done: PostgreSQL counts the transactions of every database it serves, those of tests beside this one too. */
export async function freezeDay(database: OpenDatabase, freezing: Freezing): Promise<string> {
  const until = performance.now() + msMax;
  let came = await freezeOnce(database, freezing);
  while (came === "again" && performance.now() < until) {
    await pause(everyMs);
    came = await freezeOnce(database, freezing);
  }
  return came;
}
