import { sql } from "kysely";
import type { BankStatements } from "../../../contract/statements.ts";
import type { Instant } from "../../../domain/clock.ts";
import type { Database } from "../../store/database.ts";
import { namesOf } from "../person.ts";

/** Statements in one answer. */
const statementsMax = 100;

type Row = {
  readonly id: string;
  readonly name: string;
  readonly at: number;
  readonly handed_by: string;
  readonly lines: number;
  readonly fresh: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly taken_back_at: number | null;
  readonly taken_back_by: string | null;
  readonly taken_back_with: string | null;
  readonly taken_back_why: string | null;
};

/** What was handed in of a bank, the newest first. */
export async function bankStatementsOf(
  database: Database,
  bank: { readonly store: string; readonly id: string },
): Promise<BankStatements> {
  const { rows } = await sql<Row>`
    select s.id, s.name, s.at, s.handed_by, s.lines, l.fresh, l."from", l."to",
      s.taken_back_at, s.taken_back_by, s.taken_back_with, s.taken_back_why
    from bank_statement s
    cross join lateral (
      select count(*)::integer as fresh, min(day) as "from", max(day) as "to" from bank_line
      where store = s.store and bank = s.bank and statement = s.id
    ) l
    where s.store = ${bank.store} and s.bank = ${bank.id}
    order by s.at desc, s.id limit ${statementsMax}
  `.execute(database);
  const names = await namesOf(database);
  const nameOf = (id: string | null): string => (id === null ? "" : (names.get(id) ?? id));
  return {
    statements: rows.map(({ taken_back_at: backAt, ...row }) => ({
      id: row.id,
      name: row.name,
      at: row.at as Instant,
      by: nameOf(row.handed_by),
      lines: row.lines,
      fresh: row.fresh,
      from: row.from,
      to: row.to,
      takenBack:
        backAt === null
          ? null
          : {
              at: backAt as Instant,
              by: nameOf(row.taken_back_by),
              secondPerson: row.taken_back_with === null ? null : nameOf(row.taken_back_with),
              why: row.taken_back_why ?? "",
            },
    })),
  };
}

/** What a statement's own lines come to, in and out together, for whoever agrees that they go; null where there is no such statement. */
export async function weightOf(
  step: Database,
  bank: { readonly store: string; readonly id: string },
  statement: string,
): Promise<{ readonly name: string; readonly moved: number } | null> {
  const { rows } = await sql<{ readonly name: string; readonly moved: number }>`
    select s.name, (
      select coalesce(sum(abs(amount)), 0)::bigint from bank_line where store = s.store and bank = s.bank and statement = s.id
    ) as moved
    from bank_statement s
    where s.store = ${bank.store} and s.bank = ${bank.id} and s.id = ${statement} and s.taken_back_at is null
  `.execute(step);
  return rows[0] ?? null;
}
