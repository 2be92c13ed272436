/** What a code's bytes say: UTF-8 where they are that, else a byte a character; without the terminators that a scanner may add. */
export function textOf(bytes: readonly number[]): string {
  const array = Uint8Array.from(bytes);
  const utf8 = new TextDecoder().decode(array);
  const text = utf8.includes("\ufffd") ? String.fromCharCode(...array) : utf8;
  return text.replace(/[\r\n\t\0]+$/u, "");
}
