import { createSignal, Show, type JSX } from "solid-js";
import { nameOf, type Product } from "../../domain/item.ts";
import { pieces } from "../../domain/quantity.ts";
import { loadKeysWords, type KeysWords } from "../../i18n/areas/keys-words.ts";
import { useAreaWords } from "../area-words.ts";
import { Keypad } from "../parts/Keypad.tsx";
import { useTill } from "../till.ts";
import { Overlay } from "./Overlay.tsx";

/** Digits of a count at most: as many as a line takes. */
const digitsMax = 4;

/** How many pieces of a product whose tile was held down. */
export function HowMany(): JSX.Element {
  const { asked } = useTill();
  const words = useAreaWords(loadKeysWords);
  const product = (): Product | null => {
    const what = asked();
    return what?.kind === "count" ? what.product : null;
  };
  return (
    <Show when={product()}>
      {(found) => <Show when={words()}>{(spoken) => <Ask words={spoken()} product={found()} />}</Show>}
    </Show>
  );
}

function Ask(props: { readonly words: KeysWords; readonly product: Product }): JSX.Element {
  const { register, ask, words, language } = useTill();
  const [text, setText] = createSignal("");
  const count = (): number => Number(text());
  const set = (next: string): void => {
    if (/^(?:[1-9]\d*)?$/.test(next) && next.length <= digitsMax) setText(next);
  };
  const add = (): void => {
    if (count() === 0) return;
    void register.add(props.product, pieces(count()));
    ask(null);
  };
  return (
    <Overlay class="howmany" testId="how-many" label={props.words.howMany.title} close={() => ask(null)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <h1>{nameOf(props.product, language())}</h1>
        <label>
          <span>{props.words.howMany.title}</span>
          <input
            class="num"
            data-testid="how-many-count"
            aria-label={props.words.howMany.label}
            inputmode="none"
            autocomplete="off"
            autofocus
            value={text()}
            onInput={(event) => {
              set(event.currentTarget.value);
              event.currentTarget.value = text();
            }}
          />
        </label>
        <Keypad
          onDigit={(digit) => set(text() + digit)}
          onBack={() => set(text().slice(0, -1))}
          backLabel={words().signOn.back}
          left={null}
        >
          <button type="button" class="word" data-testid="how-many-cancel" onClick={() => ask(null)}>
            {props.words.howMany.cancel}
          </button>
          <button type="submit" class="go two" data-testid="how-many-add" disabled={count() === 0}>
            {props.words.howMany.add(count())}
          </button>
        </Keypad>
      </form>
    </Overlay>
  );
}
