/** Characters of a note on a line at most: two lines of a receipt. */
export const noteLengthMax = 60;

/**
 * A note as it is kept: one line, without a number as long as a payment code's or a card's (`trust.md`, Secrets and codes),
 * cut at `noteLengthMax`. Undefined when nothing is left.
 */
export function lineNote(typed: string): string | undefined {
  const plain = typed
    .replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, " ")
    .replaceAll(/\d(?: ?\d){15,}/gu, "")
    .trim();
  const kept = [...plain].slice(0, noteLengthMax).join("").trim();
  return kept === "" ? undefined : kept;
}
