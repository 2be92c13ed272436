import { createSignal, For, Show } from "solid-js";
import { denominationsOf, notesOf, worthOf, type NoteCount } from "../../domain/denominations.ts";
import { minorDigits, money, type CurrencyCode, type Money } from "../../domain/money.ts";
import { cashWords } from "../../i18n/cash-words.ts";
import type { Office } from "../office.ts";

/** More of one kind than five figures is more than a safe holds: a slip. */
const piecesForm = /^\d{0,5}$/u;
const sumDigitsMax = 9;

const notKept: CountKept = { kept: () => null, keep: () => undefined };

export type Counting = ReturnType<typeof createCounting>;

/** What was typed so far, as a tab keeps it. */
type Typed = {
  readonly isByNote: boolean;
  readonly counts: readonly (readonly [number, number])[];
  readonly typed: string;
};
const nothingTyped: Typed = { isByNote: true, counts: [], typed: "" };

/** Where a count that was begun outlives a reload, and `keep(null)` drops it. */
export type CountKept = { readonly kept: () => string | null; readonly keep: (typed: string | null) => void };

/** Money as it is counted: by notes and coins, or as a sum. Null while nothing was entered. */
export function createCounting(currency: () => CurrencyCode, { kept, keep }: CountKept = notKept) {
  const begun = JSON.parse(kept() ?? JSON.stringify(nothingTyped)) as Typed;
  const [isByNote, setIsByNote] = createSignal(begun.isByNote);
  const [counts, setCounts] = createSignal<ReadonlyMap<number, number>>(new Map(begun.counts));
  const [typed, setTyped] = createSignal(begun.typed);
  const [wrong, setWrong] = createSignal<ReadonlySet<number>>(new Set());
  const write = (): void => keep(JSON.stringify({ isByNote: isByNote(), counts: [...counts()], typed: typed() }));
  const digits = (): number => minorDigits[currency()];
  const typedSum = (): number | null => {
    const plain = typed().trim().replaceAll(",", "");
    const form = new RegExp(`^\\d{1,${sumDigitsMax}}(?:\\.\\d{0,${digits()}})?$`);
    return form.test(plain) ? Math.round(Number(plain) * 10 ** digits()) : null;
  };
  return {
    isByNote,
    setIsByNote(is: boolean): void {
      setIsByNote(is);
      write();
    },
    of: (worth: number): number => counts().get(worth) ?? 0,
    isWrong: (worth: number): boolean => wrong().has(worth),
    isAnyWrong: (): boolean => isByNote() && wrong().size > 0,
    /** As it was typed: what is no number of pieces ("-3") stays on the page as wrong, and nothing is counted with it. */
    type(worth: number, text: string): void {
      const plain = text.normalize("NFKC").trim();
      const isCount = piecesForm.test(plain);
      setWrong(new Set([...[...wrong()].filter((each) => each !== worth), ...(isCount ? [] : [worth])]));
      if (!isCount) return;
      setCounts(new Map([...counts(), [worth, Number(plain)]]));
      write();
    },
    typed,
    setTyped(text: string): void {
      setTyped(text);
      write();
    },
    amount: (): Money | null => {
      if (isByNote()) return counts().size === 0 || wrong().size > 0 ? null : worthOf(counts(), currency());
      const whole = typedSum();
      return whole === null ? null : money(whole, currency());
    },
    notes: (): readonly NoteCount[] => (isByNote() ? notesOf(counts()) : []),
  };
}

/** Fields for each note and coin with what they come to, or one for the sum. */
export function NoteEntry(props: {
  readonly office: Office;
  readonly currency: CurrencyCode;
  readonly counting: Counting;
}) {
  const { office, counting } = props;
  const words = () => cashWords(office.language()).entry;
  const way = (byNote: boolean, word: () => string) => (
    <button
      type="button"
      class="plain"
      classList={{ chosen: counting.isByNote() === byNote }}
      aria-pressed={counting.isByNote() === byNote}
      data-testid={byNote ? "cash-by-note" : "cash-by-sum"}
      onClick={() => counting.setIsByNote(byNote)}
    >
      {word()}
    </button>
  );
  return (
    <div class="note-entry">
      <div class="ways">
        {way(true, () => words().byNote)}
        {way(false, () => words().bySum)}
      </div>
      <Show
        when={counting.isByNote()}
        fallback={
          <label class="pick sum">
            <span>{words().sum}</span>
            <input
              inputmode="decimal"
              autocomplete="off"
              data-testid="cash-sum"
              value={counting.typed()}
              onInput={(event) => counting.setTyped(event.currentTarget.value)}
            />
          </label>
        }
      >
        <Notes {...props} />
        <p class="fault" role="alert" data-testid="cash-notes-wrong" hidden={!counting.isAnyWrong()}>
          {words().wrong}
        </p>
      </Show>
    </div>
  );
}

function Notes(props: { readonly office: Office; readonly currency: CurrencyCode; readonly counting: Counting }) {
  const { office, counting } = props;
  const words = () => cashWords(office.language()).entry;
  const name = (worth: number): string => office.formats().money(money(worth, props.currency)).replace(/\.00$/u, "");
  const total = (): string => office.formats().amount(counting.amount() ?? money(0, props.currency));
  return (
    <table class="note-grid num">
      <thead>
        <tr>
          <th>{words().note}</th>
          <th class="r">{words().pieces}</th>
          <th class="r">{words().worth}</th>
        </tr>
      </thead>
      <tbody>
        <For each={denominationsOf[props.currency]}>
          {({ worth }) => (
            <tr>
              <td class="strong">{name(worth)}</td>
              <td class="r">
                <input
                  inputmode="numeric"
                  autocomplete="off"
                  aria-label={words().howMany(name(worth))}
                  data-testid={`cash-note-${worth}`}
                  value={counting.of(worth) === 0 ? "" : counting.of(worth)}
                  placeholder="0"
                  aria-invalid={counting.isWrong(worth) ? "true" : undefined}
                  onInput={(event) => counting.type(worth, event.currentTarget.value)}
                />
              </td>
              <td class="r" classList={{ soft: counting.of(worth) === 0 }}>
                {office.formats().amount(money(worth * counting.of(worth), props.currency))}
              </td>
            </tr>
          )}
        </For>
      </tbody>
      <tfoot>
        <tr>
          <td>{words().sum}</td>
          <td />
          <td class="r" data-testid="cash-note-total">
            {total()}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
