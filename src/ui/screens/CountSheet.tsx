import { For, type JSX } from "solid-js";
import { back } from "../act.ts";
import { useTill } from "../till.ts";

/** One of two ways to count: its test id is the sheet's with this behind it. */
export type CountWay = {
  readonly id: string;
  readonly word: string;
  readonly isOn: boolean;
  readonly choose: () => void;
};

/** The sheet on which cash is counted at the till: what it is for, the ways to count, and below them the one chosen. */
export function CountSheet(props: {
  /** Of the sheet for tests; `…-back` leaves it. */
  readonly testId: string;
  readonly class: string;
  readonly nth?: number;
  readonly title: string;
  readonly text: string;
  readonly back: string;
  readonly ways: readonly CountWay[];
  readonly children: JSX.Element;
}): JSX.Element {
  const till = useTill();
  return (
    <div class={`sheet ${props.class}`} data-testid={props.testId} data-nth={props.nth}>
      <header>
        <h1>{props.title}</h1>
        <p>{props.text}</p>
        <button type="button" class="quiet" data-testid={`${props.testId}-back`} onClick={() => back(till)}>
          {props.back} <kbd>Esc</kbd>
        </button>
      </header>
      <div class="countbody">
        <div class="methods">
          <For each={props.ways}>
            {(way) => (
              <button
                type="button"
                data-testid={`${props.testId}-${way.id}`}
                classList={{ on: way.isOn }}
                aria-pressed={way.isOn}
                onClick={() => way.choose()}
              >
                {way.word}
              </button>
            )}
          </For>
        </div>
        {props.children}
      </div>
    </div>
  );
}

/** An amount as it stands while somebody types it: their figures behind the currency's sign, else the amount itself. */
export function typedText(written: string, typed: string | undefined): string {
  return typed === undefined || typed === "" ? written : written.charAt(0) + typed;
}
