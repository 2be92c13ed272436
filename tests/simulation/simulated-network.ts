import type { Readable } from "node:stream";
import { sleep, type Instant } from "../../src/domain/clock.ts";
import type { Gateway } from "../../src/gateway/compose.ts";
import type { Dice } from "./seeded.ts";
import { never, type Process, type VirtualTime } from "./virtual-time.ts";

export type Fetch = (input: string, init: RequestInit) => Promise<Response>;
export type RunningGateway = { readonly gateway: Gateway; readonly process: Process };

/** The line between till and gateway. What it does to a request is drawn from its own stream of the seed. */
export type SimulatedNetwork = {
  fetchFor(window: Process): Fetch;
  /** From now on nothing gets through, until `restore`. */
  cut(): void;
  restore(): void;
  /** Every open stream ends in the middle, or goes silent without ending. */
  cutStreams(silently: boolean): void;
  /** From now on nothing is dropped, doubled or delayed. */
  calm(): void;
  /** The deadline each payment was asked with. */
  readonly deadlines: ReadonlyMap<string, Instant>;
  /** What was done to requests, for the report. */
  readonly faults: Record<string, number>;
  /** The highest entry that the gateway said it holds. */
  acknowledged(): number;
};

type Parts = {
  readonly time: VirtualTime;
  readonly dice: Dice;
  readonly gateway: () => RunningGateway | null;
  /** A planted bug of the till's line; the plain line without. */
  readonly plant?: (send: Fetch) => Fetch;
};
type Stream = { lose(silently: boolean): void };
type Line = Parts & {
  away: boolean;
  isCalm: boolean;
  readonly streams: Set<Stream>;
  readonly deadlines: Map<string, Instant>;
  readonly faults: Record<string, number>;
  acknowledged: number;
};

const faultPercent = 12;
const faultKinds = [
  "lostBefore",
  "lostAfter",
  "hangsBefore",
  "hangsAfter",
  "doubled",
  "retried",
  "late",
  "late",
] as const;
type Fault = (typeof faultKinds)[number] | "none";

/** A network whose other end is whatever gateway runs at the moment. */
export function simulatedNetwork(parts: Parts): SimulatedNetwork {
  const line: Line = {
    ...parts,
    away: false,
    isCalm: false,
    streams: new Set(),
    deadlines: new Map(),
    faults: {},
    acknowledged: 0,
  };
  const { plant = (send) => send } = parts;
  const send = plant((input, init) => carry(line, input, init));
  return {
    fetchFor: (window) => (input, init) =>
      window.isAlive() ? living(window, untilAborted(init.signal ?? null, send(input, init))) : never(),
    cut: () => void (line.away = true),
    restore() {
      line.away = false;
      for (const stream of line.streams) stream.lose(false);
    },
    cutStreams(silently) {
      if (line.streams.size > 0) line.faults["streamCut"] = (line.faults["streamCut"] ?? 0) + 1;
      for (const stream of line.streams) stream.lose(silently);
    },
    calm: () => void (line.isCalm = true),
    deadlines: line.deadlines,
    faults: line.faults,
    acknowledged: () => line.acknowledged,
  };
}

/** What `work` gives, as long as the window lives to take it. */
function living<Value>(window: Process, work: Promise<Value>): Promise<Value> {
  return work.then(
    (value) => (window.isAlive() ? value : never()),
    (trouble: unknown) => (window.isAlive() ? Promise.reject(trouble) : never()),
  );
}

