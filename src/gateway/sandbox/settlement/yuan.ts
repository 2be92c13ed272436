/** Fen as yuan with two decimals, a minus before what is below zero; never `-0.00`. */
export function yuan(fen: number): string {
  const whole = Math.abs(fen);
  return `${fen < 0 ? "-" : ""}${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, "0")}`;
}

/** The sum of what `amount` says of each. */
export function sumBy<Each>(all: readonly Each[], amount: (each: Each) => number): number {
  return all.reduce((sum, each) => sum + amount(each), 0);
}

/** A text as one cell can hold it: line ends and other control characters become blanks. */
export function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, " ");
}
