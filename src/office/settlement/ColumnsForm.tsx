import type { StatementAnswer } from "../../contract/statements.ts";
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
  /** What is chosen and not answered yet. */
  readonly draft: BankColumns | null;
  readonly choose: (columns: BankColumns) => void;
}) {
  const words = () => settlementWords(props.office.language()).statement;
  const columns = (): BankColumns => props.draft ?? props.answer.columns ?? none;
  const at = () => headLine(props.answer.head, columns().day === "" ? null : columns().day);
  const heads = () => props.answer.head[at()] ?? [];
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
        value: columns()[of] === "" ? null : columns()[of],
      }))}
      choose={(of, head) => props.choose({ ...columns(), [of]: head })}
    />
  );
}

/** Nothing is guessed where no head is known. */
const none: BankColumns = {
  day: "",
  time: null,
  moneyIn: "",
  moneyOut: null,
  balance: null,
  counterparty: null,
  text: null,
  reference: null,
};
