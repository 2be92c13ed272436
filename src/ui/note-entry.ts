import { createSignal, type Accessor } from "solid-js";

/** How many of each note and coin, by its worth in minor units. */
export type NoteCounts = ReadonlyMap<number, number>;

/** More of one kind than a drawer holds is a slip. */
const countMax = 9_999;
const countForm = /^\d{0,4}$/;

/** Notes and coins as they are counted: what is no number of pieces is said in its row, and nothing is counted with it. */
export type NoteEntry = {
  readonly counts: Accessor<NoteCounts>;
  readonly isWrong: (worth: number) => boolean;
  readonly isAnyWrong: () => boolean;
  set(worth: number, count: number): void;
  /** As it was typed: "-3" is not three. */
  type(worth: number, text: string): void;
};

/** An entry that begins with `begun`; `changed` hears of every count. */
export function createNoteEntry(begun: NoteCounts = new Map(), changed: () => void = () => undefined): NoteEntry {
  const [counts, setCounts] = createSignal(begun);
  const [wrong, setWrong] = createSignal<ReadonlySet<number>>(new Set());
  const set = (worth: number, count: number): void => {
    setWrong(new Set([...wrong()].filter((each) => each !== worth)));
    setCounts(new Map([...counts(), [worth, Math.min(Math.max(count, 0), countMax)]]));
    changed();
  };
  return {
    counts,
    isWrong: (worth) => wrong().has(worth),
    isAnyWrong: () => wrong().size > 0,
    set,
    type(worth, text) {
      // a keyboard that writes full-width figures counts the same
      const plain = text.normalize("NFKC").trim();
      if (countForm.test(plain)) set(worth, Number(plain));
      else setWrong(new Set([...wrong(), worth]));
    },
  };
}
