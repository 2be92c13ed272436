import { bankColumns, statementQuery, type StatementAnswer } from "../../contract/statements.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { placeOf, suggestColumns, type BankColumns } from "../../domain/settlement/bank-columns.ts";
import { bankLinesMax, hasHeads, readBankLines, type ReadStatement } from "../../domain/settlement/bank-lines.ts";
import { audit } from "../audit/audit.ts";
import { banks } from "../office/settlement/banks.ts";
import type { PaymentEngine } from "../payments/engine.ts";
import { readTable } from "../read-table.ts";
import { matchBank } from "../settlement/match-bank.ts";
import { payingAccounts } from "../settlement/match-banks.ts";
import { latestDay } from "../settlement/real-days.ts";
import { takeStatement, type NewStatement, type TakenStatement } from "../settlement/take-statement.ts";
import { inTransaction } from "../store/database.ts";
import { officeOf } from "./access.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const handsIn = { access: "office", act: "handInBill" } as const;
/** A bank's file of a whole year stays below. */
const statementBytesMax = 16 * 1024 * 1024;
/** Lines of a file that are shown as they stand before it is taken, and as they are read. */
const shownLines = 12;
const firstLines = 5;

type Cells = readonly (readonly string[])[];

/** A bank's statement: shown as it reads, and taken in. */
export function statementRoutes(server: GatewayServer, engine: PaymentEngine): void {
  const { database, clock } = engine.parts;
  server.put(
    "/v1/office/banks/statement",
    { schema: { querystring: statementQuery }, bodyLimit: statementBytesMax, config: { who: handsIn, isFile: true } },
    async (request, reply) => {
      const { name, columns: asked, preview, despiteBalance } = request.query;
      const now = clock.now();
      const bank = (await banks(database, now)).find(({ id }) => id === request.query.bank);
      if (bank === undefined) return problem(reply, "notFound", "There is no such bank account.");
      const columns = asked === undefined ? null : columnsIn(asked);
      if (asked !== undefined && columns === null)
        return problem(reply, "badRequest", "columns is JSON that names the file's columns.");
      const { zone, currency } = await database
        .selectFrom("store")
        .select(["zone", "currency"])
        .where("id", "=", bank.store)
        .executeTakeFirstOrThrow();
      const of = { currency: currency as CurrencyCode, latest: latestDay(now, zone) };
      const table = await readTable(request.rawBody, bankLinesMax);
      if (!table.ok) return unread(table.refusal, [], of.currency);
      const cells = table.value;
      const why = whyNone(cells);
      if (why !== null) return unread(why, cells, of.currency);
      const shown = shownOf(cells, columns ?? usual(cells, bank.columns), of);
      if (columns === null || preview === "yes") return shown;
      const taken = await take(engine, {
        store: bank.store,
        bank: bank.id,
        name,
        bytes: request.rawBody,
        cells,
        columns,
        by: officeOf(request).person,
        despiteBalance: despiteBalance === "yes",
      });
      return { ...shown, kind: taken.kind, fresh: taken.kind === "taken" ? taken.fresh : 0 };
    },
  );
}

/** Takes the statement in and matches it, in one SQL transaction. */
function take({ parts, accounts }: PaymentEngine, statement: NewStatement): Promise<TakenStatement> {
  const { database, clock } = parts;
  return inTransaction(database, async (step) => {
    const at = clock.now();
    const taken = await takeStatement(step, statement, at);
    if (taken.kind !== "taken") return taken;
    await matchBank(step, { store: statement.store, id: statement.bank }, await payingAccounts(step, accounts), at);
    const { store, bank, name, by } = statement;
    const after = { name, lines: taken.lines, fresh: taken.fresh };
    const entry = { store, who: by, act: "statementHandedIn", subject: bank, before: null, after, at } as const;
    await audit(step, parts.random, entry);
    return taken;
  });
}

/** Columns that the bank's last file had, if this one has them as well; else what its heads suggest. */
function usual(cells: Cells, known: BankColumns | null): BankColumns | null {
  const isHere =
    known !== null && cells.some((line) => [known.day, known.moneyIn].every((name) => placeOf(line, name) >= 0));
  return isHere ? known : (suggestColumns(cells)?.columns ?? null);
}

function whyNone(cells: Cells): "empty" | "noHeads" | null {
  if (cells.every((line) => line.every((cell) => cell.trim() === ""))) return "empty";
  return hasHeads(cells) ? null : "noHeads";
}

const nothing: ReadStatement = { lines: [], troubles: [], broken: null };

function unread(why: NonNullable<StatementAnswer["why"]>, cells: Cells, currency: CurrencyCode): StatementAnswer {
  return { ...answerOf(cells, null, nothing, currency), kind: "unread", why };
}

function shownOf(
  cells: Cells,
  columns: BankColumns | null,
  { currency, latest }: { readonly currency: CurrencyCode; readonly latest: string },
): StatementAnswer {
  return answerOf(cells, columns, columns === null ? nothing : readBankLines(cells, columns, latest), currency);
}

function answerOf(
  cells: Cells,
  columns: BankColumns | null,
  { lines, troubles, broken }: ReadStatement,
  currency: CurrencyCode,
): StatementAnswer {
  const of = (amount: number) => money(amount, currency);
  return {
    kind: "shown",
    why: null,
    columns,
    head: cells.slice(0, shownLines).map((line) => [...line]),
    first: lines.slice(0, firstLines).map(({ day, time, amount, counterparty, text }) => {
      return { day, time, amount: of(amount), counterparty, text };
    }),
    lines: lines.length,
    fresh: 0,
    sum: of(lines.reduce((all, { amount }) => all + amount, 0)),
    troubles: troubles.slice(0, shownLines),
    wrong: troubles.length,
    broken:
      broken === null
        ? null
        : {
            line: broken.line,
            before: of(broken.before),
            amount: of(broken.amount),
            balance: of(broken.balance),
          },
  };
}

function columnsIn(text: string): BankColumns | null {
  try {
    const parsed = bankColumns.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    // no JSON: the caller is told so
    return null;
  }
}
