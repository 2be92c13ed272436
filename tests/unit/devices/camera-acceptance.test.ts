import { describe, expect, test } from "vitest";
import type { BarcodeReading } from "../../../src/contract/barcode.ts";
import {
  confirmWithinMs,
  createCameraAcceptance,
  sameCodeAgainMs,
} from "../../../src/devices/scanners/decoders/camera-acceptance.ts";
import { expandUpcE } from "../../../src/devices/scanners/decoders/upc-e.ts";

const ean = (text: string): BarcodeReading => ({ text, format: "EAN13" });
const qr = (text: string): BarcodeReading => ({ text, format: "QRCode" });
const milk = ean("6901234567892");
const bread = ean("4006381333931");

/** What is reported of readings every 50 ms. */
function reported(readings: readonly (BarcodeReading | null)[], stepMs = 50): readonly string[] {
  const acceptance = createCameraAcceptance();
  return readings.flatMap((reading, n) => acceptance.push(reading, n * stepMs) ?? []);
}

/** Frames without a code for this long. */
function gap(ms: number): readonly null[] {
  return Array.from({ length: ms / 50 }, () => null);
}

describe("what the camera read", () => {
  test.each<readonly [string, readonly (BarcodeReading | null)[], readonly string[]]>([
    ["one frame of an EAN is not enough", [milk, null, null], []],
    ["a second frame that agrees makes it a scan", [milk, null, milk], [milk.text]],
    ["two frames that disagree are no scan", [milk, bread], []],
    ["a wrong reading between two right ones only delays", [milk, bread, milk, milk], [milk.text]],
    ["a code that stays in view is one scan", Array.from({ length: 100 }, () => milk), [milk.text]],
    ["another code is a scan at once when confirmed", [milk, milk, bread, bread], [milk.text, bread.text]],
    ["a QR code counts in its first frame", [qr("hello")], ["hello"]],
    [
      "a payment code counts in its first frame",
      [{ text: "109654425721751325", format: "Code128" }],
      ["109654425721751325"],
    ],
    ["any other Code 128 needs two", [{ text: "SHELF-12", format: "Code128" }], []],
    [
      "a UPC-E counts as the UPC-A it stands for",
      [
        { text: "01234565", format: "UPCE" },
        { text: "01234565", format: "UPCE" },
      ],
      ["012345000065"],
    ],
  ])("%s", (_title, readings, texts) => {
    expect(reported(readings)).toEqual(texts);
  });

  test("the same code counts again after it was out of sight for the named time, not before", () => {
    expect(reported([milk, milk, ...gap(sameCodeAgainMs - 100), milk, milk])).toEqual([milk.text]);
    expect(reported([milk, milk, ...gap(sameCodeAgainMs), milk, milk])).toEqual([milk.text, milk.text]);
  });

  test("readings too far apart do not confirm each other", () => {
    expect(reported([milk, milk], confirmWithinMs + 1)).toEqual([]);
  });

  test.each([
    ["01234505", "012000003455"],
    ["01234514", "012100003454"],
    ["01234531", "012300000451"],
    ["01234543", "012340000053"],
    ["01234565", "012345000065"],
    ["6901234567892", "6901234567892"],
  ])("UPC-E %s stands for %s", (short, long) => {
    expect(expandUpcE(short)).toBe(long);
  });
});
