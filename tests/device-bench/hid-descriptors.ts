/**
 * Report descriptors as scanners of the trade have them (facts from their manuals: order and sizes of fields), and how each
 * device puts a code into reports.
 */
export type ScannerModel = {
  readonly name: string;
  readonly vendorId: number;
  readonly productId: number;
  readonly descriptor: Uint8Array;
  /** The reports of one code, each with its id first where the device has ids. */
  reports(text: string, symbology: string): readonly Uint8Array[];
};

/** A descriptor from its items, an array a line. */
function described(...items: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from(items.flat());
}

const symbologyBytes = (symbology: string): number[] => [...symbology].map((letter) => letter.charCodeAt(0));

function inPieces(text: string, size: number): readonly Uint8Array[] {
  const bytes = new TextEncoder().encode(text);
  return Array.from({ length: Math.max(1, Math.ceil(bytes.length / size)) }, (_, n) =>
    bytes.slice(n * size, (n + 1) * size),
  );
}

/** Report id 2: length, three bytes of AIM identifier, 56 of data, two of the maker's own, a bit for "continued". */
export const withIdentifier: ScannerModel = {
  name: "AIM identifier, report id 2",
  vendorId: 0x0c2e,
  productId: 0x0b61,
  descriptor: described(
    [0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01], // bar code scanner, application
    [0x09, 0x12, 0xa1, 0x02], // scanned data report, logical
    [0x85, 0x02, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08],
    [0x05, 0x01, 0x09, 0x3b, 0x95, 0x01, 0x81, 0x02], // byte count
    [0x05, 0x8c, 0x09, 0xfb, 0x09, 0xfc, 0x09, 0xfd, 0x95, 0x03, 0x81, 0x02], // symbology identifier 1 to 3
    [0x09, 0xfe, 0x95, 0x38, 0x82, 0x02, 0x01], // decoded data, 56 bytes, buffered
    [0x06, 0x66, 0xff, 0x09, 0x04, 0x09, 0x00, 0x95, 0x02, 0x81, 0x02], // the maker's own
    [0x05, 0x8c, 0x09, 0xff, 0x25, 0x01, 0x75, 0x01, 0x95, 0x01, 0x81, 0x02], // decode data continued
    [0x75, 0x07, 0x81, 0x03], // padding
    [0xc0, 0xc0],
  ),
  reports: (text, symbology) =>
    inPieces(text, 56).map((piece, n, all) => {
      const report = new Uint8Array(64);
      report.set([2, piece.length, ...symbologyBytes(symbology)]);
      report.set(piece, 5);
      report[63] = n + 1 < all.length ? 1 : 0;
      return report;
    }),
};

/** No report id, no identifier: length, then data to the end of 64 bytes; whole codes only. */
export const lengthAndData: ScannerModel = {
  name: "length and data, no report id",
  vendorId: 0x1eab,
  productId: 0x0010,
  descriptor: described(
    [0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08],
    [0x05, 0x01, 0x09, 0x3b, 0x95, 0x01, 0x81, 0x02],
    [0x05, 0x8c, 0x09, 0xfe, 0x95, 0x3f, 0x81, 0x02],
    [0xc0],
  ),
  reports: (text) =>
    inPieces(text, 63).map((piece) => {
      const report = new Uint8Array(64);
      report.set([piece.length]);
      report.set(piece, 1);
      return report;
    }),
};

/** Data first, no count, the flag in front of the identifier: fields in an order no table of offsets would know. */
export const dataFirst: ScannerModel = {
  name: "data first, no count, report id 5",
  vendorId: 0x05f9,
  productId: 0x2214,
  descriptor: described(
    [0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x85, 0x05, 0x15, 0x00, 0x26, 0xff, 0x00],
    [0x75, 0x08, 0x95, 0x20, 0x09, 0xfe, 0x81, 0x02],
    [0x75, 0x01, 0x95, 0x03, 0x81, 0x03], // padding: the flag is no byte's first bit
    [0x09, 0xff, 0x95, 0x01, 0x81, 0x02, 0x95, 0x04, 0x81, 0x03],
    [0x75, 0x08, 0x95, 0x01, 0x09, 0xfb, 0x81, 0x02, 0x09, 0xfc, 0x81, 0x02, 0x09, 0xfd, 0x81, 0x02],
    [0xc0],
  ),
  reports: (text, symbology) =>
    inPieces(text, 32).map((piece, n, all) => {
      const report = new Uint8Array(37);
      report.set([5, ...piece]);
      report.set([n + 1 < all.length ? 0b1000 : 0, ...symbologyBytes(symbology)], 33);
      return report;
    }),
};

export const scannerModels = [withIdentifier, lengthAndData, dataFirst] as const;
