/** Sentences about an opened journal file. */
export type JournalTexts = {
  readonly title: string;
  readonly busy: string;
  readonly close: string;
  readonly of: (till: string, series: number) => string;
  readonly range: (first: number, last: number, count: number) => string;
  readonly empty: string;
  readonly noJournal: string;
  readonly tooLarge: string;
  readonly whole: string;
  readonly notWhole: string;
  readonly begins: (first: number) => string;
  readonly missing: (from: number, to: number) => string;
  readonly broken: (number: number) => string;
  readonly foreign: (count: number) => string;
  readonly end: { readonly [E in "own" | "theirs" | "unsigned" | "cut" | "wrong"]: string };
  readonly untouched: string;
};
