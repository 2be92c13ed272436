import { beforeEach, describe, expect, test } from "vitest";
import { generic58 } from "../../../src/devices/printers/models/generic-58.ts";
import { generic80 } from "../../../src/devices/printers/models/generic-80.ts";
import { queuedJobsMax } from "../../../src/devices/printers/printer-queue.ts";
import {
  createReceiptPrinter,
  type ReceiptOutcome,
  type ReceiptPrinter,
} from "../../../src/devices/receipt-printer.ts";
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

describe("a printer that answers", () => {
  test("a receipt counts as printed when the printer answered behind its last byte", async () => {
    const printer = await started();
    expect(printer.status()).toEqual({ kind: "ready" });
    expect(await printer.print("r1", receipt("牛奶"))).toEqual({ kind: "printed", drawer: null });
    expect(paper.text()).toEqual(["牛奶"]);
    expect(paper.papers()[0]?.cut).toBe("partial");
  });

  test("the drawer opens before the receipt prints, once", async () => {
    const printer = await started();
    expect(await printer.print("r1", receipt("牛奶"), { kick: true })).toEqual({
      kind: "printed",
      drawer: { kind: "printed" },
    });
    expect(paper.kicks).toHaveLength(1);
    expect(paper.received.indexOf(0x70)).toBeLessThan(paper.received.lastIndexOf(0x40));
  });

  test("paper out holds the receipt back, paper in prints it", async () => {
    const printer = await started();
    paper.setPaper("out");
    await settle();
    expect(printer.status()).toEqual({ kind: "paperOut" });
    const outcome = watch(printer.print("r1", receipt("牛奶")));
    await clock.advance(600_000);
    expect([outcome.value, paper.text(), printer.queueLength()]).toEqual(["waiting", [], 1]);
    paper.setPaper("low");
    await clock.advance(1_000);
    expect(outcome.value).toMatchObject({ kind: "printed" });
    expect(printer.status()).toEqual({ kind: "paperLow" });
  });

  test("paper that ends in the middle of a receipt delays it and loses no line", async () => {
    paper = new VirtualPrinter({ columns: 48, bufferBytes: 1_024 });
    const printer = await started();
    const feed = paper.feed.bind(paper);
    paper.feed = (bytes) => {
      feed(bytes);
      if (paper.received.length > 1_500 && paper.text().length < 100) paper.setPaper("out");
    };
    const outcome = watch(printer.print("r1", longReceipt(200)));
    await clock.advance(120_000);
    expect([outcome.value, printer.status().kind]).toEqual(["waiting", "paperOut"]);
    paper.feed = feed;
    paper.setPaper("ok");
    await clock.advance(10_000);
    expect(outcome.value).toMatchObject({ kind: "printed" });
    expect(paper.text().filter((line) => line !== "")).toHaveLength(200);
  });

  test("paper that ends when the whole receipt is already in the printer only delays its proof", async () => {
    const printer = await started();
    paper.setStuck(true);
    const outcome = watch(printer.print("r1", receipt("牛奶")));
    await settle();
    paper.setPaper("out");
    paper.setStuck(false);
    await clock.advance(300_000);
    expect([outcome.value, paper.text()]).toEqual(["waiting", []]);
    paper.setPaper("ok");
    await clock.advance(1_000);
    expect(outcome.value).toMatchObject({ kind: "printed" });
  });

  test("an open cover is told as such, not as off line", async () => {
    const printer = await started();
    paper.setCover("open");
    await settle();
    expect(printer.status()).toEqual({ kind: "coverOpen" });
    paper.setCover("closed");
    await settle();
    expect(printer.status()).toEqual({ kind: "ready" });
  });

  test("a drawer that could not be opened in time is not opened later", async () => {
    const printer = await started();
    paper.setPaper("out");
    await settle();
    const outcome = watch(printer.openDrawer("d1"));
    await clock.advance(10_001);
    expect(outcome.value).toEqual({ kind: "failed", reason: "expired" });
    paper.setPaper("ok");
    await clock.advance(60_000);
    expect(paper.kicks).toEqual([]);
  });

  test("a printer that stops answering is off line, and jobs wait for it", async () => {
    const printer = await started();
    paper.setStuck(true);
    await clock.advance(20_000);
    expect(printer.status()).toEqual({ kind: "offline" });
    const outcome = watch(printer.print("r1", receipt("牛奶")));
    await clock.advance(60_000);
    expect([outcome.value, paper.text()]).toEqual(["waiting", []]);
    paper.setStuck(false);
    await clock.advance(10_000);
    expect(outcome.value).toMatchObject({ kind: "printed" });
  });

  test("a job whose answer does not come is uncertain, and its late answer does not prove the next job", async () => {
    const printer = await started();
    const first = watch(printer.print("r1", receipt("一")));
    paper.setStuck(true);
    await clock.advance(5_500);
    expect(first.value).toMatchObject({ kind: "uncertain", reason: "noAnswer" });
    const second = watch(printer.print("r2", receipt("二")));
    paper.setStuck(false);
    await settle();
    expect(second.value).toBe("waiting");
    await clock.advance(5_000);
    expect(second.value).toMatchObject({ kind: "printed" });
    expect(paper.text()).toEqual(["一", "二"]);
  });
});

describe("a printer that never answers", () => {
  beforeEach(() => {
    paper = new VirtualPrinter({ columns: 32, silent: true });
  });

  test("is unknown, never ready", async () => {
    const printer = await started({ model: generic58 });
    await clock.advance(60_000);
    expect(printer.status()).toEqual({ kind: "unknown" });
  });

  test("gets its jobs all the same, which end uncertain", async () => {
    const printer = await started({ model: generic58 });
    const outcome = watch(printer.print("r1", receipt("牛奶")));
    await clock.advance(6_000);
    expect(outcome.value).toEqual({ kind: "uncertain", reason: "neverAnswers", drawer: null });
    expect(paper.text()).toEqual(["牛奶"]);
  });
});

describe("the queue", () => {
  test("the same id twice is one job", async () => {
    const printer = await started();
    const [one, two] = await Promise.all([printer.print("r1", receipt("牛奶")), printer.print("r1", receipt("牛奶"))]);
    expect([one, two, paper.text()]).toEqual([
      { kind: "printed", drawer: null },
      { kind: "printed", drawer: null },
      ["牛奶"],
    ]);
  });

  test("a full queue refuses aloud and keeps what it has, in order", async () => {
    const printer = await started();
    paper.setPaper("out");
    await settle();
    const waiting: Promise<ReceiptOutcome>[] = Array.from({ length: queuedJobsMax }, (_, n) =>
      printer.print(`r${n}`, receipt(`${n}`)),
    );
    await settle();
    expect(await printer.print("more", receipt("x"))).toMatchObject({ kind: "failed", reason: "queueFull" });
    paper.setPaper("ok");
    await clock.advance(1_000);
    expect((await Promise.all(waiting)).every(({ kind }) => kind === "printed")).toBe(true);
    expect(paper.text()).toEqual(Array.from({ length: queuedJobsMax }, (_, n) => `${n}`));
  });

  test("a listener hears the status at once, then every change, and no more after it left", async () => {
    const printer = await started();
    const heard: string[] = [];
    const leave = printer.subscribe(({ status, jobs }) => heard.push(`${status.kind} ${jobs.length}`));
    paper.setPaper("out");
    await settle();
    leave();
    paper.setPaper("ok");
    await settle();
    expect([heard[0], heard.at(-1)]).toEqual(["ready 0", "paperOut 0"]);
  });
});
