import { sleep, type Clock, type Random } from "../../domain/clock.ts";
import type { Fetch } from "../exchange.ts";
import { controlCall } from "./control.ts";
import type { PlayMaker, ProviderPlay } from "./play.ts";
import { openSettlement, settlementMark, type BillsReady } from "./settlement/books.ts";
import type { Desk } from "./settlement/control.ts";
import { storeOf, type SandboxStore } from "./store.ts";
import { controlAnswer, type SandboxAnswer, type SandboxRequest } from "./wire.ts";

/** The providers as one function: a request in, an answer or a cut connection out. */
export type Sandbox = {
  /** True for a path that `handle` answers. */
  serves(url: string): boolean;
  /** Resolves when the answer is due; what it tells is in the store by then. */
  handle(request: SandboxRequest): Promise<SandboxAnswer>;
  /** Cancels timers and closes the store. */
  stop(): void;
};

/** What a sandbox is made of. */
export type SandboxParts = {
  readonly clock: Clock;
  readonly random: Random;
  readonly store: SandboxStore;
  /** Every delay is multiplied by it: 1 as at the provider, 0.1 in tests. The life of a code is not. */
  readonly timeFactor: number;
  /** When a day's bills are there until somebody says otherwise: as at the providers where it is not said. */
  readonly bills?: BillsReady;
  /** How notifications leave; none leave without it. */
  readonly fetch?: Fetch;
};

const controlPrefix = "/_sandbox/";

/** The sandbox of the providers that `makers` play, each on its own lines of the store. */
export function createSandbox(parts: SandboxParts, makers: readonly PlayMaker[]): Sandbox {
  const settlement = openSettlement(storeOf(parts.store, settlementMark), parts.bills);
  const plays: readonly ProviderPlay[] = makers.map((maker) =>
    maker.open({
      clock: parts.clock,
      random: parts.random,
      store: storeOf(parts.store, maker.provider),
      timeFactor: parts.timeFactor,
      fetch: parts.fetch ?? null,
      settlement,
    }),
  );
  const desk: Desk = { ...parts, settlement, plays };
  const speaker = (url: string): ProviderPlay | undefined => plays.find((play) => play.speaks(url));
  const route = (request: SandboxRequest): SandboxAnswer =>
    request.url.startsWith(controlPrefix)
      ? controlCall(request, desk)
      : (speaker(request.url)?.answer(request) ?? controlAnswer(404, { problem: "no provider here speaks this path" }));
  return {
    serves: (url) => url.startsWith(controlPrefix) || speaker(url) !== undefined,
    async handle(request) {
      const answer = route(request);
      if (answer.afterMs > 0) await sleep(parts.clock, answer.afterMs);
      return answer;
    },
    stop() {
      for (const play of plays) play.stop();
      parts.store.close();
    },
  };
}
