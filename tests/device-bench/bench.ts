import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { EventEmitter } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { VirtualPrinter } from "./virtual-printer.ts";

/** A frame of the shim holds at most this many bytes of payload. */
const payloadBytesMax = 1024;

/** A serial device as the bench plugs it in; without ids it is a plain COM port, whose `getInfo()` is empty. */
export type SerialIdentity = { readonly vendorId?: number; readonly productId?: number; readonly name?: string };

/** A HID device as the bench plugs it in: its ids and its report descriptor. */
export type HidIdentity = {
  readonly vendorId: number;
  readonly productId: number;
  readonly name: string;
  readonly descriptor: Uint8Array;
};

/** What a device tells the test. */
type DeviceEvents = { open: []; close: []; data: [Buffer]; line: [{ readonly baud: number }]; flush: [number] };

/** One device: plugged or not, opened or not by the browser. */
export class BenchDevice extends EventEmitter<DeviceEvents> {
  readonly id: string;
  readonly identity: SerialIdentity | HidIdentity;
  socket: Socket | null = null;

  constructor(id: string, identity: SerialIdentity | HidIdentity) {
    super();
    this.id = id;
    this.identity = identity;
  }

  /** Sends bytes to the page. */
  send(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += payloadBytesMax)
      this.socket?.write(frame("D", bytes.subarray(at, at + payloadBytesMax)));
  }

  /** Takes no more bytes until `resume`; the page's writes soon wait. */
  pause(): void {
    this.socket?.pause();
  }

  resume(): void {
    this.socket?.resume();
  }

  /** The far end vanishes without an unplug event. */
  hangUp(): void {
    this.socket?.destroy();
  }

  isOpen(): boolean {
    return this.socket !== null;
  }

  /** Lets `printer` be what hangs on this port: a full buffer makes the line wait. */
  connectPrinter(printer: VirtualPrinter): void {
    printer.onAnswer = (bytes) => this.send(bytes);
    printer.onRoom = () => this.resume();
    this.on("data", (bytes) => {
      printer.feed(bytes);
      if (!printer.hasRoom()) this.pause();
    });
  }
}

/** The far end of every device in one browser; give `environment()` to its launch. */
export class Bench {
  readonly directory = mkdtempSync(join(tmpdir(), "bench-"));
  readonly #server: Server;
  readonly #monitors = new Set<Socket>();
  readonly #devices = new Map<string, BenchDevice>();
  #nextId = 0;

  private constructor() {
    mkdirSync(join(this.directory, "sys"));
    writeFileSync(join(this.directory, "drivers"), "bench /dev/ttyBENCH 4 64-255 serial\n");
    this.#server = createServer((socket) => this.#accept(socket));
  }

  /** A bench that listens. */
  static async open(): Promise<Bench> {
    const bench = new Bench();
    await new Promise<void>((resolve) => bench.#server.listen(join(bench.directory, "bench.sock"), resolve));
    return bench;
  }

  /** What the browser's process needs in its environment. */
  environment(): Readonly<Record<string, string>> {
    return { LD_PRELOAD: shimPath(), HWBENCH_DIR: this.directory };
  }

  /** A new device, not plugged in yet. */
  addSerial(identity: SerialIdentity = {}): BenchDevice {
    this.#nextId += 1;
    const device = new BenchDevice(`serial${this.#nextId}`, identity);
    this.#devices.set(device.id, device);
    return device;
  }

  /** A new HID device, not plugged in yet; what is sent to it at once is one report, its id first where it has ids. */
  addHid(identity: HidIdentity): BenchDevice {
    this.#nextId += 1;
    const device = new BenchDevice(`hid${this.#nextId}`, identity);
    this.#devices.set(device.id, device);
    return device;
  }

  plug(device: BenchDevice): void {
    if ("descriptor" in device.identity) {
      const { vendorId, productId, name, descriptor } = device.identity;
      const id = `0003:0000${hex(vendorId)}:0000${hex(productId)}`.toUpperCase();
      const parent = { meta: "SUBSYSTEM=hid\n", props: `HID_ID=${id}\nHID_NAME=${name}\nHID_UNIQ=\n` };
      this.#write(`parent-${device.id}`, { ...parent, report_descriptor: descriptor });
      const meta = `SUBSYSTEM=hidraw\nDEVNODE=${this.#node(device)}\nPARENT=parent-${device.id}\n`;
      this.#write(device.id, { meta, props: "" });
    } else this.#write(device.id, this.#serialFiles(device, device.identity));
    this.#tell("add", device);
  }

  #serialFiles(device: BenchDevice, identity: SerialIdentity): Readonly<Record<string, string>> {
    const { vendorId, productId, name } = identity;
    const props = [
      ["MAJOR", "4"],
      ["MINOR", "64"],
      ...(vendorId === undefined ? [] : [["ID_VENDOR_ID", hex(vendorId)]]),
      ...(productId === undefined ? [] : [["ID_MODEL_ID", hex(productId)]]),
      ["ID_MODEL_ENC", (name ?? device.id).replaceAll(" ", String.raw`\x20`)],
    ];
    return {
      meta: `SUBSYSTEM=tty\nDEVNODE=${this.#node(device)}\n`,
      props: props.map((pair) => `${pair.join("=")}\n`).join(""),
    };
  }

