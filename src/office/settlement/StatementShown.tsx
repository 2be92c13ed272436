import { createSignal, For, Show } from "solid-js";
import type { StatementAnswer } from "../../contract/statements.ts";
import type { BankColumns } from "../../domain/settlement/bank-columns.ts";
import { settlementWords } from "../../i18n/settlement-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { unsigned } from "../books/books-parts.ts";
import type { Office } from "../office.ts";
import { ColumnsForm } from "./ColumnsForm.tsx";
import { isWhole, type StatementStand, type StatementState } from "./statement-state.ts";

type Props = { readonly office: Office; readonly state: StatementState };
type Stand = Extract<StatementStand, { kind: "shown" }>;
type Answered = Props & { readonly answer: StatementAnswer };
type Words = ReturnType<typeof settlementWords>["statement"];

/** A statement as it reads: its columns, its first lines, what stands in the way, and the press that takes it in. */
export function StatementShown(props: Props & { readonly now: Stand }) {
  const words = () => settlementWords(props.office.language()).statement;
  const answer = () => props.now.answer;
  const isOver = () => answer().kind === "taken" || answer().kind === "known";
  const isChosen = (): boolean => answer().columns !== null && (props.now.draft === null || isWhole(props.now.draft));
  return (
    <div class="statement-shown" data-testid="statement-shown" data-kind={answer().kind}>
      <p class="soft">{props.now.file.name}</p>
      <Show
        when={!isOver()}
        fallback={
          <>
            <p class="state received" role="status">
              <Icon name="check" />
              <span>{toldOf(words(), answer())}</span>
            </p>
            <Again {...props} />
          </>
        }
      >
        <ColumnsForm
          office={props.office}
          answer={answer()}
          draft={props.now.draft}
          choose={(columns) => void props.state.readBy(props.now.file, columns)}
        />
        <Show when={isChosen()} fallback={<Unchosen {...props} />}>
          <Reading office={props.office} state={props.state} answer={answer()} />
          <Taking {...props} answer={answer()} />
        </Show>
      </Show>
    </div>
  );
}

function toldOf(words: Words, answer: StatementAnswer): string {
  return answer.kind === "known" ? words.known : words.taken(answer.fresh, answer.lines - answer.fresh);
}

function Again(props: Props) {
  return (
    <button class="plain" data-testid="statement-again" onClick={() => props.state.clear()}>
      {settlementWords(props.office.language()).statement.again}
    </button>
  );
}

function Unchosen(props: Props) {
  return (
    <>
      <p class="soft" data-testid="statement-unchosen">
        {settlementWords(props.office.language()).statement.unchosen}
      </p>
      <Again {...props} />
    </>
  );
}

/** How the file reads by the columns chosen: its first lines and the sum of all, or what stands in the way. */
function Reading(props: Answered) {
  const words = () => settlementWords(props.office.language()).statement;
  return (
    <>
      <Show when={props.answer.first.length > 0}>
        <FirstLines {...props} />
      </Show>
      <Show when={props.answer.wrong === 0} fallback={<Troubles {...props} />}>
        <p class="num" data-testid="statement-lines">
          {words().lines(props.answer.lines, props.office.formats().amount(props.answer.sum))}
        </p>
      </Show>
      <Show when={props.answer.wrong === 0 && props.answer.lines === 0}>
        <p class="fault" role="alert">
          {words().noneFound}
        </p>
      </Show>
    </>
  );
}

function FirstLines(props: Answered) {
  const { office } = props;
  const words = () => settlementWords(office.language());
  const amount = (line: StatementAnswer["first"][number], isIn: boolean): string =>
    line.amount.amount > 0 === isIn ? office.formats().amount(unsigned(line.amount)) : "";
  return (
    <table class="first-lines num" data-testid="statement-first">
      <caption>{words().statement.first}</caption>
      <thead>
        <tr>
          <th>{words().line.day}</th>
          <th class="r">{words().line.moneyIn}</th>
          <th class="r">{words().line.moneyOut}</th>
        </tr>
      </thead>
      <For each={props.answer.first}>
        {(line) => (
          <tbody>
            <tr>
              <td>{line.day}</td>
              <td class="r">{amount(line, true)}</td>
              <td class="r">{amount(line, false)}</td>
            </tr>
            <tr>
              <td colSpan={3} class="soft">
                {[line.counterparty, line.text].filter((part) => part !== "").join(" · ") || words().statement.noText}
              </td>
            </tr>
          </tbody>
        )}
      </For>
    </table>
  );
}

function Troubles(props: Answered) {
  const words = () => settlementWords(props.office.language()).statement;
  return (
    <div class="fault" role="alert" data-testid="statement-troubles">
      <p>{words().troubles(props.answer.wrong)}</p>
      <ul>
        <For each={props.answer.troubles}>
          {({ why, line, column, cell }) => <li>{words().trouble[why](line, column, cell)}</li>}
        </For>
      </ul>
    </div>
  );
}

/** The press that takes it in; said twice where the balance does not run on by its amounts. */
function Taking(props: Answered & { readonly now: Stand }) {
  const words = () => settlementWords(props.office.language()).statement;
  const [isSaid, setIsSaid] = createSignal(false);
  const may = (): boolean =>
    props.answer.lines > 0 &&
    props.answer.wrong === 0 &&
    (props.answer.broken === null || isSaid()) &&
    props.now.draft === null;
  return (
    <>
      <Show when={props.answer.wrong === 0 && props.answer.broken}>
        {(broken) => (
          <div class="fault" role="alert" data-testid="statement-broken">
            <p>
              {words().broken(
                broken().line,
                props.office.formats().amount(broken().amount),
                props.office.formats().amount(broken().before),
                props.office.formats().amount(broken().balance),
              )}
            </p>
            <label class="said-twice">
              <input
                type="checkbox"
                data-testid="statement-despite"
                checked={isSaid()}
                onChange={(event) => setIsSaid(event.currentTarget.checked)}
              />
              <span>{words().despite}</span>
            </label>
          </div>
        )}
      </Show>
      <div class="row">
        <button
          class="go"
          data-testid="statement-take"
          disabled={!may()}
          onClick={() =>
            void props.state.take(props.now.file, props.answer.columns as BankColumns, { despiteBalance: isSaid() })
          }
        >
          {words().take}
        </button>
        <Again {...props} />
      </div>
    </>
  );
}
