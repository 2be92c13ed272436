import { createSignal, Show } from "solid-js";
import type { OfficeCash, SafeCountedAnswer } from "../../contract/cash.ts";
import { subtract, type Money } from "../../domain/money.ts";
import { cashWords } from "../../i18n/cash-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import type { Office } from "../office.ts";
import { PanelHead } from "../PanelHead.tsx";
import { AskSecond, createAsking } from "../people/ask-second.tsx";
import { cashClient } from "./cash-client.ts";
import { createCounting, NoteEntry, type CountKept } from "./NoteEntry.tsx";

/** The safe is counted by two, blind; then what it came to. */
export function CountPanel(props: {
  readonly office: Office;
  readonly cash: OfficeCash;
  readonly onChanged: () => void;
}) {
  const { office } = props;
  const words = () => cashWords(office.language());
  // the page hears of the count while its panel is open: it stays what it was opened as
  const isFirst = !props.cash.isCounted;
  const begun = `count/${props.cash.store}`;
  const counting = createCounting(() => props.cash.currency, keptAs(office, begun));
  const [isFailed, setIsFailed] = createSignal(false);
  const [found, setFound] = createSignal<SafeCountedAnswer | null>(null);
  const asking = createAsking<SafeCountedAnswer>(
    (approval) => {
      const counted = counting.amount()?.amount ?? 0;
      const { store } = props.cash;
      return cashClient.count({ store, counted, notes: counting.notes(), opening: isFirst }, approval);
    },
    (told) => {
      office.browser.keep(begun, null);
      setFound(told);
      props.onChanged();
    },
    (refusal) => (refusal === "signedOut" ? office.setSession(null) : setIsFailed(true)),
  );
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    setIsFailed(false);
    void asking.run();
  };
  return (
    <aside class="panel" aria-label={words().count.title} data-testid="cash-count-panel">
      <PanelHead office={office} title={words().count.title} close={() => office.close()} />
      <div class="panel-body">
        <Show when={found()} fallback={<p class="soft">{isFirst ? words().count.firstText : words().count.text}</p>}>
          {(told) => <Result office={office} told={told()} />}
        </Show>
        <Show when={found() === null && asking.proposed()}>
          {(id) => (
            <AskSecond office={office} id={id()} done={(approval) => void asking.run(approval)} leave={asking.leave} />
          )}
        </Show>
        <Show when={found() === null && asking.proposed() === null}>
          <form class="cash-form" onSubmit={send}>
            <NoteEntry office={office} currency={props.cash.currency} counting={counting} />
            <p class="fault" role="alert" hidden={!isFailed()}>
              {words().failed}
            </p>
            <button class="go" data-testid="cash-count-go" disabled={counting.amount() === null}>
              {words().count.go}
            </button>
          </form>
        </Show>
      </div>
    </aside>
  );
}

/** A count that was begun outlives a reload of its tab. */
function keptAs({ browser }: Office, name: string): CountKept {
  return { kept: () => browser.kept(name), keep: (typed) => browser.keep(name, typed) };
}

function Result(props: { readonly office: Office; readonly told: SafeCountedAnswer }) {
  const { office } = props;
  const words = () => cashWords(office.language()).count;
  const off = (): Money => subtract(props.told.counted, props.told.expected);
  return (
    <div class="count-result" data-testid="cash-count-result">
      <dl class="facts">
        <dt>{words().counted}</dt>
        <dd class="num">{office.formats().money(props.told.counted)}</dd>
        <dt>{words().expected}</dt>
        <dd class="num">{office.formats().money(props.told.expected)}</dd>
      </dl>
      <Show
        when={off().amount !== 0}
        fallback={
          <p class="state received" role="status">
            <Icon name="check" />
            <Show when={props.told.opening} fallback={words().exact}>
              {(opening) => (
                <span>
                  {words().opening} <b class="num">{office.formats().money(opening())}</b>
                </span>
              )}
            </Show>
          </p>
        }
      >
        <p class="state danger" role="status">
          <Icon name="warning" />
          <span>
            {off().amount > 0 ? words().over : words().short} <b class="num">{office.formats().money(off())}</b>
          </span>
        </p>
        <p class="soft">{words().next}</p>
      </Show>
      <button class="plain" onClick={() => office.close()}>
        {words().done}
      </button>
    </div>
  );
}
