/** One cell of a machine's table: from `state`, on `event`, the states it may lead to, or none where a dash refuses. */
export type Cell = {
  readonly state: string;
  readonly event: string;
  /** Null for a dash: the event is always refused. */
  readonly to: string | null;
  /** What stands in brackets: only then; otherwise the event is refused. */
  readonly when: string | null;
};

/**
 * Reads a table laid out as in the house's sheets: the first row names the events, the first column the states (several with
 * commas share a row), a dash is a refusal, brackets hold a condition.
 */
export function readMachineTable(text: string): Cell[] {
  const [header = "", , ...rows] = text.trim().split("\n");
  const [, ...events] = cellsOf(header);
  return rows.flatMap((row) => {
    const [states = "", ...cells] = cellsOf(row);
    if (cells.length !== events.length)
      throw new RangeError(`a row has ${cells.length} cells, not ${events.length}: ${row}`);
    return states
      .split(", ")
      .flatMap((state) => events.map((event, nth) => ({ state, event, ...meaningOf(cells[nth] ?? "") })));
  });
}

function cellsOf(row: string): string[] {
  return row
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function meaningOf(cell: string): Pick<Cell, "to" | "when"> {
  if (cell === "–") return { to: null, when: null };
  const [, to = cell, when = null] = /^(\S+) \((.+)\)$/u.exec(cell) ?? [];
  return { to, when };
}
