import { proxy, transfer, wrap, type Remote } from "comlink";
import { frameReport, type BarcodeWorker, type FrameReport } from "../../contract/barcode.ts";
import type { Cancel, Clock } from "../../domain/clock.ts";
import { createCameraAcceptance } from "./decoders/camera-acceptance.ts";
import type { Scan } from "./scan.ts";

/** The worker says something of every frame; after this long without a word it is asked whether it lives, and as long again counts as stuck. */
const workerSilenceMsMax = 5_000;
/** Enough to read a code held at arm's length; more pixels only cost time. */
const wantedVideo = { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: { ideal: "environment" } } as const;

/**
 * Where the camera stands. `refused`: the person, or a rule, said no; `noCamera`: there is none; `inUse`: another program has
 * it; `unsupported`: this browser or an insecure address has no camera at all; `decoderFailed`: the worker would not load or
 * got stuck. `stream` is for the preview.
 */
export type CameraState =
  | { readonly kind: "off" }
  | { readonly kind: "starting" }
  | { readonly kind: "running"; readonly stream: MediaStream }
  | { readonly kind: "refused" }
  | { readonly kind: "noCamera" }
  | { readonly kind: "inUse" }
  | { readonly kind: "unsupported" }
  | { readonly kind: "decoderFailed" };

/** Frames of a track as a stream to give to a worker. */
type FrameStreamMaker = (track: MediaStreamTrack) => ReadableStream<VideoFrame>;

/** What the browser lends the camera; `browserCamera` gathers it. */
export type CameraAccess = {
  readonly devices: Pick<MediaDevices, "getUserMedia"> | null;
  /** Null where the browser cannot stream frames; then a hidden video element is looked at instead. */
  readonly frameStream: FrameStreamMaker | null;
  readonly makeVideo: () => HTMLVideoElement;
  readonly startWorker: () => Worker;
};

/** A camera that reads codes. */
export type CameraScanner = {
  state(): CameraState;
  /** Turns the camera on; asks for permission the first time. Ends `running` or in a state that says why not. */
  start(): Promise<CameraState>;
  stop(): void;
  /** Calls `listener` at once and after every change. */
  subscribe(listener: (state: CameraState) => void): Cancel;
};

/** What the scanner is made of; `onReport` hears of every frame, for measuring. */
export type CameraScannerParts = {
  readonly access: CameraAccess;
  readonly clock: Clock;
  readonly onScan: (scan: Scan) => void;
  readonly onReport?: (report: FrameReport) => void;
};

/** Gathers what this browser has. `startWorker` comes from the composition root, where the bundler sees it. */
export function browserCamera(startWorker: () => Worker): CameraAccess {
  // Neither standard library nor every browser knows it yet.
  const { MediaStreamTrackProcessor } = globalThis as {
    MediaStreamTrackProcessor?: new (init: { track: MediaStreamTrack; maxBufferSize: number }) => {
      readable: ReadableStream<VideoFrame>;
    };
  };
  return {
    devices: (navigator as { mediaDevices?: MediaDevices }).mediaDevices ?? null,
    // One frame waits at most: an old frame is worth nothing.
    frameStream:
      MediaStreamTrackProcessor === undefined
        ? null
        : (track) => new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable,
    makeVideo: () => document.createElement("video"),
    startWorker,
  };
}

/** A camera scanner, turned off. */
export function createCameraScanner(parts: CameraScannerParts): CameraScanner {
  return new Camera(parts);
}

/** One running of the camera: everything that ends with it. */
type Run = {
  readonly stream: MediaStream;
  readonly worker: Worker;
  readonly reader: Remote<BarcodeWorker<ReadableStream<VideoFrame>, VideoFrame>>;
  stopWatch: Cancel;
  /** Aborted when the run is over: a terminated worker answers nothing any more. */
  readonly over: AbortController;
};

class Camera implements CameraScanner {
  readonly #parts: CameraScannerParts;
  readonly #listeners = new Set<(state: CameraState) => void>();
  /** Kept over stop and start: the box still before the camera is not a new article. */
  readonly #acceptance = createCameraAcceptance();
  #state: CameraState = { kind: "off" };
  #run: Run | null = null;
  #starting: Promise<CameraState> | null = null;
  /** Counts the turnings on: one that was stopped while the person was asked must not come back to life. */
  #attempt = 0;

  constructor(parts: CameraScannerParts) {
    this.#parts = parts;
  }

  state(): CameraState {
    return this.#state;
  }

