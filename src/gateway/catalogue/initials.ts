import { pinyin } from "pinyin-pro";

/** First letters of a Chinese name's readings, digits kept, for the till's search: 岭禾原味酸奶 200ml gives lhywsn200ml. */
export function initialsOf(name: string): string {
  return pinyin(name, { pattern: "first", toneType: "none", type: "array", nonZh: "consecutive", v: true })
    .join("")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
}
