import { plusMs, type Instant } from "../clock.ts";
import { BillRefused, type BillTotals } from "./bill.ts";
import { beijingMidnight } from "./cells.ts";

/**
 * Reads one file's text, cut anywhere, in order and once. Both methods throw `BillRefused`; then nothing of the file counts. Texts in
 * rows may hold on to the piece they were cut from: rows are handed on, not collected.
 */
export type BillReader<Row, Footer = BillTotals, Counted = BillTotals> = {
  /** More text; gives the rows that it completes. */
  push(text: string): readonly Row[];
  /** No more text. `counted` is what the rows add up to, `footer` what the file says; `footerDifferences` compares them. */
  end(): { readonly rows: readonly Row[]; readonly footer: Footer; readonly counted: Counted };
};

/** Whose bill of which day (`YYYY-MM-DD`, Beijing) a file must be; the account as the provider numbers it. */
export type BillOwner = { readonly account: string; readonly day: string };

/** Refuses a file of another account or day. Provider's lines of other days are none of its business: one row of the day is enough. */
export type OwnerCheck = {
  /** True when the account's number is ours; always true where no owner was told. */
  isAccount(number: string): boolean;
  see(at: Instant): void;
  /** Throws `BillRefused` ("notOurs") when there were rows and none of them of the day. */
  end(): void;
};

const dayMs = 86_400_000;

/** A check for one file; null checks nothing. */
export function ownerCheck(owner: BillOwner | null): OwnerCheck {
  const from = owner === null ? null : beijingMidnight(owner.day);
  const until = from === null ? null : plusMs(from, dayMs);
  let seen = 0;
  let ofTheDay = 0;
  return {
    isAccount: (number) => owner === null || number === owner.account,
    see(at) {
      seen += 1;
      if (from === null || until === null || (from <= at && at < until)) ofTheDay += 1;
    },
    end() {
      if (seen > 0 && ofTheDay === 0) throw new BillRefused("notOurs", `none of its ${seen} rows is of ${owner?.day}`);
    },
  };
}

/** Rows between two calls of a reader: added as they are read, taken all at once. */
export function rowBatch<Row>() {
  let rows: Row[] = [];
  return {
    add: (row: Row): void => void rows.push(row),
    take(): readonly Row[] {
      const given = rows;
      rows = [];
      return given;
    },
  };
}
