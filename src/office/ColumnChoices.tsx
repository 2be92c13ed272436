import { For } from "solid-js";

/** One column that a file may have, and which of its heads it is. */
export type ColumnChoice<Of extends string> = {
  readonly of: Of;
  readonly title: string;
  readonly isNeeded: boolean;
  readonly value: string | null;
};

/** Which column of a file is what: a choice of its heads for each, with the first cell below them. */
export function ColumnChoices<Of extends string>(props: {
  readonly legend: string;
  readonly none: string;
  readonly columns: readonly ColumnChoice<Of>[];
  /** The line of heads, and the one below it. */
  readonly heads: readonly string[];
  readonly below: readonly string[];
  readonly choose: (of: Of, head: string | null) => void;
}) {
  const sample = (name: string | null): string => {
    const place = name === null ? -1 : props.heads.indexOf(name);
    return place < 0 ? "" : (props.below[place] ?? "");
  };
  return (
    <fieldset class="columns-form">
      <legend>{props.legend}</legend>
      <For each={props.columns}>
        {(column) => (
          <label>
            <span>{column.title}</span>
            <select
              data-testid={`column-${column.of}`}
              onChange={(event) => {
                const { value } = event.currentTarget;
                props.choose(column.of, value === "" ? null : value);
              }}
            >
              <option value="" selected={column.value === null} disabled={column.isNeeded}>
                {props.none}
              </option>
              <For each={props.heads.filter((cell) => cell.trim() !== "")}>
                {(head) => (
                  <option value={head} selected={column.value === head}>
                    {head}
                  </option>
                )}
              </For>
            </select>
            <small class="num">{sample(column.value)}</small>
          </label>
        )}
      </For>
    </fieldset>
  );
}

/** The line of heads among a file's first ones: the one with a chosen head, else the fullest. */
export function headLine(lines: readonly (readonly string[])[], chosen: string | null): number {
  const named = chosen === null ? -1 : lines.findIndex((line) => line.includes(chosen));
  if (named >= 0) return named;
  const full = lines.map((line) => line.filter((cell) => cell.trim() !== "").length);
  return Math.max(0, full.indexOf(Math.max(...full)));
}
