import { createSignal, Show, type JSX } from "solid-js";
import { worthOf } from "../../domain/denominations.ts";
import { money, type CurrencyCode, type Money } from "../../domain/money.ts";
import { loadShiftWords, type ShiftWords } from "../../i18n/areas/shift-words.ts";
import type { ShiftCounter } from "../../register/state.ts";
import { createAmountEntry } from "../amount-entry.ts";
import { useAreaWords } from "../area-words.ts";
import { useTill } from "../till.ts";
import { AmountKeys } from "./AmountKeys.tsx";
import { CountResult } from "./CountResult.tsx";
import { CountSheet, typedText, type CountWay } from "./CountSheet.tsx";
import { NoteRows, type NoteCounts } from "./NoteRows.tsx";

type Count = Extract<ShiftCounter, { kind: "count" }>;

/** The drawer is counted blind; what must be there shows only when the count stands. */
export function CountDrawer(): JSX.Element {
  const { state } = useTill();
  const words = useAreaWords(loadShiftWords);
  const counter = (): Count | null => {
    const { counter: shown } = state();
    return shown.kind === "count" ? shown : null;
  };
  return (
    <Show when={words()}>
      {(spoken) => (
        <Show when={counter()?.result} fallback={<Counting words={spoken()} nth={counter()?.nth ?? 1} />}>
          {(result) => <CountResult words={spoken()} nth={counter()?.nth ?? 1} result={result()} />}
        </Show>
      )}
    </Show>
  );
}

function Counting(props: { readonly words: ShiftWords; readonly nth: number }): JSX.Element {
  const [isByNote, setIsByNote] = createSignal(true);
  const words = () => props.words.count;
  const way = (id: string, byNote: boolean, word: string): CountWay => ({
    id,
    word,
    isOn: isByNote() === byNote,
    choose: () => setIsByNote(byNote),
  });
  return (
    <CountSheet
      testId="count"
      class="count"
      nth={props.nth}
      title={props.nth === 1 ? words().title : words().again}
      text={words().blind}
      back={props.words.cancel}
      ways={[way("by-note", true, words().byNote), way("by-total", false, words().byTotal)]}
    >
      <Show when={isByNote()} fallback={<ByTotal words={props.words} nth={props.nth} />}>
        <ByNote words={props.words} nth={props.nth} />
      </Show>
    </CountSheet>
  );
}

function currencyOf(state: ReturnType<typeof useTill>["state"]): CurrencyCode {
  return state().settings?.store.currency ?? "CNY";
}

/** Notes and coins each counted; they add up by themselves. */
function ByNote(props: { readonly words: ShiftWords; readonly nth: number }): JSX.Element {
  const { register, state } = useTill();
  const [counts, setCounts] = createSignal<NoteCounts>(new Map());
  const total = (): Money => worthOf(counts(), currencyOf(state));
  const done = (): void => void register.countDrawer(total());
  return (
    <>
      <NoteRows words={props.words.count} currency={currencyOf(state)} counts={counts()} setCounts={setCounts} />
      <CountFoot words={props.words} nth={props.nth} total={total()} isEmpty={counts().size === 0} done={done} />
    </>
  );
}

/** The sum alone, where it was counted on paper or by a machine. */
function ByTotal(props: { readonly words: ShiftWords; readonly nth: number }): JSX.Element {
  const { register, state } = useTill();
  const none = (): Money => money(0, currencyOf(state));
  const done = (): void => {
    if (entry.typed() !== "") void register.countDrawer(entry.amount());
  };
  const entry = createAmountEntry(none, () => entry.typed() !== "", done);
  return (
    <>
      <div class="totalkeys">
        <AmountKeys entry={entry} />
      </div>
      <CountFoot
        words={props.words}
        nth={props.nth}
        total={entry.amount()}
        typed={entry.typed()}
        isEmpty={entry.typed() === ""}
        done={done}
      />
    </>
  );
}

function CountFoot(props: {
  readonly words: ShiftWords;
  readonly nth: number;
  readonly total: Money;
  readonly typed?: string;
  /** Nothing was entered yet; an empty drawer is a 0 that somebody entered. */
  readonly isEmpty: boolean;
  readonly done: () => void;
}): JSX.Element {
  const { formats } = useTill();
  const written = (): string => formats().money(props.total);
  return (
    <div class="countfoot">
      <div class="due">
        <span>{props.words.count.total}</span>
        <strong class="num" data-testid="count-total" aria-live="polite">
          {typedText(written(), props.typed)}
        </strong>
      </div>
      <p class="hint">{props.nth === 1 ? props.words.count.goHint : props.words.count.goAgainHint}</p>
      <button type="button" class="pay" data-testid="count-done" disabled={props.isEmpty} onClick={() => props.done()}>
        {props.words.count.go(written())}
      </button>
    </div>
  );
}
