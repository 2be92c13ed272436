import { displayMessage, type DisplayView } from "../../src/contract/display.ts";
import { sleep } from "../../src/domain/clock.ts";
import type { TillId } from "../../src/domain/identifier.ts";
import type { Dice } from "./seeded.ts";
import { simulatedBrowser, type SimulatedBrowser } from "./simulated-browser.ts";
import { simulatedNetwork, type Fetch, type RunningGateway, type SimulatedNetwork } from "./simulated-network.ts";
import { startTill, type RunningTill } from "./simulated-processes.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** A picture on the customer display, and the sale that stood on the till's screen. */
export type Shown = { readonly view: DisplayView; readonly sale: string | null };

/** One till's place at the counter: what outlives its window, and the window that runs at the moment. */
export type TillPlace = {
  readonly id: TillId;
  readonly browser: SimulatedBrowser;
  readonly network: SimulatedNetwork;
  /** Everything that left for paper, from every window. */
  readonly printed: readonly string[];
  /** Each picture of the display that differed from the one before. */
  readonly shown: readonly Shown[];
  running(): RunningTill | null;
  /** Opens a window over what the browser kept. */
  start(): Promise<RunningTill>;
  /** Kills the window in the middle of whatever it does; another one opens after `downMs`. */
  restart(downMs: number): Promise<void>;
};

export type PlaceMaking = {
  readonly id: TillId;
  readonly time: VirtualTime;
  /** A stream of the seed for this till. */
  readonly stream: (name: string) => Dice;
  readonly gateway: () => RunningGateway | null;
  readonly plant?: (send: Fetch) => Fetch;
  readonly look: (view: DisplayView) => void;
};

/** A till that was never opened. */
export function tillPlace({ id, time, stream, gateway, plant, look }: PlaceMaking): TillPlace {
  const browser = simulatedBrowser(time);
  const network = simulatedNetwork({
    time,
    gateway,
    dice: stream("network"),
    ...(plant === undefined ? {} : { plant }),
  });
  const window = stream("window");
  const skewMs = window.between(-20_000, 20_000);
  const persisted = window.chance(50);
  const printed: string[] = [];
  const shown: Shown[] = [];
  let last = "";
  const onShown = (message: unknown, sale: string | null): void => {
    const parsed = displayMessage.safeParse(message);
    if (!parsed.success || parsed.data.kind !== "view") throw new Error("the display was sent something else");
    const { view } = parsed.data;
    const text = JSON.stringify([view, sale]);
    if (text === last) return;
    last = text;
    shown.push({ view, sale });
    look(view);
  };
  let running: RunningTill | null = null;
  let started = 0;
  const start = async (): Promise<RunningTill> => {
    const random = stream(`window ${started++}`);
    running = await startTill({ time, browser, network, random, skewMs, persisted, printed, onShown });
    return running;
  };
  return {
    id,
    browser,
    network,
    printed,
    shown,
    start,
    running: () => running,
    async restart(downMs) {
      if (running === null) return;
      running.process.kill();
      running = null;
      await sleep(time.clock, downMs);
      await start();
    },
  };
}