function untilAborted<Value>(signal: AbortSignal | null, work: Promise<Value>): Promise<Value> {
  if (signal === null) return work;
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

async function carry(line: Line, input: string, init: RequestInit): Promise<Response> {
  const { clock } = line.time;
  const fault: Fault = !line.isCalm && line.dice.chance(faultPercent) ? line.dice.pick(faultKinds) : "none";
  const there = line.dice.between(2, 60) + (fault === "late" ? line.dice.between(2_000, 14_000) : 0);
  const back = line.dice.between(2, 60);
  const again = line.dice.between(10, 20_000);
  if (fault !== "none") line.faults[fault] = (line.faults[fault] ?? 0) + 1;
  noteDeadline(line, input, init);
  await sleep(clock, there);
  if (line.away) return away(line, there);
  if (fault === "lostBefore") throw new TypeError("fetch failed");
  if (fault === "hangsBefore") return never();
  if (input.endsWith("/events")) return streamed(line, input, init);
  const answer = await deliver(line, input, init);
  if (fault === "doubled") void sleep(clock, again).then(() => deliver(line, input, init).then(null, () => undefined));
  if (fault === "lostAfter") throw new TypeError("fetch failed");
  if (fault === "hangsAfter") return never();
  // something between the two sent it again, because the first answer was lost on its way there
  const told = fault === "retried" ? await deliver(line, input, init) : answer;
  await sleep(clock, back);
  return line.away ? never() : told;
}

/** With the network away a request is refused at once by a router, or falls into a hole. */
function away(line: Line, there: number): Promise<never> {
  line.faults["away"] = (line.faults["away"] ?? 0) + 1;
  return there % 2 === 0 ? Promise.reject(new TypeError("fetch failed")) : never();
}

function noteDeadline(line: Line, input: string, init: RequestInit): void {
  if (init.method !== "PUT") return;
  const { deadline } = JSON.parse(textOf(init)) as { deadline: Instant };
  line.deadlines.set(input.split("/").at(-1) ?? "", deadline);
}

function textOf(init: RequestInit): string {
  return init.body === undefined ? "" : new TextDecoder().decode(init.body as Uint8Array);
}

/** One request at the gateway's door; a gateway that dies meanwhile breaks the connection. */
async function deliver(line: Line, input: string, init: RequestInit): Promise<Response> {
  const { gateway, process } = reached(line);
  const response = await Promise.race([broken(process), gateway.app.server.inject(requestOf(input, init))]);
  const { statusCode, headers, payload } = response;
  if (statusCode === 200 && input.endsWith("/journal")) {
    const { number } = JSON.parse(payload) as { number: number };
    line.acknowledged = Math.max(line.acknowledged, number);
  }
  return new Response(payload === "" ? null : payload, { status: statusCode, headers: plain(headers) });
}

function reached(line: Line): RunningGateway {
  const running = line.gateway();
  if (running === null) throw new TypeError("fetch failed");
  return running;
}

function broken(process: Process): Promise<never> {
  return new Promise((_resolve, reject) => void process.onKill(() => reject(new TypeError("fetch failed"))));
}

function requestOf(input: string, init: RequestInit) {
  const body = textOf(init);
  return {
    method: (init.method ?? "GET") as "GET" | "PUT" | "POST",
    url: input,
    headers: { host: "127.0.0.1", ...(init.headers as Record<string, string>) },
    ...(body === "" ? {} : { payload: body }),
  };
}

function plain(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/** The event stream: chunks as they come, until the gateway ends it, somebody cuts it or the till goes. */
async function streamed(line: Line, input: string, init: RequestInit): Promise<Response> {
  const { gateway, process } = reached(line);
  const request = { ...requestOf(input, init), payloadAsStream: true as const };
  const response = await Promise.race([broken(process), gateway.app.server.inject(request)]);
  const source: Readable = response.stream();
  const hangUp = (): void => void response.raw.res.req.emit("close");
  let isSilent = false;
  let lose = (_silently: boolean): void => undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const stream: Stream = { lose: (silently) => lose(silently) };
      const forget = process.onKill(() => lose(false));
      const over = (): void => {
        line.streams.delete(stream);
        forget();
      };
      lose = (silently) => {
        isSilent = true;
        if (silently) return;
        over();
        hangUp();
        controller.error(new TypeError("the connection was reset"));
      };
      line.streams.add(stream);
      init.signal?.addEventListener("abort", () => line.streams.has(stream) && lose(false), { once: true });
      source.on("data", (chunk: Uint8Array) => {
        if (line.away) isSilent = true;
        if (!isSilent) controller.enqueue(new Uint8Array(chunk));
      });
      source.on("end", () => {
        if (isSilent || !line.streams.has(stream)) return;
        over();
        controller.close();
      });
      source.on("error", () => line.streams.has(stream) && lose(false));
    },
  });
  return new Response(body, { status: response.statusCode, headers: plain(response.headers) });
}
