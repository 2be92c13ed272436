import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  createHidDecoder,
  scanReports,
  type HidCollection,
  type HidItem,
} from "../../../src/devices/scanners/decoders/hid-pos.ts";
import {
  dataFirst,
  lengthAndData,
  scannerModels,
  withIdentifier,
  type ScannerModel,
} from "../../device-bench/hid-descriptors.ts";

/** What Chromium makes of a descriptor: one collection with its input reports, items in order. Enough of HID for the models. */
function collectionsOf(descriptor: Uint8Array): readonly HidCollection[] {
  const items: HidItem[] = [];
  let [page, id, size, count] = [0, 0, 0, 0];
  let usages: number[] = [];
  for (let at = 0; at < descriptor.length;) {
    const head = descriptor[at] ?? 0;
    const length = [0, 1, 2, 4][head & 3] ?? 0;
    const value = descriptor.slice(at + 1, at + 1 + length).reduceRight((all, byte) => all * 256 + byte, 0);
    const tag = head & 0xfc;
    if (tag === 0x04) page = value;
    if (tag === 0x84) id = value;
    if (tag === 0x74) size = value;
    if (tag === 0x94) count = value;
    if (tag === 0x08) usages.push(page * 65_536 + value);
    if (tag === 0x80) items.push({ usages, reportSize: size, reportCount: count, isRange: false });
    if (tag === 0x80 || tag === 0xa0 || tag === 0xc0) usages = [];
    at += 1 + length;
  }
  return [{ usagePage: 0x8c, inputReports: [{ reportId: id, items }], children: [] }];
}

function viewsOf(model: ScannerModel, text: string, symbology = "]E0"): readonly { id: number; view: DataView }[] {
  const [id = 0] = scanReports(collectionsOf(model.descriptor)).keys();
  return model.reports(text, symbology).map((report) => {
    const body = id === 0 ? report : report.slice(1);
    return { id, view: new DataView(body.buffer, body.byteOffset, body.byteLength) };
  });
}

const decoderOf = (model: ScannerModel) => createHidDecoder(scanReports(collectionsOf(model.descriptor)));

describe.each(scannerModels)("$name", (model) => {
  test("a code comes out as it went in", () => {
    const decoder = decoderOf(model);
    const [only] = viewsOf(model, "6901234567892");
    expect(decoder.push(only!.id, only!.view, 0)?.text).toBe("6901234567892");
  });

  test("codes one after the other keep apart, whatever they are", () => {
    const aCode = fc.stringMatching(/^[!-~]([ -~]{0,60}[!-~])?$/);
    fc.assert(
      fc.property(fc.array(aCode, { minLength: 1, maxLength: 5 }), (codes) => {
        const decoder = decoderOf(model);
        const found = codes.flatMap((code, n) =>
          viewsOf(model, code).flatMap(({ id, view }) => decoder.push(id, view, n * 10)?.text ?? []),
        );
        expect(found).toEqual(codes);
      }),
    );
  });

  test("a report of another id is none of its codes", () => {
    const [only] = viewsOf(model, "6901234567892");
    expect(decoderOf(model).push(only!.id + 1, only!.view, 0)).toBe(null);
  });
});

test.each([withIdentifier, dataFirst])(
  "$name: a long code is put together from its reports, with its identifier",
  (model) => {
    const text = `https://receipt.example/${"a1B2".repeat(30)}`;
    const decoder = decoderOf(model);
    const scans = viewsOf(model, text, "]Q1").map(({ id, view }) => decoder.push(id, view, 0));
    expect(scans.slice(0, -1).every((scan) => scan === null)).toBe(true);
    expect(scans.at(-1)).toEqual({ text, symbology: "]Q1" });
  },
);

test("without an identifier in the descriptor there is none, and a terminator is no part of the code", () => {
  const [only] = viewsOf(lengthAndData, "6901234567892\r\n");
  expect(decoderOf(lengthAndData).push(0, only!.view, 0)).toEqual({ text: "6901234567892", symbology: null });
});

test("a long code that was cut off does not stick to the next one", () => {
  const decoder = decoderOf(withIdentifier);
  const [begun] = viewsOf(withIdentifier, "x".repeat(80));
  const [whole] = viewsOf(withIdentifier, "6901234567892");
  expect(decoder.push(begun!.id, begun!.view, 0)).toBe(null);
  expect(decoder.push(whole!.id, whole!.view, 2_000)?.text).toBe("6901234567892");
});

test("a code that never ends is dropped, and a report shorter than its descriptor is read as far as it goes", () => {
  const decoder = decoderOf(withIdentifier);
  const views = viewsOf(withIdentifier, "y".repeat(700));
  expect(views.map(({ id, view }) => decoder.push(id, view, 0)).every((scan) => (scan?.text.length ?? 0) < 512)).toBe(
    true,
  );
  const short = new DataView(Uint8Array.of(4, 0x5d, 0x45, 0x34, 0x39, 0x36, 0x33, 0x38).buffer);
  expect(decoderOf(withIdentifier).push(2, short, 0)).toEqual({ text: "9638", symbology: "]E4" });
});

test("fields of a collection within are found; a keyboard or a scale is no scanner", () => {
  const [outer] = collectionsOf(withIdentifier.descriptor);
  const wrapped = [{ usagePage: 0x8c, inputReports: [], children: [outer!] }];
  expect(scanReports(wrapped)).toEqual(scanReports([outer!]));
  const keys = [
    { usagePage: 1, inputReports: [{ reportId: 0, items: [{ usages: [0x7_00e0], reportSize: 1, reportCount: 8 }] }] },
  ];
  expect(scanReports(keys).size).toBe(0);
});
