import { For, type JSX } from "solid-js";
import { denominationsOf, type Denomination } from "../../domain/denominations.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import type { ShiftWords } from "../../i18n/areas/shift-words.ts";
import { useTill } from "../till.ts";

/** How many of each note and coin, by its worth in minor units. */
export type NoteCounts = ReadonlyMap<number, number>;

/** More of one kind than a drawer holds is a slip. */
const countMax = 9_999;

/** A row for each note and coin: fewer, how many, more, and what they come to. Enter goes on to the next. */
export function NoteRows(props: {
  readonly words: ShiftWords["count"];
  readonly currency: CurrencyCode;
  readonly counts: NoteCounts;
  readonly setCounts: (counts: NoteCounts) => void;
}): JSX.Element {
  const { formats } = useTill();
  const fields: HTMLInputElement[] = [];
  const of = (worth: number): number => props.counts.get(worth) ?? 0;
  const set = (worth: number, count: number): void => {
    const kept = Math.min(Math.max(count, 0), countMax);
    props.setCounts(new Map([...props.counts, [worth, kept]]));
  };
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
            set={(count) => set(each.worth, count)}
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
  readonly set: (count: number) => void;
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
        maxLength={4}
        value={props.count}
        classList={{ none: props.count === 0 }}
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => props.set(Number(event.currentTarget.value.replaceAll(/\D/g, "")))}
        onBlur={(event) => (event.currentTarget.value = String(props.count))}
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
