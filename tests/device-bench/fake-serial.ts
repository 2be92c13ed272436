import type { SerialAccess, SerialPortAccess } from "../../src/devices/transports/web-serial.ts";

/** What hangs on a port: a printer, or a scanner that never runs full. */
export type FarEnd = {
  onAnswer: (bytes: Uint8Array) => void;
  onRoom: () => void;
  hasRoom(): boolean;
  feed(bytes: Uint8Array): void;
};

/** A scanner as the far end of a port; `send` is what it says. */
export function fakeSerialScanner(): FarEnd & { send(text: string): void } {
  const scanner = {
    onAnswer: (_bytes: Uint8Array): void => undefined,
    onRoom: (): void => undefined,
    hasRoom: () => true,
    feed: () => undefined,
    send: (text: string) => scanner.onAnswer(new TextEncoder().encode(text)),
  };
  return scanner;
}

/** A USB printer's ids, which a port has unless a test gives it others. */
export const printerIds = { usbVendorId: 0x0416, usbProductId: 0x5011 } as const;

type PlugOptions = { readonly granted?: boolean; readonly ids?: SerialPortInfo };

type Listener = (event: { readonly target: unknown }) => void;

/** The browser's serial ports in Node, for tests and the simulation: behaves as Chromium does on unplug, replug and a dead line. */
export type FakeSerial = {
  readonly serial: SerialAccess;
  /** Plugs a device in; a new port object each time, as in Chromium. `granted` ports are found without asking. */
  plug(device: FarEnd, options?: PlugOptions): FakePort;
  unplug(port: FakePort): void;
  /** The port that the next chooser gives; the first plugged in until then. */
  pick(port: FakePort): void;
};

/** A port of the fake, with what a test may do to it. */
export type FakePort = SerialPortAccess & {
  /** The far end vanishes without an unplug event: reads and writes fail, no event fires. */
  hangUp(): void;
  readonly opens: () => number;
};

/** Serial ports without a browser. `requestPort` picks the first port plugged in, or rejects as a closed chooser does. */
export function createFakeSerial(): FakeSerial {
  const listeners = { connect: new Set<Listener>(), disconnect: new Set<Listener>() };
  const ports = new Map<FakePort, { granted: boolean }>();
  let picked: FakePort | null = null;
  const fire = (type: "connect" | "disconnect", target: unknown): void => {
    for (const listener of listeners[type]) listener({ target });
  };
  return {
    serial: {
      getPorts: () => Promise.resolve([...ports].flatMap(([port, { granted }]) => (granted ? [port] : []))),
      requestPort() {
        const [first] = picked === null ? ports.keys() : [picked];
        if (first === undefined)
          return Promise.reject(new DOMException("No port selected by the user.", "NotFoundError"));
        ports.set(first, { granted: true });
        return Promise.resolve(first);
      },
      addEventListener: (type, listener) => void listeners[type].add(listener),
      removeEventListener: (type, listener) => void listeners[type].delete(listener),
    },
    plug(device, options) {
      const port = fakePort(device, options?.ids ?? printerIds);
      ports.set(port, { granted: options?.granted ?? true });
      if (options?.granted ?? true) fire("connect", port);
      return port;
    },
    pick: (port) => {
      picked = port;
    },
    unplug(port) {
      ports.delete(port);
      port.hangUp();
      fire("disconnect", port);
    },
  };
}

function fakePort(device: FarEnd, ids: SerialPortInfo): FakePort {
  let opens = 0;
  let isDead = false;
  let hangUp: (() => void) | null = null;
  const port = {
    readable: null as ReadableStream<Uint8Array<ArrayBuffer>> | null,
    writable: null as WritableStream<Uint8Array<ArrayBuffer>> | null,
    getInfo: () => ids,
    open() {
      if (isDead) return Promise.reject(new DOMException("Failed to open serial port.", "NetworkError"));
      if (port.readable !== null)
        return Promise.reject(new DOMException("The port is already open.", "InvalidStateError"));
      opens += 1;
      let reading: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;
      port.readable = new ReadableStream<Uint8Array<ArrayBuffer>>({
        start: (controller) => {
          reading = controller;
        },
      });
      const gone = rejectable();
      gone.promise.catch(() => undefined);
      port.writable = new WritableStream<Uint8Array<ArrayBuffer>>({
        async write(chunk) {
          while (!device.hasRoom())
            await Promise.race([gone.promise, new Promise<void>((resolve) => (device.onRoom = resolve))]);
          if (isDead) throw new DOMException("An unknown system error has occurred.", "UnknownError");
          device.feed(chunk);
        },
      });
      device.onAnswer = (bytes) => {
        if (port.readable !== null && !isDead) reading.enqueue(Uint8Array.from(bytes));
      };
      hangUp = () => {
        reading.error(new DOMException("The device has been lost.", "NetworkError"));
        gone.reject(new DOMException("An unknown system error has occurred.", "UnknownError"));
      };
      return Promise.resolve();
    },
    close() {
      port.readable = null;
      port.writable = null;
      return Promise.resolve();
    },
    hangUp() {
      isDead = true;
      hangUp?.();
    },
    opens: () => opens,
  };
  return port;
}

function rejectable(): { readonly promise: Promise<never>; readonly reject: (reason: unknown) => void } {
  let reject: ((reason: unknown) => void) | null = null;
  const promise = new Promise<never>((_resolve, refuse) => {
    reject = refuse;
  });
  return { promise, reject: (reason) => reject?.(reason) };
}
