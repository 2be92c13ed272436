import { createSignal, For, Show } from "solid-js";
import { Icon } from "../../ui/parts/icons.tsx";
import type { Office } from "../office.ts";

export type Choice = { readonly value: string; readonly name: string };
/** Typing is over when nothing was typed for this long. */
const searchPauseMs = 250;

/** A choice of one, written as "Till: all"; `value` undefined stands for all. */
export function Chooser(props: {
  readonly title: string;
  readonly all: string | null;
  /** One has to be chosen: `all` is what is written until then, and cannot be gone back to. */
  readonly isNeeded?: boolean;
  readonly value: string | undefined;
  readonly choices: readonly Choice[];
  readonly testId: string;
  readonly choose: (value: string | undefined) => void;
}) {
  return (
    <label class="pick" classList={{ set: props.value !== undefined && props.all !== null && props.isNeeded !== true }}>
      <span>{props.title}</span>
      <select
        data-testid={props.testId}
        onChange={(event) => {
          const { value } = event.currentTarget;
          props.choose(value === "" ? undefined : value);
        }}
      >
        <Show when={props.all}>
          {(all) => (
            <option value="" selected={props.value === undefined} hidden={props.isNeeded === true}>
              {all()}
            </option>
          )}
        </Show>
        <For each={props.choices}>
          {(each) => (
            <option value={each.value} selected={each.value === props.value}>
              {each.name}
            </option>
          )}
        </For>
      </select>
    </label>
  );
}

/** A day, or a moment of one; the browser's own calendar lies over it, unseen until it is opened. */
export function DayChoice(props: {
  readonly title: string;
  readonly value: string;
  /** What is written in place of an empty value. */
  readonly empty?: string;
  /** What is said of the day, such as that it is today. */
  readonly note?: string | undefined;
  readonly min?: string;
  readonly max?: string;
  readonly kind?: "date" | "datetime-local";
  /** What takes the choice away again; not offered where there is no word for it. */
  readonly clear?: string;
  readonly testId: string;
  readonly choose: (day: string) => void;
}) {
  return (
    <span class="day-choice">
      <label class="date">
        <span>{props.title}</span>
        <b class="num">{props.value === "" ? props.empty : props.value.replace("T", " ")}</b>
        <Show when={props.note}>
          <span>{props.note}</span>
        </Show>
        <Icon name="down" />
        <input
          type={props.kind ?? "date"}
          min={props.min}
          max={props.max}
          data-testid={props.testId}
          value={props.value}
          onClick={(event) => event.currentTarget.showPicker()}
          onChange={(event) => props.choose(event.currentTarget.value)}
        />
      </label>
      <Show when={props.value !== "" && props.clear}>
        {(clear) => (
          <button class="icon-only" aria-label={clear()} title={clear()} onClick={() => props.choose("")}>
            <Icon name="close" />
          </button>
        )}
      </Show>
    </span>
  );
}

/** Searches when typing pauses; Escape clears. */
export function SearchBox(props: {
  readonly office: Office;
  readonly hint: string;
  /** Beside other filters it is narrow. */
  readonly isWide?: boolean;
  readonly value: string;
  readonly testId: string;
  readonly search: (text: string) => void;
}) {
  const words = () => props.office.words().search;
  const [typed, setTyped] = createSignal(props.value);
  let stop = (): void => undefined;
  const type = (text: string): void => {
    setTyped(text);
    stop();
    stop = props.office.browser.clock.every(searchPauseMs, () => {
      stop();
      props.search(text);
    });
  };
  const clear = (): void => {
    stop();
    setTyped("");
    props.search("");
  };
  return (
    <div class="search" classList={{ narrow: props.isWide !== true }}>
      <Icon name="search" />
      <input
        type="text"
        inputMode="search"
        spellcheck={false}
        autocomplete="off"
        maxLength={64}
        aria-label={words().label}
        placeholder={props.hint}
        data-testid={props.testId}
        value={typed()}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || typed() === "") return;
          event.stopPropagation();
          clear();
        }}
      />
      <Show when={typed() !== ""}>
        <button class="icon-only" aria-label={words().clear} title={words().clear} onClick={clear}>
          <Icon name="close" />
        </button>
      </Show>
    </div>
  );
}