  /** Written beside and renamed, so that an enumeration never sees half a device. */
  #write(id: string, files: Readonly<Record<string, string | Uint8Array>>): void {
    const half = join(this.directory, "sys", `.${id}`);
    mkdirSync(half);
    for (const [file, content] of Object.entries(files)) writeFileSync(join(half, file), content);
    renameSync(half, join(this.directory, "sys", id));
  }

  unplug(device: BenchDevice): void {
    rmSync(join(this.directory, "sys", device.id), { recursive: true });
    rmSync(join(this.directory, "sys", `parent-${device.id}`), { recursive: true, force: true });
    device.hangUp();
    this.#tell("remove", device);
  }

  async close(): Promise<void> {
    for (const socket of [...this.#monitors, ...[...this.#devices.values()].flatMap(({ socket: open }) => open ?? [])])
      socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.directory, { recursive: true, force: true });
  }

  #node(device: BenchDevice): string {
    return join(this.directory, "node", device.id);
  }

  #tell(action: "add" | "remove", device: BenchDevice): void {
    for (const monitor of this.#monitors)
      monitor.write(
        [action, device.id, "descriptor" in device.identity ? "hidraw" : "tty", this.#node(device)].join("\t") + "\n",
      );
  }

  #accept(socket: Socket): void {
    let held: Buffer = Buffer.alloc(0);
    let device: BenchDevice | undefined;
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      this.#monitors.delete(socket);
      if (device?.socket !== socket) return;
      device.socket = null;
      device.emit("close");
    });
    socket.on("data", (bytes) => {
      held = Buffer.concat([held, bytes]);
      while (held.length >= 5 && held.length >= 5 + held.readUInt32LE(1)) {
        const length = held.readUInt32LE(1);
        const type = String.fromCharCode(held[0] ?? 0);
        const payload = held.subarray(5, 5 + length);
        held = held.subarray(5 + length);
        if (type === "H") device = this.#hello(socket, payload.toString());
        else if (device !== undefined) this.#heard(device, type, payload);
      }
    });
  }

  #hello(socket: Socket, hello: string): BenchDevice | undefined {
    const [kind, id = ""] = hello.split(" ");
    if (kind === "M") {
      this.#monitors.add(socket);
      return undefined;
    }
    const device = this.#devices.get(id);
    if (device === undefined) socket.destroy();
    else {
      device.socket = socket;
      device.emit("open");
    }
    return device;
  }

  #heard(device: BenchDevice, type: string, payload: Buffer): void {
    if (type === "W") device.emit("data", payload);
    if (type === "T") device.emit("line", { baud: payload.readUInt32LE(0) });
    if (type === "F") device.emit("flush", payload.readUInt32LE(0));
  }
}

/** An id as udev writes it: four digits. */
function hex(id: number): string {
  return id.toString(16).padStart(4, "0");
}

function frame(type: "D" | "S", payload: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeUInt32LE(payload.length, 1);
  return Buffer.concat([head, payload]);
}

/** The shim, compiled once for each version of its source (gcc, half a second). */
function shimPath(): string {
  const source = join(import.meta.dirname, "shim.c");
  const version = createHash("sha256").update(readFileSync(source)).digest("hex").slice(0, 12);
  const folder = join(import.meta.dirname, "../../node_modules/.cache/device-bench");
  const path = join(folder, `shim-${version}.so`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const half = `${path}.${process.pid}`;
  const link = [
    "-Wl,-soname,libudev.so.1",
    `-Wl,--version-script=${join(import.meta.dirname, "shim.map")}`,
    "-ldl",
    "-lpthread",
  ];
  execFileSync("gcc", ["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o", half, source, ...link]);
  renameSync(half, path);
  return path;
}
