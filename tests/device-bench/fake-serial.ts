import type { SerialAccess, SerialPortAccess } from "../../src/devices/transports/web-serial.ts";
import type { VirtualPrinter } from "./virtual-printer.ts";

type Listener = (event: { readonly target: unknown }) => void;

/** The browser's serial ports in Node, for tests and the simulation: behaves as Chromium does on unplug, replug and a dead line. */
export type FakeSerial = {
  readonly serial: SerialAccess;
  /** Plugs a printer in; a new port object each time, as in Chromium. `granted` ports are found without asking. */
  plug(printer: VirtualPrinter, options?: { readonly granted?: boolean }): FakePort;
  unplug(port: FakePort): void;
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
  const fire = (type: "connect" | "disconnect", target: unknown): void => {
    for (const listener of listeners[type]) listener({ target });
  };
  return {
    serial: {
      getPorts: () => Promise.resolve([...ports].flatMap(([port, { granted }]) => (granted ? [port] : []))),
      requestPort() {
        const [first] = ports;
        if (first === undefined)
          return Promise.reject(new DOMException("No port selected by the user.", "NotFoundError"));
        first[1].granted = true;
        return Promise.resolve(first[0]);
      },
      addEventListener: (type, listener) => void listeners[type].add(listener),
      removeEventListener: (type, listener) => void listeners[type].delete(listener),
    },
    plug(printer, options) {
      const port = fakePort(printer);
      ports.set(port, { granted: options?.granted ?? true });
      if (options?.granted ?? true) fire("connect", port);
      return port;
    },
    unplug(port) {
      ports.delete(port);
      port.hangUp();
      fire("disconnect", port);
    },
  };
}

function fakePort(printer: VirtualPrinter): FakePort {
  let opens = 0;
  let isDead = false;
  let hangUp: (() => void) | null = null;
  const port = {
    readable: null as ReadableStream<Uint8Array<ArrayBuffer>> | null,
    writable: null as WritableStream<Uint8Array<ArrayBuffer>> | null,
    getInfo: () => ({ usbVendorId: 0x0416, usbProductId: 0x5011 }),
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
          while (!printer.hasRoom())
            await Promise.race([gone.promise, new Promise<void>((resolve) => (printer.onRoom = resolve))]);
          if (isDead) throw new DOMException("An unknown system error has occurred.", "UnknownError");
          printer.feed(chunk);
        },
      });
      printer.onAnswer = (bytes) => {
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
