import { ok, refuse, type Result } from "../../domain/result.ts";
import type { OpenTransport, TransportLost, TransportPort, TransportSource } from "./transport.ts";

/** The part of `SerialPort` that is used; a test's port need have no more. */
export type SerialPortAccess = Pick<SerialPort, "readable" | "writable" | "getInfo" | "open" | "close">;

/** The part of `navigator.serial` that is used. Events bubble from the port: `target` is the port they speak of. */
export type SerialAccess = {
  getPorts(): Promise<readonly SerialPortAccess[]>;
  requestPort(): Promise<SerialPortAccess>;
  addEventListener(type: "connect" | "disconnect", listener: (event: { readonly target: unknown }) => void): void;
  removeEventListener(type: "connect" | "disconnect", listener: (event: { readonly target: unknown }) => void): void;
};

/** Line settings of one device model. */
export type SerialSettings = { readonly baudRate: number; readonly flowControl: "none" | "hardware" };

/** Errors of one read that leave the line usable: the port offers a fresh `readable` and nothing else is wrong. */
const passingErrors: ReadonlySet<string> = new Set(["BreakError", "ParityError", "FramingError", "BufferOverrunError"]);
/** More passing errors in a row than this is a dead or misconfigured line. */
const passingErrorsMax = 32;

/** Serial ports of the browser as the device link wants them. */
export function webSerialSource(serial: SerialAccess, settings: SerialSettings): TransportSource {
  const wrap = (port: SerialPortAccess): TransportPort => serialPort(port, settings);
  const listen = (type: "connect" | "disconnect", heard: (target: unknown) => void): (() => void) => {
    const listener = (event: { readonly target: unknown }): void => heard(event.target);
    serial.addEventListener(type, listener);
    return () => serial.removeEventListener(type, listener);
  };
  return {
    async granted() {
      try {
        return (await serial.getPorts()).map(wrap);
      } catch (error) {
        // A page that may not even look (Permissions-Policy) has no ports; a person's attempt to pair finds out the rest.
        if (nameOf(error) === "SecurityError") return [];
        throw error;
      }
    },
    async choose() {
      try {
        return wrap(await serial.requestPort());
      } catch (error) {
        // The person closed the chooser, or it was not their click: either way no port was chosen.
        if (nameOf(error) === "NotFoundError" || nameOf(error) === "SecurityError") return null;
        throw error;
      }
    },
    onAttached: (listener) => listen("connect", (target) => listener(wrap(target as SerialPortAccess))),
    onDetached: (listener) => listen("disconnect", listener),
    onTaken: () => () => undefined,
  };
}

function serialPort(port: SerialPortAccess, settings: SerialSettings): TransportPort {
  const { usbVendorId, usbProductId, bluetoothServiceClassId } = port.getInfo();
  return {
    signature: `${usbVendorId ?? "-"}:${usbProductId ?? "-"}:${bluetoothServiceClassId ?? "-"}`,
    is: (other) => other === port,
    isOpen: () => port.readable !== null,
    async open() {
      try {
        await port.open({ baudRate: settings.baudRate, flowControl: settings.flowControl });
      } catch (error) {
        // Busy elsewhere, no permission and gone all look alike here (NetworkError); already open is InvalidStateError.
        void error;
        return refuse("openFailed");
      }
      return ok(openLine(port));
    },
  };
}

function nameOf(error: unknown): string {
  return error instanceof Error || error instanceof DOMException ? error.name : "";
}

/** NetworkError (far end gone) and UnknownError (write into nothing) are both a lost line; so is a stream that ended. */
function openLine(port: SerialPortAccess): OpenTransport {
  const writer = port.writable?.getWriter() ?? null;
  let reader = port.readable?.getReader() ?? null;
  async function read(): Promise<Result<Uint8Array, TransportLost>> {
    for (let errors = 0; errors <= passingErrorsMax; errors += 1) {
      if (reader === null) return refuse("lost");
      try {
        const chunk = await reader.read();
        return chunk.done || chunk.value === undefined ? refuse("lost") : ok(chunk.value);
      } catch (error) {
        if (!passingErrors.has(nameOf(error))) return refuse("lost");
        reader.releaseLock();
        reader = port.readable?.getReader() ?? null;
      }
    }
    return refuse("lost");
  }
  return {
    read,
    async write(bytes) {
      if (writer === null) return refuse("lost");
      try {
        await writer.write(bytes as Uint8Array<ArrayBuffer>);
        return ok(null);
      } catch (error) {
        void error;
        return refuse("lost");
      }
    },
    async close(how) {
      // The order matters: a port whose streams are locked cannot be closed, and abort frees a stuck write at once.
      await settled(how === "drain" ? writer?.close() : writer?.abort());
      await settled(reader?.cancel());
      writer?.releaseLock();
      reader?.releaseLock();
      await settled(port.close());
    },
  };
}

/** Waits for `step`; a step that fails on a dead port has nothing left to tell. */
async function settled(step: Promise<unknown> | undefined): Promise<void> {
  await Promise.allSettled([step]);
}
