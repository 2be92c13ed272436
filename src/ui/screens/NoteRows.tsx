import { For, type JSX } from "solid-js";
import { denominationsOf, type Denomination } from "../../domain/denominations.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import type { ShiftWords } from "../../i18n/areas/shift-words.ts";
import type { NoteEntry } from "../note-entry.ts";
import { useTill } from "../till.ts";

/** A row for each note and coin: fewer, how many, more, and what they come to. Enter goes on to the next. */
export function NoteRows(props: {
  readonly words: ShiftWords["count"];
  readonly currency: CurrencyCode;
  readonly entry: NoteEntry;
}): JSX.Element {
  const { formats } = useTill();
  const fields: HTMLInputElement[] = [];
  const of = (worth: number): number => props.entry.counts().get(worth) ?? 0;
  const name = (each: Denomination): string => formats().money(money(each.worth, props.currency)).replace(/\.00$/, "");
  const go = (event: KeyboardEvent, at: number): void => {
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = fields[at + step];
    if (next !== undefined) next.focus();
    else if (event.key === "Enter") document.querySelector<HTMLElement>('[data-testid="count-done"]')?.focus();
  };
  return (
    <ul class="notes num" data-testid="notes">
      <For each={denominationsOf[props.currency]}>
        {(each, index) => (
          <NoteRow
            words={props.words}
            name={name(each)}
            of={each}
            count={of(each.worth)}
            worth={formats().amount(money(each.worth * of(each.worth), props.currency))}
            isWrong={props.entry.isWrong(each.worth)}
            set={(count) => props.entry.set(each.worth, count)}
            type={(text) => props.entry.type(each.worth, text)}
            field={(field) => (fields[index()] = field)}
            go={(event) => go(event, index())}
          />
        )}
      </For>
    </ul>
  );
}

function NoteRow(props: {
  readonly words: ShiftWords["count"];
  readonly name: string;
  readonly of: Denomination;
  readonly count: number;
  readonly worth: string;
  readonly isWrong: boolean;
  readonly set: (count: number) => void;
  readonly type: (text: string) => void;
  readonly field: (field: HTMLInputElement) => void;
  readonly go: (event: KeyboardEvent) => void;
}): JSX.Element {
  return (
    <li>
      <span class="note">
        <b>{props.name}</b> <small>{props.of.isCoin ? props.words.coin : props.words.note}</small>
      </span>
      <button
        type="button"
        aria-label={props.words.less(props.name)}
        data-testid={`less-${props.of.worth}`}
        disabled={props.count === 0}
        onClick={() => props.set(props.count - 1)}
      >
        −
      </button>
      <input
        ref={(field) => props.field(field)}
        data-testid={`count-${props.of.worth}`}
        aria-label={props.words.howMany(props.name)}
        inputmode="numeric"
        autocomplete="off"
        maxLength={5}
        aria-invalid={props.isWrong ? "true" : undefined}
        value={props.count}
        classList={{ none: props.count === 0 }}
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => props.type(event.currentTarget.value)}
        onBlur={(event) => props.isWrong || (event.currentTarget.value = String(props.count))}
        onKeyDown={(event) => props.go(event)}
      />
      <button
        type="button"
        aria-label={props.words.more(props.name)}
        data-testid={`more-${props.of.worth}`}
        onClick={() => props.set(props.count + 1)}
      >
        +
      </button>
      <span class="worth" classList={{ none: props.count === 0 }}>
        {props.worth}
      </span>
    </li>
  );
}
