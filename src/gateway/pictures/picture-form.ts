import { pictureBytesMax } from "../../contract/picture-paths.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";

/** A till decodes a picture whole, at four bytes a pixel: 64 MiB at this side, and no customer's window is larger. */
export const pictureSidePxMax = 4_096;

export type PictureType = "image/png" | "image/jpeg" | "image/webp";
export type PictureRefusal = "tooManyBytes" | "otherKind" | "broken" | "tooLarge" | "moves";

type Form = {
  readonly type: PictureType;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly isAnimated: boolean;
};

/**
 * What kind of picture these bytes are; their name is not asked. PNG, JPEG and WebP only: an SVG is a document that could run
 * scripts where the till's keys are.
 */
export function pictureTypeOf(bytes: Buffer): Result<PictureType, PictureRefusal> {
  if (bytes.length > pictureBytesMax) return refuse("tooManyBytes");
  const read = readers.find(({ is }) => is(bytes));
  if (read === undefined) return refuse("otherKind");
  const form = read.form(bytes);
  if (form === null || form.widthPx < 1 || form.heightPx < 1) return refuse("broken");
  if (Math.max(form.widthPx, form.heightPx) > pictureSidePxMax) return refuse("tooLarge");
  return form.isAnimated ? refuse("moves") : ok(form.type);
}

const pngSignature = Buffer.from("89504e470d0a1a0a", "hex");
const readers: readonly { is(bytes: Buffer): boolean; form(bytes: Buffer): Form | null }[] = [
  { is: (bytes) => bytes.subarray(0, 8).equals(pngSignature), form: pngForm },
  { is: (bytes) => bytes.length > 2 && bytes.readUIntBE(0, 3) === 0xffd8ff, form: jpegForm },
  { is: (bytes) => textAt(bytes, 0) === "RIFF" && textAt(bytes, 8) === "WEBP", form: webpForm },
];

function textAt(bytes: Buffer, at: number): string {
  return bytes.toString("latin1", at, at + 4);
}

/** PNG (W3C, 3rd edition), 11.2.1: IHDR is the first chunk; an `acTL` before the data makes it move. */
function pngForm(bytes: Buffer): Form | null {
  const data = bytes.indexOf("IDAT", 8, "latin1");
  if (bytes.length < 33 || textAt(bytes, 12) !== "IHDR" || data === -1) return null;
  return {
    type: "image/png",
    widthPx: bytes.readUInt32BE(16),
    heightPx: bytes.readUInt32BE(20),
    isAnimated: bytes.subarray(0, data).includes("acTL", 33, "latin1"),
  };
}

/** JPEG (ITU-T T.81), B.2.2: the size stands in the frame header, SOF0 to SOF15 without DHT, JPG and DAC, after other segments. */
function jpegForm(bytes: Buffer): Form | null {
  const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1] ?? 0;
    if (isFrame(marker))
      return {
        type: "image/jpeg",
        heightPx: bytes.readUInt16BE(at + 5),
        widthPx: bytes.readUInt16BE(at + 7),
        isAnimated: false,
      };
    // a marker may have any number of fill bytes before it
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

/** WebP (RFC 9649), 2.5 to 2.7: the first chunk is `VP8 `, `VP8L` or `VP8X`, each with its size at another place. */
function webpForm(bytes: Buffer): Form | null {
  if (bytes.length < 30) return null;
  const type = "image/webp";
  const still = { type, isAnimated: false } as const;
  switch (textAt(bytes, 12)) {
    case "VP8 ":
      return { ...still, widthPx: bytes.readUInt16LE(26) & 0x3fff, heightPx: bytes.readUInt16LE(28) & 0x3fff };
    case "VP8L": {
      const sizes = bytes.readUInt32LE(21);
      return { ...still, widthPx: (sizes & 0x3fff) + 1, heightPx: ((sizes >>> 14) & 0x3fff) + 1 };
    }
    case "VP8X":
      return {
        type,
        widthPx: bytes.readUIntLE(24, 3) + 1,
        heightPx: bytes.readUIntLE(27, 3) + 1,
        isAnimated: ((bytes[20] ?? 0) & 0b10) !== 0,
      };
    default:
      return null;
  }
}
