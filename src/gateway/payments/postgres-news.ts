import { Client } from "pg";
import * as z from "zod/mini";
import type { Cancel, Clock, Random } from "../../domain/clock.ts";
import { paymentIdField, storeIdField, tillIdField } from "../../contract/fields.ts";
import { processNews, type PaymentChange, type PaymentNews } from "./news.ts";

const channel = "kuantai_payment";
/** Changes of this long go out together: NOTIFY takes a lock on the whole instance at commit. */
const batchMs = 20;
/** Below the 8000 bytes a notification may have. */
const changesPerNotification = 60;
const reconnectMs = 2_000;
const batchSchema = z.object({
  from: z.string(),
  changes: z.array(z.object({ store: storeIdField, till: tillIdField, id: paymentIdField })),
});

/**
 * News between all gateways of one database, over a connection of its own; published after commit, in batches. What is lost
 * while the connection is down is found by the streams' own looking.
 */
export function postgresNews(
  url: string,
  clock: Clock,
  random: Random,
  onTrouble: (trouble: string) => void,
): PaymentNews {
  return new PostgresNews(url, clock, Buffer.from(random.bytes(12)).toString("base64url"), onTrouble);
}

class PostgresNews implements PaymentNews {
  readonly #url: string;
  readonly #clock: Clock;
  /** Names this process: its own changes come back and are passed over. */
  readonly #self: string;
  readonly #onTrouble: (trouble: string) => void;
  readonly #local = processNews();
  readonly #lost = new WeakSet<Client>();
  #waiting: PaymentChange[] = [];
  #client: Client | null = null;
  #isClosed = false;
  #cancelFlush: Cancel | null = null;

  constructor(url: string, clock: Clock, self: string, onTrouble: (trouble: string) => void) {
    this.#url = url;
    this.#clock = clock;
    this.#self = self;
    this.#onTrouble = onTrouble;
    this.#connect();
  }

  publish(change: PaymentChange): void {
    this.#local.publish(change);
    this.#waiting.push(change);
    this.#cancelFlush ??= this.#clock.after(batchMs, () => this.#flush());
  }

  subscribe(listener: (change: PaymentChange) => void): () => void {
    return this.#local.subscribe(listener);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelFlush?.();
    await this.#client?.end();
    await this.#local.close();
  }

  #connect(): void {
    if (this.#isClosed) return;
    const fresh = new Client({ connectionString: this.#url });
    const fail = (trouble: unknown): void => this.#lose(fresh, String(trouble));
    fresh.on("notification", (message) => this.#hear(message.payload ?? ""));
    fresh.on("error", fail);
    fresh.on("end", () => fail("connection ended"));
    void this.#listen(fresh).then(null, fail);
  }

  async #listen(fresh: Client): Promise<void> {
    await fresh.connect();
    await fresh.query(`listen ${channel}`);
    // closed while it connected: nobody else would end it, and the process would not either
    if (this.#isClosed) await fresh.end();
    else this.#client = fresh;
  }

  #lose(which: Client, trouble: string): void {
    which.removeAllListeners();
    which.on("error", () => undefined);
    if (this.#isClosed || this.#lost.has(which)) return;
    this.#lost.add(which);
    if (this.#client === which) this.#client = null;
    this.#onTrouble(trouble);
    this.#clock.after(reconnectMs, () => this.#connect());
  }

  #hear(payload: string): void {
    const parsed = batchSchema.safeParse(parse(payload));
    if (!parsed.success || parsed.data.from === this.#self) return;
    for (const change of parsed.data.changes) this.#local.publish(change);
  }

  #flush(): void {
    this.#cancelFlush = null;
    const changes = this.#waiting.splice(0, changesPerNotification);
    if (this.#waiting.length > 0) this.#cancelFlush = this.#clock.after(batchMs, () => this.#flush());
    const payload = JSON.stringify({ from: this.#self, changes });
    this.#client
      ?.query("select pg_notify($1, $2)", [channel, payload])
      .then(null, (trouble: unknown) => this.#onTrouble(String(trouble)));
  }
}

/** A notification anybody could have sent: broken JSON is nothing. */
function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    // not ours
    return null;
  }
}
