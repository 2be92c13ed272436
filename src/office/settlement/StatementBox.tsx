import { Match, Show, Switch } from "solid-js";
import type { BankAccount } from "../../contract/settlement.ts";
import { settlementWords } from "../../i18n/settlement-words.ts";
import { Chooser } from "../books/Chooser.tsx";
import { FilePlace } from "../FilePlace.tsx";
import type { Office } from "../office.ts";
import { RefusedFile } from "../RefusedFile.tsx";
import { StatementShown } from "./StatementShown.tsx";
import { statementMebibytesMax, type StatementStand, type StatementState } from "./statement-state.ts";

type Of<Kind extends StatementStand["kind"]> = Extract<StatementStand, { kind: Kind }>;
type Props = { readonly office: Office; readonly state: StatementState };

/** A bank's file from a person: chosen, read and shown, and taken in only by a press. */
export function StatementBox(
  props: Props & {
    readonly banks: readonly BankAccount[];
    readonly bank: string;
    readonly choose: (id: string) => void;
  },
) {
  const words = () => settlementWords(props.office.language()).statement;
  const as = <Kind extends StatementStand["kind"]>(kind: Kind): Of<Kind> | null => {
    const now = props.state.stand();
    return now.kind === kind ? (now as Of<Kind>) : null;
  };
  return (
    <section class="drop" aria-label={words().title}>
      <h3>{words().title}</h3>
      <Show when={props.banks.length > 1}>
        <p>
          <Chooser
            title={words().into}
            all={null}
            value={props.bank}
            choices={props.banks.map(({ id, name }) => ({ value: id, name }))}
            testId="statement-bank"
            choose={(id) => {
              props.state.clear();
              if (id !== undefined) props.choose(id);
            }}
          />
        </p>
      </Show>
      <Switch fallback={<Place office={props.office} state={props.state} />}>
        <Match when={as("reading")}>
          <p role="status">{words().reading}</p>
        </Match>
        <Match when={as("failed")}>{(now) => <Failed {...props} now={now()} />}</Match>
        <Match when={as("shown")}>{(now) => <StatementShown {...props} now={now()} />}</Match>
      </Switch>
    </section>
  );
}

function Place(props: Props) {
  const words = () => settlementWords(props.office.language()).statement;
  return (
    <FilePlace
      text={words().text}
      choose={words().choose}
      accept=".csv,.txt,.xlsx"
      testId="statement"
      take={(file) => void props.state.read(file)}
    />
  );
}

function Failed(props: Props & { readonly now: Of<"failed"> }) {
  const words = () => settlementWords(props.office.language()).statement;
  const retry = (): (() => void) | null => {
    const { why, file } = props.now;
    return why === "failed" && file !== null ? () => void props.state.read(file) : null;
  };
  return (
    <RefusedFile
      office={props.office}
      why={props.now.why === "tooLarge" ? words().tooLarge(statementMebibytesMax) : words().unread[props.now.why]}
      retry={retry()}
      again={words().again}
      clear={props.state.clear}
      testId="statement"
    />
  );
}
