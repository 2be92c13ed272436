import { createSignal, Show } from "solid-js";
import { outsideWords } from "../../i18n/outside-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { Boxes } from "../Boxes.tsx";
import { LongNumber } from "../Panel.tsx";
import type { Office } from "../office.ts";

/** Something secret, on the screen this once: with a way to copy it, and to say that it is kept. */
export function ShownOnce(props: {
  readonly office: Office;
  readonly title: string;
  readonly text: string;
  readonly secret: string;
  readonly done: () => void;
}) {
  const words = () => outsideWords(props.office.language());
  return (
    <div class="once secret-once">
      <h4>{props.title}</h4>
      <p class="about">{props.text}</p>
      <p class="secret" data-testid="secret-once">
        <LongNumber office={props.office} text={props.secret} label={props.title} />
      </p>
      <p class="instead">
        <Icon name="warning" />
        {words().once}
      </p>
      <button class="go" data-testid="secret-kept" onClick={() => props.done()}>
        {words().done}
      </button>
    </div>
  );
}

/** What cannot be undone: pressed, read what it means, pressed again. */
export function Irrevocable(props: {
  readonly office: Office;
  readonly word: string;
  readonly meaning: string;
  readonly testId: string;
  readonly run: () => void;
}) {
  const [isAsked, setAsked] = createSignal(false);
  return (
    <Show
      when={isAsked()}
      fallback={
        <div class="buttons">
          <button class="plain danger" data-testid={props.testId} onClick={() => setAsked(true)}>
            {props.word}
          </button>
        </div>
      }
    >
      <p class="instead">
        <Icon name="warning" />
        {props.meaning}
      </p>
      <div class="buttons">
        <button class="plain danger" data-testid={`${props.testId}-sure`} onClick={() => props.run()}>
          {props.word}
        </button>
        <button class="plain" onClick={() => setAsked(false)}>
          {outsideWords(props.office.language()).cancel}
        </button>
      </div>
    </Show>
  );
}

/** Every store, or some. Not asked in a shop of one. */
export function StoresChoice(props: {
  readonly office: Office;
  /** Null: every store. */
  readonly stores: readonly string[] | null;
  readonly choose: (stores: string[] | null) => void;
}) {
  const { office } = props;
  const words = () => outsideWords(office.language());
  const ids = (): readonly string[] => office.stores().map(({ id }) => id);
  return (
    <Show when={ids().length > 1}>
      <fieldset class="radios">
        <legend>{words().whichStores}</legend>
        <label>
          <input
            type="radio"
            name="stores"
            data-testid="stores-every"
            checked={props.stores === null}
            onChange={() => props.choose(null)}
          />
          {words().everyStore}
        </label>
        <label>
          <input
            type="radio"
            name="stores"
            data-testid="stores-some"
            checked={props.stores !== null}
            onChange={() => props.choose([])}
          />
          {words().theseStores}
        </label>
      </fieldset>
      <Show when={props.stores}>
        {(stores) => (
          <div class="chosen-stores">
            <Boxes
              title=""
              all={ids()}
              chosen={stores()}
              nameOf={office.storeName}
              testId="stores"
              choose={(chosen) => props.choose(chosen)}
            />
          </div>
        )}
      </Show>
    </Show>
  );
}

/** Stores by name; all of them in a word. */
export function storesText(office: Office, stores: readonly string[] | null): string {
  return stores === null ? office.words().allStores : office.formats().list(stores.map(office.storeName));
}

/** A moment in the first store's time, to the minute. */
export function momentText(office: Office, at: Parameters<ReturnType<Office["formats"]>["dateTime"]>[0]): string {
  return office
    .formats()
    .dateTime(at, office.stores()[0]?.zone ?? "UTC")
    .slice(0, 16);
}
