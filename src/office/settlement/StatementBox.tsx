import { For, Match, Show, Switch } from "solid-js";
import type { BankAccount, StatementAnswer } from "../../contract/settlement.ts";
import type { BankColumns } from "../../domain/settlement/bank-columns.ts";
import { settlementWords } from "../../i18n/settlement-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { Chooser } from "../books/Chooser.tsx";
import { FilePlace } from "../FilePlace.tsx";
import type { Office } from "../office.ts";
import { RefusedFile } from "../RefusedFile.tsx";
import { ColumnsForm } from "./ColumnsForm.tsx";
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
        <Match when={as("shown")}>{(now) => <Shown {...props} now={now()} />}</Match>
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
      why={props.now.why === "tooLarge" ? words().tooLarge(statementMebibytesMax) : words()[props.now.why]}
      retry={retry()}
      again={words().again}
      clear={props.state.clear}
      testId="statement"
    />
  );
}

function Shown(props: Props & { readonly now: Of<"shown"> }) {
  const words = () => settlementWords(props.office.language()).statement;
  const answer = () => props.now.answer;
  const isOver = () => answer().kind === "taken" || answer().kind === "known";
  return (
    <div class="statement-shown" data-testid="statement-shown" data-kind={answer().kind}>
      <p class="soft">{props.now.file.name}</p>
      <Show
        when={!isOver()}
        fallback={
          <p class="state received" role="status">
            <Icon name="check" />
            <span>{toldOf(words(), answer())}</span>
          </p>
        }
      >
        <ColumnsForm
          office={props.office}
          answer={answer()}
          choose={(columns) => void props.state.readBy(props.now.file, columns)}
        />
        <Reading {...props} answer={answer()} />
      </Show>
      <div class="row">
        <Show when={!isOver() && answer().columns}>
          {(columns) => (
            <button
              class="go"
              data-testid="statement-take"
              disabled={answer().lines === 0 || answer().troubles.length > 0}
              onClick={() => void props.state.take(props.now.file, columns() as BankColumns)}
            >
              {words().take}
            </button>
          )}
        </Show>
        <button class="plain" data-testid="statement-again" onClick={() => props.state.clear()}>
          {words().again}
        </button>
      </div>
    </div>
  );
}

function toldOf(words: ReturnType<typeof settlementWords>["statement"], answer: StatementAnswer): string {
  return answer.kind === "known" ? words.known : words.taken(answer.fresh, answer.lines - answer.fresh);
}

/** How the file reads by the columns chosen: so many lines and their sum, or which cells stand in the way. */
function Reading(props: Props & { readonly answer: StatementAnswer }) {
  const words = () => settlementWords(props.office.language()).statement;
  return (
    <>
      <Show when={props.answer.kind === "refused"}>
        <p class="fault" role="alert">
          {words().refused}
        </p>
      </Show>
      <Show
        when={props.answer.troubles.length > 0}
        fallback={
          <p class="num" data-testid="statement-lines">
            {words().lines(props.answer.lines, props.office.formats().amount(props.answer.sum))}
          </p>
        }
      >
        <div class="fault" role="alert" data-testid="statement-troubles">
          <p>{words().troubles(props.answer.troubles.length)}</p>
          <ul>
            <For each={props.answer.troubles}>
              {({ line, column, cell }) => <li>{words().trouble(line, column, cell)}</li>}
            </For>
          </ul>
        </div>
      </Show>
    </>
  );
}
