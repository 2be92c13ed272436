/** Shorter numbers stand in texts by chance. */
const namedNumberMin = 8;
/** No provider's numbers are longer. */
const namedNumberMax = 64;

/** Whether a bank's text names a payout's number: whole, not a part of a longer one, whatever is written before and behind it. */
export function namesPayout(said: string, number: string): boolean {
  if (number.length < namedNumberMin) return false;
  for (let at = said.indexOf(number); at >= 0; at = said.indexOf(number, at + 1))
    if (!goesOn(said[at - 1], number[0]) && !goesOn(number.at(-1), said[at + number.length])) return true;
  return false;
}

/**
 * Every part of a text that `namesPayout` would find in it, were it a payout's number: what to look numbers up by. A number has no spaces
 * and begins and ends with a letter or a digit.
 */
export function numbersIn(said: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [run] of said.matchAll(/[!-~]+/gu)) {
    const parts = [...run.matchAll(/\d+|[A-Za-z]+/gu)];
    for (const { index: from } of parts)
      for (const { index, 0: last } of parts) {
        const to = index + last.length;
        if (to - from >= namedNumberMin && to - from <= namedNumberMax) found.add(run.slice(from, to));
      }
  }
  return found;
}

/**
 * Whether a text names a number of the form that one of these payouts' has and that is none of theirs: it tells of another payout,
 * known or not.
 */
export function namesAnother(said: string, numbers: readonly string[]): boolean {
  const long = numbers.filter(({ length }) => length >= namedNumberMin);
  const forms = new Set(long.map(formOf));
  const words = said.match(/[A-Za-z\d]+(?:[-_][A-Za-z\d]+)*/gu) ?? [];
  return words.some((word) => forms.has(formOf(word)) && !long.includes(word));
}

/** A digit beside a digit, a letter beside a letter: the number has not ended there. */
function goesOn(one: string | undefined, other: string | undefined): boolean {
  return [/\d/u, /[A-Za-z]/u].some((kind) => kind.test(one ?? "") && kind.test(other ?? ""));
}

function formOf(number: string): string {
  return number.replace(/\d/gu, "0").replace(/[A-Za-z]/gu, "A");
}
