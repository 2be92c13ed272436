import type { JournalTexts } from "../journal-texts.ts";

export const journalEn = {
  title: "Journal file",
  busy: "Looking through the file…",
  close: "Close",
  of: (till, series) => `Till ${till}, series ${series}`,
  range: (first, last, count) => `Entries ${first} to ${last}: ${count}`,
  empty: "No entries in it.",
  noJournal: "This is no journal of a till. Open a file that a till has exported.",
  tooLarge: "This file is larger than any journal. It was not looked through.",
  whole: "The chain holds: every entry follows the one before it.",
  notWhole: "The chain does not hold: something was changed, lost or put in.",
  begins: (first) => `The file begins at ${first}; what came before is not in it.`,
  missing: (from, to) => (from === to ? `Entry ${from} is missing.` : `Entries ${from} to ${to} are missing.`),
  broken: (number) => `Entry ${number} does not follow the one before it.`,
  foreign: (count) => `Lines that are no entry of this journal: ${count}`,
  end: {
    own: "The end is signed with this till's key, and right.",
    theirs: "The end is signed with the key named in the file. Whose key that is, only the office can tell.",
    unsigned: "The end is not signed: later entries may have been cut off.",
    cut: "Entries at the end are missing: the signed end comes after the last one.",
    wrong: "The end is not the one that was signed.",
  },
  untouched: "The file was only read. Nothing was taken over into this till.",
} satisfies JournalTexts;
