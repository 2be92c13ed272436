import type { GatewayParts } from "../parts.ts";
import type { Accounts } from "./accounts.ts";
import type { Attempt } from "./attempt.ts";
import type { PaymentNews } from "./news.ts";

/** What the payment use cases share. */
export type PaymentEngine = {
  readonly parts: Pick<GatewayParts, "clock" | "random" | "database" | "keys" | "log" | "config">;
  readonly accounts: Accounts;
  readonly news: PaymentNews;
  /** Looks for jobs now: one was added or moved. */
  wake(): void;
  /** Exchanges with providers that run beyond their request; awaited at a graceful stop. */
  readonly running: Set<Promise<unknown>>;
};

/** Tells the streams that an attempt has changed; after commit. */
export function announce(engine: PaymentEngine, attempt: Attempt): void {
  engine.news.publish({ store: attempt.store, till: attempt.till, id: attempt.id });
}

/** Keeps hold of work that outlives its request. Resolves when it ends, also when it broke: the attempt's job goes on then. */
export function keepRunning(engine: PaymentEngine, work: Promise<unknown>): Promise<void> {
  const held = work.then(
    () => undefined,
    (trouble: unknown) =>
      engine.parts.log.error(
        { trouble: trouble instanceof Error ? trouble.stack : String(trouble) },
        "payment work broke",
      ),
  );
  engine.running.add(held);
  return held.then(() => {
    engine.running.delete(held);
  });
}
