import { billWords } from "../../i18n/bill-words.ts";
import type { BooksParts } from "./books-parts.ts";
import { Chooser } from "./Chooser.tsx";

/** Which provider account something is for: one of them always. */
export function AccountOf(props: {
  readonly parts: BooksParts;
  readonly value: string;
  readonly testId: string;
  readonly choose: (account: string | undefined) => void;
}) {
  const { parts } = props;
  return (
    <Chooser
      title={billWords(parts.office.language()).account}
      all={null}
      value={props.value}
      choices={parts.accounts().map(({ id }) => ({ value: id, name: parts.accountName(id) }))}
      testId={props.testId}
      choose={props.choose}
    />
  );
}
