import { createEffect, createSignal, on, Show, type JSX } from "solid-js";
import { worthOf, type CountBegun } from "../../domain/denominations.ts";
import { money, type CurrencyCode, type Money } from "../../domain/money.ts";
import { loadShiftWords, type ShiftWords } from "../../i18n/areas/shift-words.ts";
import type { ShiftCounter } from "../../register/shift/shift-counter.ts";
import { createAmountEntry } from "../amount-entry.ts";
import { useAreaWords } from "../area-words.ts";
import { useTill } from "../till.ts";
import { AmountKeys } from "./AmountKeys.tsx";
import { CountResult } from "./CountResult.tsx";
import { CountSheet, typedText, type CountWay } from "./CountSheet.tsx";
import { createNoteEntry } from "../note-entry.ts";
import { NoteRows } from "./NoteRows.tsx";

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
        <Show
          when={counter()?.result}
          fallback={<Counting words={spoken()} nth={counter()?.nth ?? 1} begun={counter()?.begun} />}
        >
          {(result) => <CountResult words={spoken()} nth={counter()?.nth ?? 1} result={result()} />}
        </Show>
      )}
    </Show>
  );
}

type CountingProps = {
  readonly words: ShiftWords;
  readonly nth: number;
  /** What was typed before, at the moment the sheet opens. */
  readonly begun: CountBegun | undefined;
};

function Counting(props: CountingProps): JSX.Element {
  const { begun } = props;
  const [isByNote, setIsByNote] = createSignal(begun?.isByNote ?? true);
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
      <Show when={isByNote()} fallback={<ByTotal words={props.words} nth={props.nth} begun={begun} />}>
        <ByNote words={props.words} nth={props.nth} begun={begun} />
      </Show>
    </CountSheet>
  );
}

function currencyOf(state: ReturnType<typeof useTill>["state"]): CurrencyCode {
  return state().settings?.store.currency ?? "CNY";
}

/** Notes and coins each counted; they add up by themselves. */
function ByNote(props: CountingProps): JSX.Element {
  const { register, state } = useTill();
  const before = new Map((props.begun?.notes ?? []).map(({ worth, count }) => [worth, count]));
  const entry = createNoteEntry(before, () => {
    const notes = [...entry.counts()].map(([worth, count]) => ({ worth, count }));
    void register.keepCount({ isByNote: true, notes, typed: "" });
  });
  const total = (): Money => worthOf(entry.counts(), currencyOf(state));
  const done = (): void => void register.countDrawer(total());
  return (
    <>
      <NoteRows words={props.words.count} currency={currencyOf(state)} entry={entry} />
      <CountFoot
        words={props.words}
        nth={props.nth}
        total={total()}
        isEmpty={entry.counts().size === 0}
        isWrong={entry.isAnyWrong()}
        done={done}
      />
    </>
  );
}

/** The sum alone, where it was counted on paper or by a machine. */
function ByTotal(props: CountingProps): JSX.Element {
  const { register, state } = useTill();
  const none = (): Money => money(0, currencyOf(state));
  const done = (): void => {
    if (entry.typed() !== "") void register.countDrawer(entry.amount());
  };
  const entry = createAmountEntry(none, () => entry.typed() !== "", done, props.begun?.typed);
  createEffect(
    on(entry.typed, (typed) => void register.keepCount({ isByNote: false, notes: [], typed }), { defer: true }),
  );
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
  /** Something in it is no number of pieces. */
  readonly isWrong?: boolean;
  readonly done: () => void;
}): JSX.Element {
  const { formats } = useTill();
  const written = (): string => formats().money(props.total);
  const hint = (): string => {
    const { wrong, goHint, goAgainHint } = props.words.count;
    if (props.isWrong === true) return wrong;
    return props.nth === 1 ? goHint : goAgainHint;
  };
  return (
    <div class="countfoot">
      <div class="due">
        <span>{props.words.count.total}</span>
        <strong class="num" data-testid="count-total" aria-live="polite">
          {typedText(written(), props.typed)}
        </strong>
      </div>
      <p class="hint" classList={{ fault: props.isWrong === true }} role="status" data-testid="count-hint">
        {hint()}
      </p>
      <button
        type="button"
        class="pay"
        data-testid="count-done"
        disabled={props.isEmpty || props.isWrong === true}
        onClick={() => props.done()}
      >
        {props.words.count.go(written())}
      </button>
    </div>
  );
}
