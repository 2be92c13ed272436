import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { pictureBytesMax } from "../../../src/contract/picture-paths.ts";
import { pictureSidePxMax, pictureTypeOf } from "../../../src/gateway/pictures/picture-form.ts";
import { pictureBytes } from "../../fakes/picture-bytes.ts";

const root = resolve(import.meta.dirname, "../../..");
const { png, jpeg, webp } = pictureBytes;
const exif = Buffer.concat([Buffer.from([0xff, 0xe1, 0, 42]), Buffer.alloc(40, 0xc0)]);
const tables = Buffer.concat([Buffer.from([0xff, 0xc4, 0, 12]), Buffer.alloc(10, 0xff)]);
const most = pictureSidePxMax;

const shown: readonly (readonly [string, Buffer, string])[] = [
  ["a PNG", png(1600, 900), "image/png"],
  ["the till's own icon", readFileSync(join(root, "public/icon-192.png")), "image/png"],
  ["a JPEG", jpeg(1600, 900), "image/jpeg"],
  ["a JPEG that comes in passes", jpeg(1600, 900, { frame: 0xc2 }), "image/jpeg"],
  [
    "a camera's JPEG, words and tables first",
    jpeg(4000, 3000, { before: Buffer.concat([exif, tables]) }),
    "image/jpeg",
  ],
  ["a JPEG with a fill byte", jpeg(160, 90, { before: Buffer.from([0xff]) }), "image/jpeg"],
  ["a lossy WebP", webp("VP8 ", 1600, 900), "image/webp"],
  ["a lossless WebP", webp("VP8L", 1600, 900), "image/webp"],
  ["a WebP with more than a picture", webp("VP8X", 1600, 900), "image/webp"],
  ["the longest sides", webp("VP8L", most, most), "image/webp"],
];
it.each(shown)("%s is shown", (_what, bytes, type) => {
  expect(pictureTypeOf(bytes)).toEqual({ ok: true, value: type });
});

const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`);
const refused: readonly (readonly [string, Buffer, string])[] = [
  ["an SVG, which could run scripts", svg, "otherKind"],
  ["a page", Buffer.from("<!doctype html><script>alert(1)</script>"), "otherKind"],
  ["a GIF", Buffer.from("GIF89a\u0001\u0000\u0001\u0000"), "otherKind"],
  ["an empty file", Buffer.alloc(0), "otherKind"],
  ["a byte too many", Buffer.concat([png(10, 10), Buffer.alloc(pictureBytesMax)]), "tooManyBytes"],
  ["a PNG cut off", png(1600, 900).subarray(0, 20), "broken"],
  ["a JPEG cut off before its size", jpeg(1600, 900).subarray(0, 8), "broken"],
  ["a JPEG of nothing", Buffer.from("ffd8ffd9", "hex"), "broken"],
  ["a WebP cut off", webp("VP8L", 160, 90).subarray(0, 24), "broken"],
  ["a PNG without a height", png(10, 0), "broken"],
  ["a PNG too wide", png(most + 1, 10), "tooLarge"],
  ["a JPEG too high", jpeg(10, most + 1), "tooLarge"],
  ["a lossy WebP too wide", webp("VP8 ", most + 1, 10), "tooLarge"],
  ["a lossless WebP too high", webp("VP8L", 10, most + 1), "tooLarge"],
  ["a WebP with more than a picture, too wide", webp("VP8X", most + 1, 10), "tooLarge"],
  ["a PNG that moves", png(10, 10, { chunk: "acTL" }), "moves"],
  ["a WebP that moves", webp("VP8X", 10, 10, { flags: 0b10 }), "moves"],
];
it.each(refused)("%s is refused", (_what, bytes, refusal) => {
  expect(pictureTypeOf(bytes)).toEqual({ ok: false, refusal });
});

it("the sample shop's own pictures are shown, and small", () => {
  const folder = join(root, "src/gateway/sample-shop/public/pictures");
  const names = readdirSync(folder);
  expect(names.length).toBeGreaterThanOrEqual(3);
  for (const name of names) {
    const bytes = readFileSync(join(folder, name));
    expect([name, pictureTypeOf(bytes)]).toEqual([name, { ok: true, value: "image/webp" }]);
    expect(bytes.length).toBeLessThan(100_000);
  }
});
