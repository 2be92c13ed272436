import { beforeEach, describe, expect, test } from "vitest";
import { generic80 } from "../../../src/devices/printers/models/generic-80.ts";
import { createReceiptPrinter, type ReceiptPrinter } from "../../../src/devices/receipt-printer.ts";
import { createFakeLocks } from "../../device-bench/fake-locks.ts";
import { createFakeSerial, type FakeSerial } from "../../device-bench/fake-serial.ts";
import { createVirtualClock, settle, type VirtualClock } from "../../device-bench/virtual-clock.ts";
import { VirtualPrinter } from "../../device-bench/virtual-printer.ts";
import { freshPortRoles } from "../../device-bench/port-roles.ts";
import { longReceipt, receipt, watch } from "./print-jobs.ts";

let clock: VirtualClock;
let fake: FakeSerial;
let paper: VirtualPrinter;

/** A started printer with `paper` plugged in and its first answers given. */
async function started(
  options: { readonly plugged?: boolean; readonly model?: typeof generic80 } = {},
): Promise<ReceiptPrinter> {
  if (options.plugged ?? true) fake.plug(paper);
  const printer = createReceiptPrinter({
    roles: freshPortRoles(),
    serial: fake.serial,
    clock,
    locks: createFakeLocks(),
    model: () => options.model ?? generic80,
  });
  await clock.advance(600);
  return printer;
}

beforeEach(() => {
  clock = createVirtualClock();
  fake = createFakeSerial();
  paper = new VirtualPrinter({ columns: 48 });
});

describe("plugs", () => {
  test("without a paired port jobs fail at once, they do not pile up", async () => {
    const printer = await started({ plugged: false });
    expect(printer.status()).toEqual({ kind: "notPaired" });
    expect(await printer.print("r1", receipt("牛奶"), { kick: true })).toMatchObject({
      kind: "failed",
      reason: "notPaired",
      drawer: { kind: "failed" },
    });
  });

  test("a person's choice pairs the port; a closed chooser changes nothing", async () => {
    const printer = await started({ plugged: false });
    expect(await printer.pair()).toBe("cancelled");
    fake.plug(paper, { granted: false });
    expect(await printer.pair()).toBe("paired");
    await clock.advance(600);
    expect(printer.status()).toEqual({ kind: "ready" });
  });

  test("a job whose printer is unplugged under way is uncertain and is not repeated after the replug", async () => {
    paper = new VirtualPrinter({ columns: 48, bufferBytes: 1_024 });
    const port = fake.plug(paper);
    const printer = await started({ plugged: false });
    paper.setStuck(true);
    const first = watch(printer.print("r1", longReceipt(200)));
    const second = watch(printer.print("r2", receipt("下一位")));
    await settle();
    fake.unplug(port);
    await settle();
    expect(first.value).toMatchObject({ kind: "uncertain", reason: "linkLost" });
    expect([second.value, printer.status()]).toEqual(["waiting", { kind: "unplugged" }]);
    const replugged = new VirtualPrinter({ columns: 48 });
    fake.plug(replugged);
    await clock.advance(1_000);
    expect(second.value).toMatchObject({ kind: "printed" });
    expect(replugged.text()).toEqual(["下一位"]);
  });

  test("a line that goes dead without an unplug is told as lost and opened again", async () => {
    const port = fake.plug(paper);
    const printer = await started({ plugged: false });
    port.hangUp();
    await settle();
    expect(printer.status()).toEqual({ kind: "error", fault: "lost" });
    await clock.advance(2_000);
    expect(printer.status()).toEqual({ kind: "error", fault: "openFailed" });
    fake.unplug(port);
    fake.plug(paper);
    await clock.advance(600);
    expect(printer.status()).toEqual({ kind: "ready" });
  });

  test("one window owns the printer; the other says so and takes over when it is let go", async () => {
    fake.plug(paper);
    const locks = createFakeLocks();
    const first = createReceiptPrinter({
      serial: fake.serial,
      roles: freshPortRoles(),
      clock,
      locks,
      model: () => generic80,
    });
    await clock.advance(600);
    const second = createReceiptPrinter({
      serial: fake.serial,
      roles: freshPortRoles(),
      clock,
      locks,
      model: () => generic80,
    });
    await clock.advance(600);
    expect(second.status()).toEqual({ kind: "error", fault: "otherWindow" });
    expect(await second.openDrawer("d1")).toEqual({ kind: "failed", reason: "otherWindow" });
    await first.close();
    await clock.advance(600);
    expect(second.status()).toEqual({ kind: "ready" });
  });

  test("a browser without Web Serial fails every job aloud", async () => {
    const printer = createReceiptPrinter({
      serial: null,
      roles: freshPortRoles(),
      clock,
      locks: createFakeLocks(),
      model: () => generic80,
    });
    expect(printer.status()).toEqual({ kind: "error", fault: "unsupported" });
    expect(await printer.print("r1", receipt("牛奶"))).toMatchObject({ kind: "failed", reason: "unsupported" });
  });
});
