import {
  createEffect,
  createMemo,
  createSignal,
  For,
  onCleanup,
  onMount,
  Show,
  type Accessor,
  type JSX,
} from "solid-js";
import { nameOf, type Product } from "../../domain/item.ts";
import { money } from "../../domain/money.ts";
import { Icon } from "../parts/icons.tsx";
import { onLongPress } from "../gestures.ts";
import { useTill } from "../till.ts";
import { CameraKey, CameraPicture } from "./CameraScan.tsx";
import { ParkedSales } from "./ParkedSales.tsx";

/** A text of digits this long is a code, whatever else it may find. */
const codeLengthMin = 8;
const isCode = (typed: string): boolean => /^\d+$/.test(typed) && typed.length >= codeLengthMin;
/** Tiles drawn at most: more than fit a hand's patience are found by search. */
const tilesMax = 120;
/** Hits of a search drawn at most; it gives one more where there are more. */
const hitsShownMax = 60;

/** What can be sold: one box for scanning and searching, categories, tiles. */
export function Goods(): JSX.Element {
  const { register, state } = useTill();
  const [text, setText] = createSignal("");
  const [category, setCategory] = createSignal<string | null>(null);
  let box: HTMLInputElement | undefined;
  onMount(() => box?.focus({ preventScroll: true }));
  const catalog = () => state().catalog;
  const typed = createMemo(() => text().trim());
  const tiles = createMemo((): readonly Product[] => {
    void catalog().revision;
    const chosen = category();
    return (chosen === null ? catalog().favourites : register.inCategory(chosen)).slice(0, tilesMax);
  });
  // Hits of the text typed last; until they are there, what was shown before stays. Null while nothing is typed.
  const [hits, setHits] = createSignal<readonly Product[] | null>(null);
  createEffect(() => {
    void catalog().revision;
    const asked = typed();
    if (asked === "") setHits(null);
    else void register.search(asked).then((found) => (typed() === asked ? setHits(found) : undefined));
  });
  const products = (): readonly Product[] => hits()?.slice(0, hitsShownMax) ?? tiles();
  const enter = async (): Promise<void> => {
    const asked = typed();
    if (asked === "") return;
    setText("");
    const [first] = isCode(asked) ? [] : await register.search(asked);
    if (first === undefined) await register.scan(asked);
    else await register.add(first);
  };
  const press = (product: Product): void => {
    void register.add(product);
    setText("");
    if (matchMedia("(pointer: fine)").matches) box?.focus({ preventScroll: true });
  };
  return (
    <div class="goods">
      <ScanBox text={text()} setText={setText} enter={() => void enter()} keep={(made) => (box = made)} />
      <CameraPicture />
      <ParkedSales />
      <Categories
        chosen={category()}
        choose={(next) => {
          setCategory(next);
          setText("");
        }}
      />
      <Coverage />
      <Show when={products().length > 0} fallback={<NothingHere text={typed()} />}>
        <div class="tiles" data-testid="tiles">
          <For each={products()}>{(product) => <Tile product={product} press={press} />}</For>
          <MoreFound found={hits()?.length ?? 0} />
        </div>
      </Show>
    </div>
  );
}

/** Under the last tile of a search that found more than are drawn: that there are more, and how to come to them. */
function MoreFound(props: { readonly found: number }): JSX.Element {
  const { words } = useTill();
  return (
    <Show when={props.found > hitsShownMax}>
      <p class="more" role="status" data-testid="more-found">
        {words().goods.moreFound(hitsShownMax)}
      </p>
    </Show>
  );
}

/** One box for scanning and searching; the scanner itself works wherever the focus is. */
function ScanBox(props: {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly enter: () => void;
  readonly keep: (box: HTMLInputElement) => void;
}): JSX.Element {
  const { words } = useTill();
  const isNarrow = createNarrow();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    props.enter();
  };
  return (
    <div class="scan">
      <Icon name="search" />
      <input
        ref={(made) => props.keep(made)}
        data-testid="scan-box"
        value={props.text}
        onInput={(event) => props.setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        placeholder={isNarrow() ? words().goods.scanHintShort : words().goods.scanHint}
        aria-label={words().goods.scanHint}
        autocomplete="off"
        spellcheck={false}
        inputmode="search"
        maxLength={64}
      />
      <CameraKey />
    </div>
  );
}

/** Whether there is room for few words only, as on a phone. */
function createNarrow(): Accessor<boolean> {
  const room = matchMedia("(max-width: 600px)");
  const [isNarrow, setNarrow] = createSignal(room.matches);
  const onChange = (): void => void setNarrow(room.matches);
  room.addEventListener("change", onChange);
  onCleanup(() => room.removeEventListener("change", onChange));
  return isNarrow;
}

function Categories(props: {
  readonly chosen: string | null;
  readonly choose: (category: string | null) => void;
}): JSX.Element {
  const { state, words, language } = useTill();
  const key = (id: string | null, name: () => string): JSX.Element => (
    <button
      type="button"
      classList={{ on: props.chosen === id }}
      aria-pressed={props.chosen === id}
      onClick={() => props.choose(id)}
    >
      {name()}
    </button>
  );
  return (
    <nav class="cats" aria-label={words().goods.favourites}>
      {key(null, () => words().goods.favourites)}
      <For each={state().catalog.categories}>{(each) => key(each.id, () => each.names[language()])}</For>
    </nav>
  );
}

function Tile(props: { readonly product: Product; readonly press: (product: Product) => void }): JSX.Element {
  const { shell, ask, state, words, formats, language } = useTill();
  const price = () => formats().money(money(props.product.price, state().settings?.store.currency ?? "CNY"));
  return (
    <button
      type="button"
      class="tile"
      data-testid={`tile-${props.product.id}`}
      ref={(tile) =>
        onLongPress(
          tile,
          (delayMs, task) => shell.clock.after(delayMs, task),
          () =>
            props.product.unit === "kg" ? props.press(props.product) : ask({ kind: "count", product: props.product }),
        )
      }
      onClick={() => props.press(props.product)}
    >
      <span>{nameOf(props.product, language())}</span>
      <em class="num">
        <i>
          {price()}
          {props.product.unit === "kg" ? words().perKg : ""}
        </i>
        <Show when={props.product.listPrice !== null}>
          <s>{words().goods.offer}</s>
        </Show>
      </em>
    </button>
  );
}

/** How much of the catalogue is on this till, while it is not all of it. */
function Coverage(): JSX.Element {
  const { state, words } = useTill();
  const catalog = () => state().catalog;
  return (
    <Show when={catalog().products > 0 && catalog().products < catalog().total}>
      <p class="coverage num" data-testid="catalog-coverage" role="status">
        {words().goods.loading(catalog().products, catalog().total)}
        <progress max={catalog().total} value={catalog().products} />
      </p>
    </Show>
  );
}

function NothingHere(props: { readonly text: string }): JSX.Element {
  const { state, words } = useTill();
  const catalog = () => state().catalog;
  return (
    <Show
      when={props.text !== "" && catalog().products > 0}
      fallback={
        <p class="empty" data-testid="catalog-loading">
          <b>{words().goods.loading(catalog().products, catalog().total)}</b>
        </p>
      }
    >
      <p class="empty" data-testid="nothing-found">
        <b>{words().goods.nothingFound(props.text).title}</b>
        <span>{words().goods.nothingFound(props.text).text}</span>
      </p>
    </Show>
  );
}
