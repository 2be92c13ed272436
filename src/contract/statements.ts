import * as z from "zod/mini";
import { moneyField } from "./fields.ts";

const headField = z.string().check(z.minLength(1), z.maxLength(64));
const idField = z.string().check(z.regex(/^[a-z0-9-]{1,32}$/));

/** Which column of a bank's file is what (`domain/settlement/bank-columns`). */
export const bankColumns = z.object({
  day: headField,
  time: z.nullable(headField),
  moneyIn: headField,
  moneyOut: z.nullable(headField),
  balance: z.nullable(headField),
  counterparty: z.nullable(headField),
  text: z.nullable(headField),
  reference: z.nullable(headField),
});

/**
 * PUT /v1/office/banks/statement?bank=&name=: the file as body. Without `columns` nothing is taken: the answer shows its first lines,
 * the columns it suggests, and what cannot be read. With `columns` (JSON of `bankColumns`) and no `preview` its lines are taken, once each.
 */
export const statementQuery = z.object({
  bank: idField,
  name: z.string().check(z.minLength(1), z.maxLength(128)),
  columns: z.optional(z.string().check(z.maxLength(2000))),
  /** Shows how the file reads by these columns, and takes nothing. */
  preview: z.optional(z.literal("yes")),
  /** Somebody has said that it is right although the balance does not run on by its amounts: else it is refused. */
  despiteBalance: z.optional(z.literal("yes")),
});

/** Why a file is no statement at all. */
export const unreadWhys = ["empty", "markup", "oldSheet", "noHeads", "unreadable", "tooLong"] as const;

export const statementAnswer = z.object({
  kind: z.enum(["shown", "taken", "known", "refused", "unread"]),
  why: z.nullable(z.enum(unreadWhys)),
  columns: z.nullable(bankColumns),
  /** The first lines as they stand. */
  head: z.array(z.array(z.string())),
  /** The first lines as they are read by the columns. */
  first: z.array(
    z.object({
      day: z.string(),
      time: z.string(),
      amount: moneyField,
      counterparty: z.string(),
      text: z.string(),
    }),
  ),
  lines: z.number(),
  fresh: z.number(),
  sum: moneyField,
  /** The first cells that stand in the way, and how many there are. */
  troubles: z.array(
    z.object({
      line: z.number(),
      column: z.string(),
      cell: z.string(),
      why: z.enum(["noAmount", "noDay", "future", "noColumn", "twice", "balance"]),
    }),
  ),
  wrong: z.number(),
  /** The first line whose amount does not lead from the balance before it to its own. */
  broken: z.nullable(z.object({ line: z.number(), before: moneyField, amount: moneyField, balance: moneyField })),
});
export type StatementAnswer = z.infer<typeof statementAnswer>;
