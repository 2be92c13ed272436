import { createSignal, For, Show } from "solid-js";
import { depositReasonMax, type DepositShown } from "../../contract/cash.ts";
import { money } from "../../domain/money.ts";
import { cashWords } from "../../i18n/cash-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import type { Office } from "../office.ts";
import { PanelHead } from "../PanelHead.tsx";
import { AskSecond, createAsking } from "../people/ask-second.tsx";
import { cashClient } from "./cash-client.ts";
import { DepositState } from "./DepositsTable.tsx";

type Props = {
  readonly office: Office;
  readonly store: string;
  readonly deposit: DepositShown;
  readonly onChanged: () => void;
};

/** One deposit: where it is, who carried it, its notes; its slip on paper, and taking it back while it is on its way. */
export function DepositPanel(props: Props) {
  const { office } = props;
  const words = () => cashWords(office.language()).deposit;
  const isOnItsWay = (): boolean => props.deposit.state === "underWay" || props.deposit.state === "missing";
  return (
    <aside class="panel" aria-label={props.deposit.slip} data-testid="cash-deposit-panel">
      <PanelHead office={office} title={props.deposit.slip} isNumber close={() => office.close()} />
      <div class="panel-body">
        <p>
          <DepositState office={office} deposit={props.deposit} />
        </p>
        <Show when={props.deposit.state === "missing"}>
          <p class="soft">{words().missingText}</p>
        </Show>
        <DepositFacts office={office} deposit={props.deposit} store={props.store} />
        <p>
          <button class="plain to" data-testid="cash-print" onClick={() => office.browser.print()}>
            <Icon name="printer" />
            {words().print}
          </button>
        </p>
        <Show when={isOnItsWay() && office.may("depositCash")}>
          <TakeBack {...props} />
        </Show>
      </div>
    </aside>
  );
}

/** What the slip says: on the page and on paper. */
export function DepositFacts(props: Omit<Props, "onChanged">) {
  const { office } = props;
  const words = () => cashWords(office.language()).deposit;
  const deposit = () => props.deposit;
  const row = (word: string, text: string | null) => (
    <Show when={text}>
      {(told) => (
        <>
          <dt>{word}</dt>
          <dd>{told()}</dd>
        </>
      )}
    </Show>
  );
  return (
    <>
      <dl class="facts num">
        <dt>{words().amount}</dt>
        <dd class="sum">{office.formats().money(deposit().amount)}</dd>
        {row(words().bank, deposit().bankName)}
        {row(words().day, office.formats().dateTime(deposit().at, office.zoneOf(props.store)).slice(0, 16))}
        {row(words().takenBy, deposit().takenBy)}
        {row(words().madeBy, deposit().madeBy)}
        {row(words().second, deposit().secondPerson)}
        <Show when={deposit().state === "arrived" && deposit().credited}>
          {(credited) => (
            <>
              <dt>{words().credited}</dt>
              <dd>{office.formats().money(credited())}</dd>
            </>
          )}
        </Show>
        {row(words().reason, deposit().reason === "" ? null : deposit().reason)}
      </dl>
      <NotesOf office={office} deposit={deposit()} />
    </>
  );
}

function NotesOf(props: { readonly office: Office; readonly deposit: DepositShown }) {
  const { office } = props;
  const words = () => cashWords(office.language()).deposit;
  const deposit = () => props.deposit;
  const of = (amount: number): string =>
    office.formats().money(money(amount, deposit().amount.currency)).replace(/\.00$/u, "");
  return (
    <Show when={deposit().notes.length > 0}>
      <table class="note-grid num">
        <thead>
          <tr>
            <th>{words().notes}</th>
            <th class="r">{cashWords(office.language()).entry.pieces}</th>
            <th class="r">{words().amount}</th>
          </tr>
        </thead>
        <tbody>
          <For each={deposit().notes}>
            {({ worth, count }) => (
              <tr>
                <td>{of(worth)}</td>
                <td class="r">× {count}</td>
                <td class="r">{of(worth * count)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </Show>
  );
}

/** Why it comes back, and its way to the gateway. */
function createTakingBack(props: Props) {
  const { office } = props;
  const [reason, setReason] = createSignal("");
  const [isFailed, setIsFailed] = createSignal(false);
  const asking = createAsking<{ id: string }>(
    (approval) => cashClient.takeBack({ store: props.store, id: props.deposit.id, reason: reason().trim() }, approval),
    () => props.onChanged(),
    (refusal) => {
      if (refusal === "signedOut") office.setSession(null);
      else setIsFailed(true);
      props.onChanged();
    },
  );
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    setIsFailed(false);
    void asking.run();
  };
  return { reason, setReason, isFailed, asking, send };
}

function TakeBack(props: Props) {
  const { office } = props;
  const words = () => cashWords(office.language()).deposit;
  const [isOpen, setIsOpen] = createSignal(false);
  const { reason, setReason, isFailed, asking, send } = createTakingBack(props);
  return (
    <Show
      when={isOpen()}
      fallback={
        <p>
          <button class="plain" data-testid="cash-take-back" onClick={() => setIsOpen(true)}>
            {words().takeBack}
          </button>
        </p>
      }
    >
      <Show
        when={asking.proposed()}
        fallback={
          <form class="cash-form" onSubmit={send}>
            <p class="soft">{words().takeBackText}</p>
            <label class="cash-field">
              {words().reason}
              <input
                maxLength={depositReasonMax}
                data-testid="cash-back-reason"
                value={reason()}
                onInput={(event) => setReason(event.currentTarget.value)}
              />
            </label>
            <p class="fault" role="alert" hidden={!isFailed()}>
              {words().arrivedMeanwhile}
            </p>
            <button class="go" data-testid="cash-back-go" disabled={reason().trim() === ""}>
              {words().takeBackGo}
            </button>
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
