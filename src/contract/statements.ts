import * as z from "zod/mini";
import { approvalIdField, instantField, moneyField, storeIdField } from "./fields.ts";

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

/** GET /v1/office/banks/statements?bank=: what was handed in, the newest first; what was taken back among it. */
export const bankStatementsFilter = z.object({ bank: idField });
export const bankStatements = z.object({
  statements: z.array(
    z.object({
      id: z.string(),
      /** The file's. */
      name: z.string(),
      at: instantField,
      by: z.string(),
      /** Lines of the file, and those that no statement before it had; the days of these. */
      lines: z.number(),
      fresh: z.number(),
      from: z.nullable(z.string()),
      to: z.nullable(z.string()),
      takenBack: z.nullable(
        z.object({ at: instantField, by: z.string(), secondPerson: z.nullable(z.string()), why: z.string() }),
      ),
    }),
  ),
});
export type BankStatements = z.infer<typeof bankStatements>;

export const backReasonMax = 200;
/**
 * POST /v1/office/banks/statements/take-backs: the statement's lines go, what they brought goes out in red and is looked at again.
 * 202: another person has to agree, where the shop's table says so.
 */
export const statementBack = z.object({
  v: z.literal(1),
  store: storeIdField,
  bank: idField,
  statement: z.string().check(z.minLength(1), z.maxLength(80)),
  reason: z.string().check(z.minLength(1), z.maxLength(backReasonMax)),
  approval: z.optional(approvalIdField),
});
export const statementGone = z.object({ id: z.string(), lines: z.number() });
