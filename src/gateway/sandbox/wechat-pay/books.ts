import { createHash } from "node:crypto";
import type { Cancel, Instant } from "../../../domain/clock.ts";
import { instant } from "../../../domain/clock.ts";
import type { PlayParts } from "../play.ts";
import type { SandboxKeys } from "./keys.ts";
import { fold, foldAll, type Ledger, type LedgerEvent, type Order } from "./ledger.ts";

/** What the play is made of, and the keys it answers to and signs with. */
export type BooksParts = PlayParts & { readonly keys: SandboxKeys };

/** The ledger together with its store: nothing is told that is not recorded. */
export type Books = {
  readonly parts: BooksParts;
  readonly ledger: Ledger;
  /** Takes the event into the store, synced, then into the ledger. */
  record(event: LedgerEvent): void;
  /** Lets payers act who were due by now; called before anything is looked at. */
  settle(): Instant;
  /** `ms` under the time factor. */
  scaled(ms: number): number;
  stop(): void;
};

/** Opens the books: what the store tells, and a timer for every payer who is still to act. */
export function openBooks(parts: BooksParts): Books {
  const ledger = foldAll(parts.store.events);
  const waiting = new Map<string, Cancel>();
  const write = (event: LedgerEvent): void => {
    parts.store.append(event);
    fold(ledger, event);
  };
  const record = (event: LedgerEvent): void => {
    write(event);
    if (event.event === "ordered") wait(event.order);
  };
  const wait = (order: Order): void => {
    if (order.due === null) return;
    waiting.set(
      order.outTradeNo,
      parts.clock.after(Math.max(0, order.due.at - parts.clock.now()), () => void settle()),
    );
  };
  const settle = (): Instant => {
    const now = parts.clock.now();
    for (const outTradeNo of waiting.keys()) {
      const order = ledger.orders.get(outTradeNo);
      const due = order === undefined ? null : order.due;
      if (due !== null && due.at > now) continue;
      waiting.get(outTradeNo)?.();
      waiting.delete(outTradeNo);
      if (due === null) continue;
      if (due.act === "pay") write({ event: "paid", outTradeNo, at: due.at });
      else write({ event: "failed", outTradeNo, at: due.at, why: "cancelled" });
    }
    return now;
  };
  for (const order of ledger.orders.values()) wait(order);
  return {
    parts,
    ledger,
    record,
    settle,
    scaled: (ms) => Math.round(ms * parts.timeFactor),
    stop() {
      for (const cancel of waiting.values()) cancel();
      waiting.clear();
    },
  };
}

/** What stands for a code in the store. */
export function codeHash(code: string): string {
  return createHash("sha256").update(`wechat payment code ${code}`).digest("hex");
}

/** The provider's own number: 28 digits, `4200000000` + day in Beijing + counter. */
export function nextTransactionId(ledger: Ledger, now: Instant): string {
  return `4200000000${beijingTime(now).slice(0, 10).replaceAll("-", "")}${String(ledger.orders.size + 1).padStart(10, "0")}`;
}

/** RFC 3339 in Beijing time, as WeChat Pay writes times. */
export function beijingTime(at: Instant): string {
  return `${new Date(instant(at + 8 * 3_600_000)).toISOString().slice(0, 19)}+08:00`;
}
