import { Client } from "pg";
import * as z from "zod/mini";
import type { Clock, Random } from "../../domain/clock.ts";
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
  const local = processNews();
  const self = Buffer.from(random.bytes(12)).toString("base64url");
  const given = new WeakSet<Client>();
  let waiting: PaymentChange[] = [];
  let client: Client | null = null;
  let isClosed = false;
  let cancelFlush: (() => void) | null = null;

  function connect(): void {
    if (isClosed) return;
    const fresh = new Client({ connectionString: url });
    fresh.on("notification", (message) => hear(message.payload ?? ""));
    fresh.on("error", (trouble) => lost(fresh, trouble.message));
    fresh.on("end", () => lost(fresh, "connection ended"));
    fresh
      .connect()
      .then(
        () =>
          fresh.query(`listen ${channel}`).then(() => {
            client = fresh;
          }),
        (trouble: unknown) => lost(fresh, String(trouble)),
      )
      .then(null, (trouble: unknown) => lost(fresh, String(trouble)));
  }

  function lost(which: Client, trouble: string): void {
    which.removeAllListeners();
    which.on("error", () => undefined);
    if (isClosed || given.has(which)) return;
    given.add(which);
    if (client === which) client = null;
    onTrouble(trouble);
    clock.after(reconnectMs, connect);
  }

  function hear(payload: string): void {
    const parsed = batchSchema.safeParse(parse(payload));
    if (!parsed.success || parsed.data.from === self) return;
    for (const change of parsed.data.changes) local.publish(change);
  }

  function flush(): void {
    cancelFlush = null;
    const batch = waiting.splice(0, changesPerNotification);
    if (waiting.length > 0) cancelFlush = clock.after(batchMs, flush);
    const payload = JSON.stringify({ from: self, changes: batch });
    client
      ?.query("select pg_notify($1, $2)", [channel, payload])
      .then(null, (trouble: unknown) => onTrouble(String(trouble)));
  }

  connect();
  return {
    publish: (change) => {
      local.publish(change);
      waiting = [...waiting, change];
      cancelFlush ??= clock.after(batchMs, flush);
    },
    subscribe: local.subscribe,
    close: async () => {
      isClosed = true;
      cancelFlush?.();
      await client?.end();
      await local.close();
    },
  };
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
