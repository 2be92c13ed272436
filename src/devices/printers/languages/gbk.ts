/** 〓, the printer's old mark for a missing sort: stands where a character has no place in GBK, so that nothing vanishes unseen. */
export const missingSort = "〓";

/** Characters outside GBK whose twin inside it looks the same on paper. */
const twins: ReadonlyMap<string, string> = new Map([
  ["¥", "￥"],
  ["\u00a0", " "],
  ["\u2002", " "],
  ["\u2003", " "],
  ["\t", " "],
  ["−", "-"],
]);

let table: ReadonlyMap<string, number> | undefined;

/**
 * Two-byte GBK by character, made by decoding every two-byte sequence once (80 ms, at the first receipt) and turning the
 * map round: 23,940 characters without a table to ship. The private-use area is left out: a printer's font has nothing there.
 */
function gbkTable(): ReadonlyMap<string, number> {
  if (table !== undefined) return table;
  const decoder = new TextDecoder("gb18030");
  const map = new Map<string, number>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if ([...character].length !== 1 || character === "\ufffd" || /\p{Co}/u.test(character)) continue;
      if (!map.has(character)) map.set(character, (lead << 8) | trail);
    }
  }
  table = map;
  return map;
}

function isPrintableAscii(codePoint: number): boolean {
  return codePoint >= 0x20 && codePoint <= 0x7e;
}

const graphemes = new Intl.Segmenter("zh-CN", { granularity: "grapheme" });

/**
 * `text` with every character one that the printer has: composed (NFC), twins put in, and one 〓 for each grapheme that GBK
 * lacks (an emoji of five code points is one 〓). Control characters become 〓 too, so a product's name cannot command the
 * printer. Line feeds stay: the layout breaks lines there.
 */
export function toGbkText(text: string): string {
  const known = gbkTable();
  let out = "";
  for (const { segment } of graphemes.segment(text.normalize("NFC").replaceAll("\r\n", "\n"))) {
    const characters = [...segment].map((character) => twins.get(character) ?? character);
    const printable = characters.every(
      (character) => character === "\n" || isPrintableAscii(character.codePointAt(0) ?? 0) || known.has(character),
    );
    out += printable ? characters.join("") : missingSort;
  }
  return out;
}

/** Columns that `text` (already through `toGbkText`) takes: a two-byte character is printed twice as wide as an ASCII one. */
export function gbkColumns(text: string): number {
  let columns = 0;
  for (const character of text) columns += isPrintableAscii(character.codePointAt(0) ?? 0) ? 1 : 2;
  return columns;
}

/** The GBK bytes of `text`, and whether any of them is a two-byte character. Text not through `toGbkText` gets 〓 where needed. */
export function encodeGbk(text: string): { readonly bytes: readonly number[]; readonly hasWide: boolean } {
  const known = gbkTable();
  const bytes: number[] = [];
  let hasWide = false;
  for (const character of toGbkText(text)) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (isPrintableAscii(codePoint)) {
      bytes.push(codePoint);
      continue;
    }
    const code = known.get(character) ?? known.get(missingSort) ?? 0x3f;
    bytes.push(code >> 8, code & 0xff);
    hasWide = true;
  }
  return { bytes, hasWide };
}
