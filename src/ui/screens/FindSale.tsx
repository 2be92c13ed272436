import { createMemo, For, onMount, Show, type JSX } from "solid-js";
import { linesLeft } from "../../domain/returns.ts";
import { loadReturnWords, type ReturnWords } from "../../i18n/areas/return-words.ts";
import type { FoundSale } from "../../register/returning/found-sale.ts";
import { soldSaleOf } from "../../register/returning/return-goods.ts";
import type { Counter } from "../../register/state.ts";
import { useAreaWords } from "../area-words.ts";
import { Icon } from "../parts/icons.tsx";
import { saleTime } from "../sale-time.ts";
import { tenderName } from "../tender-name.ts";
import { useTill } from "../till.ts";
import { CameraKey, CameraPicture } from "./CameraScan.tsx";

type Finding = Extract<Counter, { kind: "find" }>;

/** Looking for a past sale: by receipt, by our number, by the number on the payer's bill. */
export function FindSale(): JSX.Element {
  const { register, state } = useTill();
  const words = useAreaWords(loadReturnWords);
  const view = (): Finding | null => {
    const { counter } = state();
    return counter.kind === "find" ? counter : null;
  };
  // only a new search writes into the box: other news must not take out what is being typed
  const query = createMemo((): string => view()?.query ?? "");
  return (
    <Show when={words()}>
      {(told) => (
        <div class="finder" data-testid="find">
          <header>
            <h1>{told().find.title}</h1>
            <button type="button" class="quiet" data-testid="find-back" onClick={() => register.backToGoods()}>
              {told().back} <kbd>Esc</kbd>
            </button>
          </header>
          <NumberBox words={told()} query={query()} />
          <CameraPicture />
          <Show when={view()?.offline === true || !state().connection.online}>
            <p class="aside doubt" role="status" data-testid="find-offline">
              <Icon name="offline" /> {told().find.offline}
            </p>
          </Show>
          <Show when={view()}>{(finding) => <Answer words={told()} view={finding()} />}</Show>
        </div>
      )}
    </Show>
  );
}

function NumberBox(props: { readonly words: ReturnWords; readonly query: string }): JSX.Element {
  const { register } = useTill();
  let box!: HTMLInputElement;
  onMount(() => {
    box.focus({ preventScroll: true });
    box.select();
  });
  const find = (): void => void register.findSale(box.value);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    find();
  };
  return (
    <div class="scan">
      <Icon name="search" />
      <input
        ref={box}
        data-testid="find-box"
        value={props.query}
        onKeyDown={onKeyDown}
        placeholder={props.words.find.hint}
        aria-label={props.words.find.hint}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        enterkeyhint="search"
        maxLength={64}
      />
      <button type="button" class="key word" data-testid="find-go" onClick={find}>
        {props.words.find.go}
      </button>
      <CameraKey />
    </div>
  );
}

/** What the search came to, or what can be looked for. */
function Answer(props: { readonly words: ReturnWords; readonly view: Finding }): JSX.Element {
  const told = () => (props.view.offline ? props.words.find.noneOffline : props.words.find.none)(props.view.query);
  return (
    <Show when={!props.view.busy} fallback={<Asking text={props.words.find.asking(props.view.query)} />}>
      <Show when={props.view.found} fallback={<Numbers words={props.words} />}>
        {(found) => (
          <Show
            when={found().length > 0}
            fallback={
              <div class="told nonefound" role="status" data-testid="find-none">
                <h2>{told().title}</h2>
                <p>{told().text}</p>
                <Numbers words={props.words} isAgain />
              </div>
            }
          >
            <h2>{props.words.find.several(found().length)}</h2>
            <ul class="foundlist" data-testid="find-results">
              <For each={found()}>{(sale) => <FoundRow words={props.words} sale={sale} />}</For>
            </ul>
          </Show>
        )}
      </Show>
    </Show>
  );
}

function Asking(props: { readonly text: string }): JSX.Element {
  return (
    <p class="empty" role="status" data-testid="find-busy">
      <b>{props.text}</b>
    </p>
  );
}

function Numbers(props: { readonly words: ReturnWords; readonly isAgain?: boolean }): JSX.Element {
  return (
    <section class="numbers" data-testid="find-numbers">
      <Show when={props.isAgain !== true}>
        <h2>{props.words.find.start}</h2>
      </Show>
      <dl>
        <For each={props.words.find.numbers}>
          {(each) => (
            <div>
              <dt>{each.where}</dt>
              <dd>{each.which}</dd>
            </div>
          )}
        </For>
      </dl>
    </section>
  );
}

function FoundRow(props: { readonly words: ReturnWords; readonly sale: FoundSale }): JSX.Element {
  const till = useTill();
  const { register, words, formats, language, zone, now } = till;
  const sale = () => props.sale.body.sale;
  const state = (): string | null => {
    if (linesLeft(soldSaleOf(props.sale), props.sale.returned).length === 0) return props.words.find.allBack;
    return props.sale.returned.length > 0 ? props.words.find.partBack : null;
  };
  return (
    <li>
      <button
        type="button"
        data-testid={`found-${props.sale.body.receipt}`}
        onClick={() => register.openFound(props.sale)}
      >
        <b class="num">{saleTime(props.sale.completedAt, now(), zone(), formats(), props.words.days)}</b>
        <span>
          <span class="name">{words().parked.sale(sale().lines[0]?.names[language()] ?? "", sale().lines.length)}</span>
          <small class="num">
            {props.sale.body.receipt} · {words().till(props.sale.tillLabel)} · {paidBy(props.sale, props.words, till)}
          </small>
          <Show when={state()}>{(text) => <small class="save">{text()}</small>}</Show>
        </span>
        <strong class="num">{formats().money(sale().total)}</strong>
      </button>
    </li>
  );
}

/** How a past sale was paid: each tender with its amount, and whether nobody has proved it. */
export function paidBy(
  sale: FoundSale,
  words: ReturnWords,
  till: Pick<ReturnType<typeof useTill>, "words" | "formats">,
): string {
  const tenders = sale.body.tenders.map(
    (tender) => `${tenderName(tender, words.cash, till.words())} ${till.formats().amount(tender.amount)}`,
  );
  return tenders.length === 0 ? words.find.nothingPaid : words.find.paid(tenders.join(" + "));
}
