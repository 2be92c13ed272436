import * as z from "zod/mini";

/** Symbologies the camera looks for: a list costs a third of looking for everything. Names as zxing-wasm writes them. */
export const barcodeFormats = ["EAN13", "EAN8", "UPCA", "UPCE", "Code128", "QRCode"] as const;
export type BarcodeFormat = (typeof barcodeFormats)[number];

/** The longest code the till takes from any scanner, in characters; a QR code could hold 7,000, no code of a shop does. */
export const scanCharactersMax = 512;

/** What the worker says of each frame it looked at, read or not: also the sign that it lives. */
export const frameReport = z.object({
  v: z.literal(1),
  reading: z.nullable(
    z.object({ text: z.string().check(z.maxLength(scanCharactersMax)), format: z.enum(barcodeFormats) }),
  ),
  /** Time in the worker from taking the frame to knowing, in milliseconds. */
  frameMs: z.number(),
  width: z.number(),
  height: z.number(),
});
export type FrameReport = z.infer<typeof frameReport>;
export type BarcodeReading = NonNullable<FrameReport["reading"]>;

/**
 * The worker that reads codes, as the page calls it. `Frames` and `Frame` are the browser's frame stream and video frame,
 * both given away: this floor does not know them.
 */
export type BarcodeWorker<Frames, Frame> = {
  /** Resolves when the decoder is loaded; rejects when it cannot be. */
  ready(): Promise<void>;
  /** Looks at every frame it can keep up with until the stream ends. */
  readFrames(frames: Frames, onReport: (report: FrameReport) => void): Promise<void>;
  /** Looks at one frame, for browsers without a frame stream. */
  readFrame(frame: Frame): Promise<FrameReport>;
};
