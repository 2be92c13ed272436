import type { StatementAnswer } from "../../contract/settlement.ts";
import type { BankColumns } from "../../domain/settlement/bank-columns.ts";
import { settlementWords } from "../../i18n/settlement-words.ts";
import { ColumnChoices, headLine } from "../ColumnChoices.tsx";
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

/** Which column of a bank's file is what. */
export function ColumnsForm(props: {
  readonly office: Office;
  readonly answer: StatementAnswer;
  readonly choose: (columns: BankColumns) => void;
}) {
  const words = () => settlementWords(props.office.language()).statement;
  const at = () => headLine(props.answer.head, props.answer.columns?.day ?? null);
  const heads = () => props.answer.head[at()] ?? [];
  const columns = (): BankColumns => props.answer.columns ?? empty(heads().find((cell) => cell.trim() !== "") ?? "");
  return (
    <ColumnChoices
      legend={words().columns}
      none={words().none}
      heads={heads()}
      below={props.answer.head[at() + 1] ?? []}
      columns={columnsInOrder.map((of) => ({
        of,
        title: words().column[of],
        isNeeded: needed.has(of),
        value: columns()[of],
      }))}
      choose={(of, head) => props.choose({ ...columns(), [of]: head })}
    />
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
