import { createSignal, Show, type JSX } from "solid-js";
import { notesOf, worthOf } from "../../domain/denominations.ts";
import { money, subtract, type Money } from "../../domain/money.ts";
import { loadShiftWords, type ShiftWords } from "../../i18n/areas/shift-words.ts";
import { createAmountEntry } from "../amount-entry.ts";
import { useAreaWords } from "../area-words.ts";
import { useTill } from "../till.ts";
import { AmountKeys } from "./AmountKeys.tsx";
import { CountSheet, typedText, type CountWay } from "./CountSheet.tsx";
import { createNoteEntry } from "../note-entry.ts";
import { NoteRows } from "./NoteRows.tsx";

/** 缴款: of what was counted some stays as the next float; the rest is handed over to somebody, who proves it. */
export function HandOver(): JSX.Element {
  const { state } = useTill();
  const words = useAreaWords(loadShiftWords);
  const counted = (): Money | null => {
    const { counter } = state();
    return counter.kind === "handOver" ? counter.result.counted : null;
  };
  return (
    <Show when={words()}>
      {(spoken) => <Show when={counted()}>{(of) => <Page words={spoken()} counted={of()} />}</Show>}
    </Show>
  );
}

type Props = { readonly words: ShiftWords; readonly counted: Money };

function Page(props: Props): JSX.Element {
  const [isByNote, setIsByNote] = createSignal(false);
  const words = () => props.words.handOver;
  const way = (id: string, byNote: boolean, word: string): CountWay => ({
    id,
    word,
    isOn: isByNote() === byNote,
    choose: () => setIsByNote(byNote),
  });
  return (
    <CountSheet
      testId="hand-over"
      class="count handover"
      title={words().title}
      text={words().text}
      back={props.words.cancel}
      ways={[way("by-float", false, words().byFloat), way("by-note", true, words().byNote)]}
    >
      <Show when={isByNote()} fallback={<ByFloat words={props.words} counted={props.counted} />}>
        <ByNote words={props.words} counted={props.counted} />
      </Show>
    </CountSheet>
  );
}

/** The float that stays is typed, the shop's usual one to begin with; the rest is worked out. */
function ByFloat(props: Props): JSX.Element {
  const { register, state } = useTill();
  const usual = (): Money =>
    money(Math.min(state().settings?.rules?.float ?? 0, props.counted.amount), props.counted.currency);
  const isReady = (): boolean => entry.amount().amount < props.counted.amount;
  const done = (kept: Money): void => void register.handOver(kept, []);
  const entry = createAmountEntry(usual, isReady, done);
  return (
    <>
      <div class="totalkeys">
        <AmountKeys entry={entry} />
      </div>
      <Foot
        words={props.words}
        counted={props.counted}
        kept={entry.amount()}
        typed={entry.typed()}
        done={() => done(entry.amount())}
      />
    </>
  );
}

/** What is handed over is counted out by note; what is left stays. */
function ByNote(props: Props): JSX.Element {
  const { register } = useTill();
  const entry = createNoteEntry();
  const kept = (): Money => subtract(props.counted, worthOf(entry.counts(), props.counted.currency));
  return (
    <>
      <NoteRows words={props.words.count} currency={props.counted.currency} entry={entry} />
      <Foot
        words={props.words}
        counted={props.counted}
        kept={kept()}
        isWrong={entry.isAnyWrong()}
        done={() => void register.handOver(kept(), notesOf(entry.counts()))}
      />
    </>
  );
}

function Foot(
  props: Props & {
    readonly kept: Money;
    readonly typed?: string;
    readonly isWrong?: boolean;
    readonly done: () => void;
  },
): JSX.Element {
  const { register, formats } = useTill();
  const words = () => props.words.handOver;
  const written = (amount: Money): string => formats().money(amount);
  const amount = (): Money => subtract(props.counted, props.kept);
  const isTooMuch = (): boolean => props.kept.amount < 0 || amount().amount < 0;
  const hint = (): string => {
    if (props.isWrong === true) return props.words.count.wrong;
    return isTooMuch() ? words().tooMuch : words().hint;
  };
  const shown = (): Money => (isTooMuch() ? money(0, props.counted.currency) : amount());
  return (
    <div class="countfoot">
      <dl class="figurelist num">
        <div>
          <dt>{words().counted}</dt>
          <dd data-testid="hand-over-counted">{written(props.counted)}</dd>
        </div>
        <div>
          <dt>{words().kept}</dt>
          <dd data-testid="hand-over-kept" aria-live="polite">
            {typedText(written(props.kept), props.typed)}
          </dd>
        </div>
      </dl>
      <div class="due">
        <span>{words().amount}</span>
        <strong class="num" data-testid="hand-over-amount" aria-live="polite">
          {written(shown())}
        </strong>
      </div>
      <p class="hint" classList={{ fault: isTooMuch() || props.isWrong === true }}>
        {hint()}
      </p>
      <button
        type="button"
        class="pay"
        data-testid="hand-over-go"
        disabled={isTooMuch() || amount().amount === 0 || props.isWrong === true}
        onClick={() => props.done()}
      >
        {words().go(written(shown()))}
      </button>
      <button type="button" class="quiet nobody" data-testid="close-shift" onClick={() => void register.closeShift()}>
        <b>{words().nobody}</b>
        <small>{words().nobodyText(written(props.counted))}</small>
      </button>
    </div>
  );
}
