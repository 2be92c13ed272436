import iconv from "iconv-lite";

/** GBK, or GB18030 (which contains it) for a text with a character that GBK has not. */
export function gbk(text: string): Uint8Array {
  const bytes = iconv.encode(text, "gbk");
  return iconv.decode(bytes, "gbk") === text ? bytes : iconv.encode(text, "gb18030");
}
