import { beforeEach, describe, expect, test } from "vitest";
import { createCameraScanner, type CameraAccess, type CameraScanner } from "../../../src/devices/scanners/camera.ts";
import { createVirtualClock, settle } from "../../device-bench/virtual-clock.ts";

type Answer = { readonly give: (stream: MediaStream) => void; readonly refuse: (name: string) => void };

/** A stream whose tracks say whether they were stopped. */
function fakeStream(): { readonly stream: MediaStream; readonly isStopped: () => boolean } {
  let stopped = false;
  const track = { stop: () => (stopped = true), addEventListener: () => undefined };
  return {
    stream: { getTracks: () => [track], getVideoTracks: () => [track] } as unknown as MediaStream,
    isStopped: () => stopped,
  };
}

/** A worker that never says a word, and whether it was ended. */
function silentWorker(): { readonly worker: Worker; readonly isEnded: () => boolean } {
  let ended = false;
  const worker = {
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    postMessage: () => undefined,
    terminate: () => (ended = true),
  };
  return { worker: worker as unknown as Worker, isEnded: () => ended };
}

let questions: Answer[];
let access: CameraAccess;
let workers: { readonly isEnded: () => boolean }[];

beforeEach(() => {
  questions = [];
  workers = [];
  access = {
    devices: {
      getUserMedia: () =>
        new Promise((resolve, reject) => {
          questions.push({ give: resolve, refuse: (name) => reject(new DOMException("", name)) });
        }),
    },
    frameStream: () => new ReadableStream(),
    makeVideo: () => {
      throw new Error("no video here");
    },
    startWorker: () => {
      const made = silentWorker();
      workers.push(made);
      return made.worker;
    },
  };
});

const camera = (clock = createVirtualClock()): CameraScanner =>
  createCameraScanner({ access, clock, onScan: () => undefined });

describe("turning the camera on", () => {
  test.each([
    ["NotAllowedError", "refused"],
    ["NotReadableError", "inUse"],
    ["NotFoundError", "noCamera"],
    ["OverconstrainedError", "noCamera"],
  ])("%s ends as %s", async (name, kind) => {
    const scanner = camera();
    const started = scanner.start();
    questions[0]!.refuse(name);
    expect((await started).kind).toBe(kind);
  });

  test("an insecure address has no camera at all", async () => {
    access = { ...access, devices: null };
    expect((await camera().start()).kind).toBe("unsupported");
  });

  test("asking twice asks the person once", async () => {
    const scanner = camera();
    void scanner.start();
    void scanner.start();
    await settle();
    expect(questions).toHaveLength(1);
  });

  test("stopped while the person was asked, it lets go of the camera it is given", async () => {
    const scanner = camera();
    const started = scanner.start();
    scanner.stop();
    const late = fakeStream();
    questions[0]!.give(late.stream);
    expect((await started).kind).toBe("off");
    expect([late.isStopped(), workers.length]).toEqual([true, 0]);
  });

  test("a refusal that comes after stop and start does not end the new start", async () => {
    const scanner = camera();
    void scanner.start();
    scanner.stop();
    void scanner.start();
    questions[0]!.refuse("NotAllowedError");
    await settle();
    expect(scanner.state().kind).toBe("starting");
  });

  test("a worker that does not answer is ended, and the camera let go", async () => {
    const clock = createVirtualClock();
    const scanner = camera(clock);
    const started = scanner.start();
    const given = fakeStream();
    questions[0]!.give(given.stream);
    await clock.advance(10_000);
    expect([(await started).kind, given.isStopped(), workers[0]!.isEnded()]).toEqual(["decoderFailed", true, true]);
  });
});
