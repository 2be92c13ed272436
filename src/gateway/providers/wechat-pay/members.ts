import { instant, type Instant } from "../../../domain/clock.ts";

/** WeChat Pay takes characters of one to three UTF-8 bytes only: others (emoji) are left out, then the rest is cut. */
export function withinWeChat(text: string, lengthMax: number): string {
  return text.replaceAll(/[\u{10000}-\u{10FFFF}]/gu, "").slice(0, lengthMax);
}

/** The same, cut to so many bytes of UTF-8, never inside a character. */
export function withinWeChatBytes(text: string, bytesMax: number): string {
  const characters = [...withinWeChat(text, bytesMax)];
  while (Buffer.byteLength(characters.join("")) > bytesMax) characters.pop();
  return characters.join("");
}

const beijingAheadMs = 8 * 3_600_000;

/** RFC 3339 in Beijing time, whole seconds: `2026-11-21T19:05:09+08:00`. */
export function rfc3339(at: Instant): string {
  return `${new Date(instant(at + beijingAheadMs)).toISOString().slice(0, 19)}+08:00`;
}
