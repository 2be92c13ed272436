import { PGlite } from "@electric-sql/pglite";
import { PostgresDialect } from "kysely";
import { sleep } from "../../src/domain/clock.ts";
import { openWith, type OpenDatabase } from "../../src/gateway/store/database.ts";
import { migrate } from "../../src/gateway/store/migrate.ts";
import { never, type Process, type VirtualTime } from "./virtual-time.ts";

type Answer = { readonly command: string; readonly rowCount: number; readonly rows: never[] };

/** One PostgreSQL in memory that outlives the gateways on it; one call at a time, whoever asks. */
export type SimulatedDatabase = {
  /** The database as `process` sees it: killed in a transaction, it is rolled back, as a server does with a broken connection. */
  open(process: Process): OpenDatabase;
  /** The next query, or the next one that holds `text`, waits for `ms`, and everybody's behind it. */
  stall(ms: number, text?: string): void;
};

let shared: Promise<PGlite> | null = null;

/**
 * A migrated database, empty of what a day before it wrote: the engine takes seconds to start, so the days of one run share it.
 *
 * @param plant a planted bug: what the database is asked in place of a query; the query itself without
 */
export async function simulatedDatabase(
  time: VirtualTime,
  plant: (text: string) => string = (text) => text,
): Promise<SimulatedDatabase> {
  shared ??= PGlite.create();
  const engine = await shared;
  await engine.exec("drop schema public cascade; create schema public");
  let free = Promise.resolve();
  let stalled: { readonly ms: number; readonly text: string } | null = null;
  const waitIfStalled = async (text: string): Promise<void> => {
    if (stalled === null || !text.includes(stalled.text)) return;
    const { ms } = stalled;
    stalled = null;
    await sleep(time.clock, ms);
  };
  const open = (process: Process): OpenDatabase =>
    openWith(
      new PostgresDialect({
        pool: {
          connect: async () => {
            const release = await turn();
            if (process.isAlive()) return connectionOf(process, release);
            release();
            return never();
          },
          end: async () => undefined,
        } as never,
      }),
    );
  const turn = async (): Promise<() => void> => {
    const before = free;
    let release = (): void => undefined;
    free = new Promise((resolve) => void (release = resolve));
    await before;
    return release;
  };
  const connectionOf = (process: Process, release: () => void) => {
    let isIdle = true;
    let inTransaction = false;
    let isOver = false;
    const giveUp = async (): Promise<void> => {
      if (isOver) return;
      isOver = true;
      forget();
      if (inTransaction) await ask(engine, time, "rollback", []);
      release();
    };
    const forget = process.onKill(() => {
      if (isIdle) void giveUp();
    });
    return {
      query: async (text: string, values: readonly unknown[]) => {
        if (isOver || !process.isAlive()) return never();
        isIdle = false;
        try {
          await waitIfStalled(text);
          return await ask(engine, time, plant(text), values);
        } finally {
          isIdle = true;
          if (/^begin/i.test(text)) inTransaction = true;
          if (/^(?:commit|rollback(?! to))/i.test(text)) inTransaction = false;
          if (!process.isAlive()) {
            await giveUp();
            await never();
          }
        }
      },
      release: () => {
        if (isOver) return;
        isOver = true;
        forget();
        release();
      },
    };
  };
  const forever = { isAlive: () => true, onKill: () => () => undefined } as unknown as Process;
  await migrate(open(forever), null, time.clock.now());
  return { open, stall: (ms, text = "") => void (stalled = { ms, text }) };
}

async function ask(engine: PGlite, time: VirtualTime, text: string, values: readonly unknown[]): Promise<Answer> {
  const end = time.begin();
  try {
    const answer = (await engine.exec(written(text, values))).at(-1);
    const rows = (answer?.rows ?? []) as never[];
    const command = /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? "";
    return { command, rowCount: command === "SELECT" ? rows.length : (answer?.affectedRows ?? 0), rows };
  } finally {
    end();
  }
}

/** `text` with its parameters written out: one message instead of five, which is half the time of a day. */
function written(text: string, values: readonly unknown[]): string {
  return values.length === 0
    ? text
    : text.replaceAll(/\$(\d+)/g, (_all, nth: string) => literal(values[Number(nth) - 1]));
}

/** Of no type of its own, as a parameter is: where it stands says what it is. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (value instanceof Uint8Array) return `'\\x${Buffer.from(value).toString("hex")}'`;
  if (Array.isArray(value)) return literal(`{${value.map((each) => JSON.stringify(each)).join(",")}}`);
  return `'${String(value).replaceAll("'", "''")}'`;
}
