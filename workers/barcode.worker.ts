import { expose } from "comlink";
import { prepareZXingModule } from "zxing-wasm/reader";
import wasmUrl from "zxing-wasm/reader/zxing_reader.wasm?url";
import {
  barcodeFormats,
  scanCharactersMax,
  type BarcodeFormat,
  type BarcodeReading,
  type BarcodeWorker,
  type FrameReport,
} from "../src/contract/barcode.ts";

/** The part of the decoder's module that is called; its own types lean on Emscripten's globals. */
type Decoder = {
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  readBarcodesFromPixmap(pointer: number, width: number, height: number, options: typeof readerOptions): Results;
};
type Results = {
  size(): number;
  get(index: number): { readonly isValid: boolean; readonly format: string; readonly text: string };
  delete(): void;
};

/** Every field must be there; numbers are the decoder's own enumerations (local-average binarizer, no add-on, plain text, unknown charset). */
const readerOptions = {
  formats: barcodeFormats.join(","),
  tryHarder: true,
  tryRotate: true,
  tryInvert: false,
  tryDownscale: true,
  tryDenoise: false,
  binarizer: 0,
  isPure: false,
  downscaleThreshold: 500,
  downscaleFactor: 3,
  minLineCount: 2,
  maxNumberOfSymbols: 1, // more would make a hit cost as much as a miss
  validateOptionalChecksum: false,
  returnErrors: false,
  eanAddOnSymbol: 0,
  textMode: 0,
  characterSet: 0,
  tryCode39ExtendedMode: false,
};

/** Formats whose memory begins with one byte of brightness a pixel: nothing has to be converted. */
const planarFormats: ReadonlySet<string> = new Set(["I420", "I420A", "I422", "I444", "NV12"]);

const loading = prepareZXingModule({
  fireImmediately: true,
  overrides: { locateFile: () => wasmUrl },
}) as unknown as Promise<Decoder>;

/** One piece of the decoder's memory, kept between frames and grown when a larger frame comes. */
let memory = { pointer: 0, bytes: 0 };

function reserve(decoder: Decoder, bytes: number): number {
  if (bytes > memory.bytes) {
    if (memory.pointer !== 0) decoder["_free"](memory.pointer);
    memory = { pointer: decoder["_malloc"](bytes), bytes };
  }
  return memory.pointer;
}

/** Puts the frame's brightness, one byte a pixel and no gaps, at the returned place in the decoder's memory. */
async function takeLuma(decoder: Decoder, frame: VideoFrame, width: number, height: number): Promise<number> {
  if (frame.format !== null && planarFormats.has(frame.format)) {
    const bytes = frame.allocationSize();
    const pointer = reserve(decoder, bytes);
    const [luma] = await frame.copyTo(decoder.HEAPU8.subarray(pointer, pointer + bytes));
    const stride = luma?.stride ?? width;
    const from = pointer + (luma?.offset ?? 0);
    for (let row = 0; from !== pointer || stride !== width ? row < height : false; row += 1) {
      decoder.HEAPU8.copyWithin(pointer + row * width, from + row * stride, from + row * stride + width);
    }
    return pointer;
  }
  const options = { format: "RGBA" } as const;
  const bytes = frame.allocationSize(options);
  const pointer = reserve(decoder, bytes);
  await frame.copyTo(decoder.HEAPU8.subarray(pointer, pointer + bytes), options);
  const heap = decoder.HEAPU8;
  // Written before the pixels still to be read, because one byte replaces four. Weights of BT.601 in 1/256.
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const at = pointer + pixel * 4;
    heap[pointer + pixel] = ((heap[at] ?? 0) * 77 + (heap[at + 1] ?? 0) * 150 + (heap[at + 2] ?? 0) * 29) >> 8;
  }
  return pointer;
}

function isWanted(format: string): format is BarcodeFormat {
  return barcodeFormats.some((wanted) => wanted === format);
}

function firstReading(results: Results): BarcodeReading | null {
  for (let index = 0; index < results.size(); index += 1) {
    const { isValid, format, text } = results.get(index);
    const known = format === "QRCodeModel2" ? "QRCode" : format;
    if (isValid && isWanted(known) && text.length <= scanCharactersMax) return { text, format: known };
  }
  return null;
}

/** Looks at `frame` and lets go of it, whatever happens: a frame kept open stops the camera. */
async function readFrame(frame: VideoFrame): Promise<FrameReport> {
  const startedAt = performance.now();
  const width = frame.visibleRect?.width ?? frame.codedWidth;
  const height = frame.visibleRect?.height ?? frame.codedHeight;
  try {
    const decoder = await loading;
    const pointer = await takeLuma(decoder, frame, width, height);
    const results = decoder.readBarcodesFromPixmap(pointer, width, height, readerOptions);
    const reading = firstReading(results);
    results.delete();
    return { v: 1, reading, frameMs: performance.now() - startedAt, width, height };
  } finally {
    frame.close();
  }
}

const barcodeWorker: BarcodeWorker<ReadableStream<VideoFrame>, VideoFrame> = {
  async ready() {
    await loading;
  },
  readFrame,
  async readFrames(frames, onReport) {
    const reader = frames.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onReport(await readFrame(value));
    }
  },
};

expose(barcodeWorker);
