import { For } from "solid-js";
import type { StatementAnswer } from "../../contract/settlement.ts";
import type { BankColumns } from "../../domain/settlement/bank-columns.ts";
import { settlementWords } from "../../i18n/settlement-words.ts";
import type { Office } from "../office.ts";

const columnsInOrder = [
  "day",
  "time",
  "moneyIn",
  "moneyOut",
  "balance",
  "counterparty",
  "text",
  "reference",
] as const satisfies readonly (keyof BankColumns)[];
const needed: ReadonlySet<keyof BankColumns> = new Set(["day", "moneyIn"]);

/** Which column of the file is what: a choice of its heads for each, with the first cell below them. */
export function ColumnsForm(props: {
  readonly office: Office;
  readonly answer: StatementAnswer;
  readonly choose: (columns: BankColumns) => void;
}) {
  const words = () => settlementWords(props.office.language()).statement;
  const headAt = () => headLine(props.answer);
  const heads = () => (props.answer.head[headAt()] ?? []).filter((cell) => cell.trim() !== "");
  const sample = (name: string | null): string => {
    const place = name === null ? -1 : (props.answer.head[headAt()] ?? []).indexOf(name);
    return place < 0 ? "" : (props.answer.head[headAt() + 1]?.[place] ?? "");
  };
  const columns = (): BankColumns => props.answer.columns ?? empty(heads()[0] ?? "");
  return (
    <fieldset class="columns-form">
      <legend>{words().columns}</legend>
      <For each={columnsInOrder}>
        {(of) => (
          <label>
            <span>{words().column[of]}</span>
            <select
              data-testid={`column-${of}`}
              onChange={(event) => {
                const { value } = event.currentTarget;
                props.choose({ ...columns(), [of]: value === "" ? null : value });
              }}
            >
              <option value="" selected={columns()[of] === null} disabled={needed.has(of)}>
                {words().none}
              </option>
              <For each={heads()}>
                {(head) => (
                  <option value={head} selected={columns()[of] === head}>
                    {head}
                  </option>
                )}
              </For>
            </select>
            <small class="num">{sample(columns()[of])}</small>
          </label>
        )}
      </For>
    </fieldset>
  );
}

function empty(head: string): BankColumns {
  return {
    day: head,
    time: null,
    moneyIn: head,
    moneyOut: null,
    balance: null,
    counterparty: null,
    text: null,
    reference: null,
  };
}

/** The line of heads: the one with the columns chosen, else the fullest of the first ones. */
function headLine({ columns, head }: StatementAnswer): number {
  const named = columns === null ? -1 : head.findIndex((line) => line.includes(columns.day));
  if (named >= 0) return named;
  const full = head.map((line) => line.filter((cell) => cell.trim() !== "").length);
  return Math.max(0, full.indexOf(Math.max(...full)));
}