  subscribe(listener: (state: CameraState) => void): Cancel {
    this.#listeners.add(listener);
    listener(this.#state);
    return () => this.#listeners.delete(listener);
  }

  start(): Promise<CameraState> {
    if (this.#state.kind === "running") return Promise.resolve(this.#state);
    if (this.#state.kind !== "starting" || this.#starting === null) {
      this.#attempt += 1;
      this.#starting = this.#turnOn(this.#attempt);
    }
    return this.#starting;
  }

  stop(): void {
    this.#end({ kind: "off" });
  }

  async #turnOn(attempt: number): Promise<CameraState> {
    const { devices } = this.#parts.access;
    if (devices === null) return this.#set({ kind: "unsupported" });
    this.#set({ kind: "starting" });
    let stream: MediaStream;
    try {
      stream = await devices.getUserMedia({ video: wantedVideo, audio: false });
    } catch (error) {
      return this.#attempt === attempt && this.#state.kind === "starting" ? this.#set(whyNot(error)) : this.#state;
    }
    if (this.#attempt !== attempt || this.#state.kind !== "starting") {
      // Stopped while the person was asked.
      for (const track of stream.getTracks()) track.stop();
      return this.#state;
    }
    const worker = this.#parts.access.startWorker();
    const run: Run = { stream, worker, reader: wrap(worker), stopWatch: () => undefined, over: new AbortController() };
    this.#run = run;
    worker.addEventListener("error", () => this.#fail(run));
    this.#watch(run);
    try {
      await Promise.race([run.reader.ready(), aborted(run.over.signal)]);
    } catch (error) {
      void error;
      this.#fail(run);
    }
    if (this.#run !== run) return this.#state;
    void this.#read(run);
    return this.#set({ kind: "running", stream });
  }

  async #read(run: Run): Promise<void> {
    const [track] = run.stream.getVideoTracks();
    if (track === undefined) return this.#fail(run);
    // The camera was pulled out, or the permission taken back.
    track.addEventListener("ended", () => this.#run === run && this.#end({ kind: "noCamera" }));
    const { frameStream } = this.#parts.access;
    try {
      if (frameStream === null) return await this.#readVideo(run);
      const frames = frameStream(track);
      await run.reader.readFrames(
        transfer(frames, [frames]),
        proxy((report: FrameReport) => this.#heard(run, report)),
      );
    } catch (error) {
      void error;
      this.#fail(run);
    }
  }

  /** The slow way: the page makes each frame from a video element and waits for the worker's word before the next. */
  async #readVideo(run: Run): Promise<void> {
    const video = this.#parts.access.makeVideo();
    video.muted = true;
    video.srcObject = run.stream;
    await video.play();
    while (this.#run === run) {
      await new Promise<void>((resolve) => video.requestVideoFrameCallback(() => resolve()));
      if (this.#run !== run) return;
      const frame = new VideoFrame(video);
      this.#heard(run, await run.reader.readFrame(transfer(frame, [frame])));
    }
  }

  #heard(run: Run, heard: unknown): void {
    if (this.#run !== run) return;
    const report = frameReport.parse(heard);
    this.#watch(run);
    this.#parts.onReport?.(report);
    const at = this.#parts.clock.now();
    const text = this.#acceptance.push(report.reading, at);
    if (text !== null) this.#parts.onScan({ text, source: "camera", at });
  }

  /** No frames may also mean a covered or sleeping camera: only a worker that does not answer either is stuck. */
  #watch(run: Run): void {
    run.stopWatch();
    run.stopWatch = this.#parts.clock.after(workerSilenceMsMax, () => {
      run.stopWatch = this.#parts.clock.after(workerSilenceMsMax, () => this.#fail(run));
      void run.reader.ready().then(
        () => this.#run === run && this.#watch(run),
        () => this.#fail(run),
      );
    });
  }

  #fail(run: Run): void {
    if (this.#run === run) this.#end({ kind: "decoderFailed" });
  }

  #end(state: CameraState): void {
    const run = this.#run;
    this.#run = null;
    run?.stopWatch();
    for (const track of run?.stream.getTracks() ?? []) track.stop();
    run?.worker.terminate();
    run?.over.abort();
    this.#set(state);
  }

  #set(state: CameraState): CameraState {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
    return state;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

/** What getUserMedia's error names mean (Media Capture and Streams, 10.2). */
function whyNot(error: unknown): CameraState {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return { kind: "refused" };
  if (name === "NotReadableError" || name === "AbortError") return { kind: "inUse" };
  return { kind: "noCamera" };
}
