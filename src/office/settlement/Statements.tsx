import { createSignal, For, Show } from "solid-js";
import type { BankAccount } from "../../contract/settlement.ts";
import { backReasonMax, type BankStatements } from "../../contract/statements.ts";
import { settlementWords } from "../../i18n/settlement-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { booksRefreshMs } from "../books/books-parts.ts";
import { createLive } from "../live.ts";
import type { Trouble } from "../office-client.ts";
import type { Office } from "../office.ts";
import { AskSecond, createAsking } from "../people/ask-second.tsx";
import { settlementClient } from "./settlement-client.ts";

type Statement = BankStatements["statements"][number];
type Props = { readonly office: Office; readonly bank: BankAccount; readonly onChanged: () => void };

/** The files that were handed in of a bank account, and the way to take one back. */
export function Statements(props: Props) {
  const { office } = props;
  const words = () => settlementWords(office.language()).statements;
  const live = createLive<string, BankStatements>(
    () => JSON.stringify([props.bank.id, props.bank.lines]),
    () => settlementClient.statements(props.bank.id),
    office.browser.clock,
    booksRefreshMs,
  );
  // what one has opened stays so while it is read anew
  const [isOpen, setIsOpen] = createSignal(false);
  return (
    <Show when={live.value()}>
      {(told) => (
        <Show when={told().statements.length > 0}>
          <details
            class="statements"
            data-testid="statements"
            open={isOpen()}
            onToggle={(event) => setIsOpen(event.currentTarget.open)}
          >
            <summary>{words().title(told().statements.length)}</summary>
            <ul>
              <For each={told().statements}>
                {(statement) => (
                  <StatementItem
                    {...props}
                    statement={statement}
                    onChanged={() => {
                      void live.refresh();
                      props.onChanged();
                    }}
                  />
                )}
              </For>
            </ul>
          </details>
        </Show>
      )}
    </Show>
  );
}

function StatementItem(props: Props & { readonly statement: Statement }) {
  const { office } = props;
  const words = () => settlementWords(office.language()).statements;
  const statement = () => props.statement;
  const when = (at: Statement["at"]): string =>
    office.formats().dateTime(at, office.zoneOf(props.bank.store)).slice(0, 16);
  return (
    <li data-testid="statement" data-over={statement().takenBack !== null}>
      <b>{statement().name}</b>
      <small class="soft">{words().handedIn(statement().by, when(statement().at))}</small>
      <Show
        when={statement().takenBack}
        fallback={
          <>
            <small class="soft num">
              {words().lines(
                statement().fresh,
                statement().lines - statement().fresh,
                statement().from,
                statement().to,
              )}
            </small>
            <Show when={office.may("handInBill")}>
              <TakeBack {...props} />
            </Show>
          </>
        }
      >
        {(back) => (
          <span class="state over calm">
            <Icon name="back" />
            <span>
              {words().takenBack(
                [back().by, back().secondPerson].filter((name) => name !== null),
                when(back().at),
              )}
              <small>{back().why}</small>
            </span>
          </span>
        )}
      </Show>
    </li>
  );
}

/** Why it is taken back, and its way to the gateway. */
function createTakingBack(props: Props & { readonly statement: Statement }) {
  const { office } = props;
  const [reason, setReason] = createSignal("");
  const [failed, setFailed] = createSignal<Trouble | null>(null);
  const back = () => ({
    store: props.bank.store,
    bank: props.bank.id,
    statement: props.statement.id,
    reason: reason().trim(),
  });
  const asking = createAsking<{ id: string }>(
    (approval) => settlementClient.takeBack(back(), approval),
    () => props.onChanged(),
    (refusal) => {
      if (refusal === "signedOut") office.setSession(null);
      else setFailed(refusal);
      props.onChanged();
    },
  );
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    setFailed(null);
    void asking.run();
  };
  return { reason, setReason, failed, asking, send };
}

function TakeBack(props: Props & { readonly statement: Statement }) {
  const { office } = props;
  const words = () => settlementWords(office.language()).statements;
  const [isOpen, setIsOpen] = createSignal(false);
  const { reason, setReason, failed, asking, send } = createTakingBack(props);
  return (
    <Show
      when={isOpen()}
      fallback={
        <button class="plain" data-testid="statement-back" onClick={() => setIsOpen(true)}>
          {words().takeBack}
        </button>
      }
    >
      <Show
        when={asking.proposed()}
        fallback={
          <form class="statement-back" onSubmit={send}>
            <p class="soft">{words().takeBackText}</p>
            <label class="pick">
              <span>{words().reason}</span>
              <input
                maxLength={backReasonMax}
                data-testid="statement-back-reason"
                value={reason()}
                onInput={(event) => setReason(event.currentTarget.value)}
              />
            </label>
            <p class="fault" role="alert" hidden={failed() === null}>
              {failed() === "columnsUnknown" ? words().columnsUnknown : words().failed}
            </p>
            <div class="row">
              <button class="go" data-testid="statement-back-go" disabled={reason().trim() === ""}>
                {words().takeBack}
              </button>
              <button class="plain" type="button" onClick={() => setIsOpen(false)}>
                {words().leave}
              </button>
            </div>
          </form>
        }
      >
        {(id) => (
          <AskSecond office={office} id={id()} done={(approval) => void asking.run(approval)} leave={asking.leave} />
        )}
      </Show>
    </Show>
  );
}
