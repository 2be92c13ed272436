import * as z from "zod/mini";

const figure = z.nullable(z.number());
/** What a bill says of itself, or what its rows add up to (`domain/bills/bill`); fees in thousandths of the smallest unit. */
const totals = z.object({
  rows: figure,
  payments: figure,
  refunds: figure,
  amount: figure,
  receivable: figure,
  asked: figure,
  taken: figure,
  fee: figure,
  moneyIn: figure,
  moneyOut: figure,
});
export type BillTotalsShown = z.infer<typeof totals>;

/** First rows that are shown, and lines that are named. */
export const firstRowsMax = 12;
export const linesNamedMax = 20;

/** One of a file's first rows; `amount` in the smallest unit, below zero when money went back. */
export const billFirstRow = z.object({
  line: z.number(),
  what: z.enum(["payment", "refund", "reversal", "flow"]),
  /** The provider's own words of a fund flow's row. */
  words: z.string(),
  at: z.number(),
  number: z.string(),
  amount: z.number(),
});
export type BillFirstRow = z.infer<typeof billFirstRow>;

/** What the worker found in a file: a bill of one of the accounts it was told of, or why it is not taken. */
export const billReading = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("bill"),
    /** Ours; null where the file names no account and several could be meant. */
    account: z.nullable(z.string()),
    channel: z.string(),
    merchant: z.nullable(z.string()),
    bill: z.enum(["trade", "balanceRefunds", "fundFlow"]),
    day: z.string(),
    rows: z.number(),
    counted: totals,
    footer: totals,
    /** Whether the file says totals at all, and whether each is what its rows add up to. */
    isFooterRight: z.nullable(z.boolean()),
    first: z.array(billFirstRow),
    /** Lines with more cells than the header, put together again. */
    joined: z.array(z.number()),
  }),
  z.object({
    kind: z.literal("refused"),
    trouble: z.string(),
    detail: z.string(),
    line: z.nullable(z.number()),
    column: z.nullable(z.string()),
  }),
]);
export type BillReading = z.infer<typeof billReading>;
export type BillLookedAt = Extract<BillReading, { kind: "bill" }>;

/** An account that a file may be of. */
export type AccountKnown = { readonly id: string; readonly channel: string; readonly number: string | null };

/** The worker that reads a bill file, as the page calls it; `File` is the browser's, which this floor does not know. */
export type BillWorker<File> = {
  /** `onProgress` is told the part of the file that was read, from 0 to 1, and its rows so far. */
  read(
    file: File,
    accounts: readonly AccountKnown[],
    onProgress: (part: number, rows: number) => void,
  ): Promise<BillReading>;
};

/** A bill that a person hands in: far above a large shop's month. Larger ones are fetched. In bytes. */
export const handedInBytesMax = 64 * 1024 * 1024;
