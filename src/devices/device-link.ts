import { invariant } from "../domain/assert.ts";
import type { Cancel, Clock } from "../domain/clock.ts";
import {
  transitionDevice,
  type DeviceConnection,
  type DeviceEvent,
  type DeviceFault,
} from "../domain/device-connection.ts";
import { refuse, type Result } from "../domain/result.ts";
import type { OpenTransport, TransportPort, TransportSource } from "./transports/transport.ts";

/** The part of `navigator.locks` that is used: a named lock held until the task's promise settles. */
export type LockAccess = {
  request(
    name: string,
    options: { readonly ifAvailable?: boolean },
    task: (lock: unknown) => Promise<void>,
  ): Promise<unknown>;
};

/** A line that would not open, or went dead without an unplug, is tried again after this long. */
const reopenDelayMs = 2_000;

/** What came of asking a person for a device. */
export type PairOutcome = "paired" | "cancelled" | "busy";

/** A device over one line, re-attached by itself after a replug. One window of the till owns it. */
export type DeviceLink = {
  connection(): DeviceConnection;
  /** Finds a port granted before and opens it; without one, waits for one to be attached. */
  start(): Promise<void>;
  /** Asks the person for a port, then opens it. Only on their own click. */
  pair(): Promise<PairOutcome>;
  /** Takes the idle line for `job`. */
  begin(job: string): void;
  /** Gives the line back; does nothing when it died meanwhile. */
  finish(): void;
  /**
   * Writes with a deadline that counts anew for each call and is extended while `mayWait` says that the device is known to
   * be waiting for a person (paper, cover). At the deadline the line is given up: `stalled`, and opened again later.
   */
  write(bytes: Uint8Array, deadlineMs: number, mayWait: () => boolean): Promise<Result<null, "lost" | "stalled">>;
  /** Lets go of the device and of its ownership, after what was written has gone out. */
  close(): Promise<void>;
};

/** What a device link is made of; `name` names the lock. */
export type DeviceLinkParts = {
  readonly name: string;
  readonly source: TransportSource;
  readonly clock: Clock;
  readonly locks: LockAccess;
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onConnection: (connection: DeviceConnection) => void;
};

/** A link that has not looked for its device yet; `start` does. */
export function createDeviceLink(parts: DeviceLinkParts): DeviceLink {
  return new Link(parts);
}

class Link implements DeviceLink {
  readonly #parts: DeviceLinkParts;
  #connection: DeviceConnection = { state: "unpaired" };
  #port: TransportPort | null = null;
  #line: OpenTransport | null = null;
  #reopen: Cancel | null = null;
  #stopListening: readonly Cancel[] = [];
  #release: (() => void) | null = null;
  #owned = false;
  /** Another window owns the device and our request for the lock stands in line. */
  #waiting = false;
  /** The port was given to another use while a job had the line. */
  #taken = false;

  constructor(parts: DeviceLinkParts) {
    this.#parts = parts;
  }

  connection(): DeviceConnection {
    return this.#connection;
  }

