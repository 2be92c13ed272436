import { textOf } from "./scan-text.ts";

/*
 * Scanners as HID Point of Sale devices: usage page 0x8C. Where in a report the fields lie differs from maker to maker, so
 * they are found by what the device's own descriptor calls them (HID Point of Sale Usage Tables 1.02; Byte Count is 0x3B of
 * the Generic Desktop page, HID Usage Tables 1.5).
 */

/** Usage page of bar code scanners: what a chooser is asked for. */
export const scannerPage = 0x8c;
const symbologyUsages = [0x8c_00fb, 0x8c_00fc, 0x8c_00fd];
const decodedUsage = 0x8c_00fe;
const continuedUsage = 0x8c_00ff;
const byteCountUsage = 0x1_003b;

/** Fields of one report more than this belong to no scanner. */
const fieldsMax = 4_096;
/** Characters of one code at most, over all its reports. */
const hidCharactersMax = 512;
/** The next report of a long code comes within this time, or the code was cut off. */
const nextReportMsMax = 500;

/** The part of the browser's `HIDReportItem` that is used. */
export type HidItem = {
  readonly isRange?: boolean;
  readonly usages?: readonly number[];
  readonly usageMinimum?: number;
  readonly reportSize?: number;
  readonly reportCount?: number;
};
export type HidReport = { readonly reportId?: number; readonly items?: readonly HidItem[] };
/** The part of `HIDCollectionInfo` that is used. */
export type HidCollection = {
  readonly usagePage?: number;
  readonly inputReports?: readonly HidReport[];
  readonly children?: readonly HidCollection[];
};

/** A field's place in its report, in bits from the report's beginning, the report id not counted. */
type Field = { readonly bit: number; readonly size: number };

/** Where one report has what. */
export type ScanReport = {
  readonly decoded: readonly Field[];
  /** Empty where the device does not say which kind of code it was. */
  readonly symbology: readonly Field[];
  readonly continued: Field | null;
  readonly byteCount: Field | null;
};

/** A code as the device gave it. `symbology` is its AIM identifier (`]E0` for EAN-13), null where it gave none. */
export type HidScan = { readonly text: string; readonly symbology: string | null };

/** Puts reports together to codes. Owns no device, no timer. */
export type HidDecoder = {
  /** A report as the browser gives it, and when it came, in milliseconds; the code it ends, if it ends one. */
  push(reportId: number, report: DataView, atMs: number): HidScan | null;
};

/** The reports that carry codes, by their ids (0 without ids); empty when this is no scanner. */
export function scanReports(collections: readonly HidCollection[]): ReadonlyMap<number, ScanReport> {
  const found = new Map<number, ScanReport>();
  for (const { inputReports = [], children = [] } of collections) {
    for (const { reportId = 0, items = [] } of inputReports) {
      const report = scanReport(items);
      if (report !== null) found.set(reportId, report);
    }
    // A collection lists the fields of those within it too, so what is found outside is the whole report.
    for (const [id, report] of scanReports(children)) if (!found.has(id)) found.set(id, report);
  }
  return found;
}

function scanReport(items: readonly HidItem[]): ScanReport | null {
  const fields = new Map<number, Field[]>();
  let bit = 0;
  for (const item of items) {
    const { reportSize: size = 0, reportCount: count = 0 } = item;
    for (let n = 0; n < Math.min(count, fieldsMax); n++) {
      const usage = usageOf(item, n);
      if (usage !== null) fields.set(usage, [...(fields.get(usage) ?? []), { bit: bit + n * size, size }]);
    }
    bit += size * count;
  }
  const decoded = fields.get(decodedUsage);
  if (decoded === undefined) return null;
  const one = (usage: number): Field | null => fields.get(usage)?.[0] ?? null;
  return {
    decoded,
    symbology: symbologyUsages.flatMap((usage) => one(usage) ?? []),
    continued: one(continuedUsage),
    byteCount: one(byteCountUsage),
  };
}

/** The usage of an item's field `n`; the last one named stands for all that follow. */
function usageOf({ isRange, usages = [], usageMinimum }: HidItem, n: number): number | null {
  if (isRange === true && usageMinimum !== undefined) return usageMinimum + n;
  return usages[Math.min(n, usages.length - 1)] ?? null;
}

/** A decoder for a device whose reports are `reports`. */
export function createHidDecoder(reports: ReadonlyMap<number, ScanReport>): HidDecoder {
  let bytes: number[] = [];
  let lastAt = Number.NEGATIVE_INFINITY;
  return {
    push(reportId, view, atMs) {
      const report = reports.get(reportId);
      if (report === undefined) return null;
      if (atMs - lastAt > nextReportMsMax) bytes = [];
      lastAt = atMs;
      bytes.push(...decodedBytes(report, view));
      if (report.continued !== null && valueOf(view, report.continued) !== 0) {
        if (bytes.length > hidCharactersMax) bytes = [];
        return null;
      }
      const text = textOf(bytes);
      bytes = [];
      if (text === "" || text.length > hidCharactersMax) return null;
      return { text, symbology: symbologyOf(report, view) };
    },
  };
}

/** The code's own bytes of one report: as many as it counts, else all up to the padding. */
function decodedBytes(report: ScanReport, view: DataView): readonly number[] {
  const all = report.decoded.map((field) => valueOf(view, field));
  const counted = report.byteCount === null ? 0 : valueOf(view, report.byteCount);
  if (counted > 0) return all.slice(0, counted);
  return all.slice(0, all.findLastIndex((byte) => byte !== 0) + 1);
}

function symbologyOf(report: ScanReport, view: DataView): string | null {
  const text = textOf(report.symbology.map((field) => valueOf(view, field)).filter((byte) => byte !== 0));
  const identifier = text.startsWith("]") ? text : `]${text}`;
  return /^\][A-Za-z][0-9A-Za-z]$/.test(identifier) ? identifier : null;
}

/** Little-endian, as HID packs its fields; what a short report leaves out is 0. */
function valueOf(view: DataView, { bit, size }: Field): number {
  let value = 0;
  for (let n = 0; n < size && n < 32; n++) {
    const at = bit + n;
    const byte = at >> 3 < view.byteLength ? view.getUint8(at >> 3) : 0;
    if (((byte >> (at & 7)) & 1) === 1) value += 2 ** n;
  }
  return value;
}
