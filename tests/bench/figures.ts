/** One row of the table: what was measured, and what it may be. */
export type Row = {
  readonly measure: string;
  readonly figures: string;
  /** Null where the figure only explains another. */
  readonly target: string | null;
  readonly isMet: boolean | null;
};

/** The value below which `part` (0 to 1) of the samples lie; samples need no order. */
export function percentile(samples: readonly number[], part: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const found = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  if (found === undefined) throw new RangeError("no samples");
  return found;
}

/** `12.3 ms`. */
export function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

/** A row whose `part` percentile has to stay at or below `max` milliseconds; the median and the maximum stand beside it. */
export function timed(measure: string, samples: readonly number[], part: number, max: number | null): Row {
  const at = percentile(samples, part);
  const name = `p${Math.round(part * 100)}`;
  return {
    measure: `${measure} (${samples.length})`,
    figures: `p50 ${ms(percentile(samples, 0.5))}  ${name} ${ms(at)}  max ${ms(Math.max(...samples))}`,
    target: max === null ? null : `${name} ≤ ${max} ms`,
    isMet: max === null ? null : at <= max,
  };
}

/** The rows as a table of text. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.measure,
    row.figures,
    row.target ?? "",
    row.isMet === null ? "" : row.isMet ? "met" : "MISSED",
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