  async start(): Promise<void> {
    this.#listen();
    const [first] = await this.#parts.source.granted();
    if (first !== undefined && this.#connection.state === "unpaired") await this.#adopt(first);
  }

  async pair(): Promise<PairOutcome> {
    if (this.#connection.state === "busy" || this.#connection.state === "opening") return "busy";
    this.#listen();
    const chosen = await this.#parts.source.choose();
    if (chosen === null) return "cancelled";
    if (this.#connection.state === "idle") {
      this.#move({ kind: "close" });
      await this.#drop("drain");
    }
    await this.#adopt(chosen);
    return "paired";
  }

  begin(job: string): void {
    this.#move({ kind: "begin", job });
  }

  finish(): void {
    if (this.#connection.state === "busy") this.#move({ kind: "finish" });
    if (this.#taken) void this.#forget();
  }

  async write(
    bytes: Uint8Array,
    deadlineMs: number,
    mayWait: () => boolean,
  ): Promise<Result<null, "lost" | "stalled">> {
    const line = this.#line;
    if (line === null) return refuse("lost");
    const deadline = this.#deadline(deadlineMs, mayWait);
    const written = await Promise.race([line.write(bytes), deadline.passed]);
    deadline.cancel();
    if (!written.ok && this.#line === line) this.#fail(written.refusal);
    return written;
  }

  async close(): Promise<void> {
    for (const stop of this.#stopListening) stop();
    this.#stopListening = [];
    this.#reopen?.();
    if (this.#connection.state === "idle" || this.#connection.state === "opening" || this.#connection.state === "error")
      this.#move({ kind: "close" });
    await this.#drop("drain");
    this.#release?.();
    this.#owned = false;
  }

  #listen(): void {
    if (this.#stopListening.length > 0) return;
    this.#stopListening = [
      this.#parts.source.onAttached((port) => void this.#attached(port)),
      this.#parts.source.onDetached((gone) => this.#detached(gone)),
      this.#parts.source.onTaken((isTaken) => this.#give(isTaken)),
    ];
  }

  async #adopt(port: TransportPort): Promise<void> {
    this.#port = port;
    this.#move({ kind: "paired" });
    await this.#own();
  }

  /** Asks for the lock at once; when another window holds it, says so and waits in line for as long as this window lives. */
  async #own(): Promise<void> {
    if (this.#owned) return this.#open({ kind: "open" });
    const hold = (lock: unknown): Promise<void> => {
      this.#waiting = lock === null;
      if (this.#stopListening.length === 0) return Promise.resolve();
      if (lock === null) {
        this.#move({ kind: "fail", fault: "otherWindow" });
        void this.#parts.locks.request(this.#parts.name, {}, hold);
        return Promise.resolve();
      }
      this.#owned = true;
      // the port may have been given away while this window stood in line
      if (this.#port !== null) void this.#open({ kind: "open" });
      return new Promise((resolve) => {
        this.#release = resolve;
      });
    };
    if (this.#waiting) return this.#move({ kind: "fail", fault: "otherWindow" });
    void this.#parts.locks.request(this.#parts.name, { ifAvailable: true }, hold);
  }

  async #open(step: DeviceEvent): Promise<void> {
    const port = this.#port;
    invariant(port !== null, "a link opens only a port it has");
    this.#reopen?.();
    this.#move(step);
    const opened = await port.open();
    if (this.#connection.state !== "opening" || this.#port !== port) {
      if (opened.ok) await opened.value.close("abandon");
      return;
    }
    if (!opened.ok) return this.#fail("openFailed");
    this.#line = opened.value;
    void this.#readLoop(opened.value);
    this.#move({ kind: "opened" });
  }

  async #readLoop(line: OpenTransport): Promise<void> {
    while (this.#line === line) {
      const chunk = await line.read();
      if (this.#line !== line) return;
      if (!chunk.ok) return this.#fail("lost");
      this.#parts.onBytes(chunk.value);
    }
  }

  #fail(fault: DeviceFault): void {
    // Not waited for: a dead port may take its time to close, and until it has, opening it again merely fails again.
    void this.#drop("abandon");
    this.#move({ kind: "fail", fault });
    this.#reopen?.();
    this.#reopen = this.#parts.clock.after(reopenDelayMs, () => {
      if (this.#connection.state === "error" && this.#owned) void this.#open({ kind: "open" });
    });
  }

  #detached(gone: unknown): void {
    if (this.#port === null || !this.#port.is(gone)) return;
    void this.#drop("abandon");
    this.#move({ kind: "detach" });
  }

  /** A replugged device is a new object: taken when it looks like the one we had, or when none was ever had. */
  async #attached(port: TransportPort): Promise<void> {
    const before = this.#port;
    if (before === null) return this.#connection.state === "unpaired" ? this.#adopt(port) : undefined;
    const { state } = this.#connection;
    if (port.signature !== before.signature || (state !== "detached" && state !== "error")) return;
    this.#port = port;
    if (!this.#owned) return;
    await this.#open(state === "detached" ? { kind: "attach" } : { kind: "open" });
  }

  /** The port got another use: let go of it, after the job that has the line. */
  #give(isTaken: (port: TransportPort) => boolean): void {
    if (this.#port === null || !isTaken(this.#port)) return;
    this.#taken = true;
    if (this.#connection.state !== "busy") void this.#forget();
  }

  /** Lets go of the port and looks for another one granted before. */
  async #forget(): Promise<void> {
    this.#taken = false;
    this.#reopen?.();
    this.#port = null;
    this.#move({ kind: "forget" });
    await this.#drop("drain");
    await this.start();
  }

  async #drop(how: "drain" | "abandon"): Promise<void> {
    const line = this.#line;
    this.#line = null;
    await line?.close(how);
  }

  #deadline(
    delayMs: number,
    mayWait: () => boolean,
  ): { readonly passed: Promise<Result<null, "stalled">>; readonly cancel: Cancel } {
    let cancel: Cancel | null = null;
    const passed = new Promise<Result<null, "stalled">>((resolve) => {
      const arm = (): void => {
        cancel = this.#parts.clock.after(delayMs, () => (mayWait() ? arm() : resolve(refuse("stalled"))));
      };
      arm();
    });
    return { passed, cancel: () => cancel?.() };
  }

  #move(event: DeviceEvent): void {
    const moved = transitionDevice(this.#connection, event);
    invariant(moved.ok, `a ${this.#connection.state} device cannot take ${event.kind}`);
    this.#connection = moved.value;
    this.#parts.onConnection(moved.value);
  }
}
