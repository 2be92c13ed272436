import {
  bankBody,
  bankColumns,
  bankLinesFilter,
  bankName,
  settlementFilter,
  statementQuery,
  type StatementAnswer,
} from "../../contract/settlement.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { bankLinesMax, readBankLines, suggestColumns, type BankColumns } from "../../domain/settlement/bank-columns.ts";
import { audit } from "../audit/audit.ts";
import { bankLinesOf, banks, keepBank } from "../office/settlement/banks.ts";
import { settlementOverview } from "../office/settlement/overview.ts";
import type { PaymentEngine } from "../payments/engine.ts";
import { matchBank } from "../settlement/match-bank.ts";
import { payingAccounts } from "../settlement/match-banks.ts";
import { readTable } from "../read-table.ts";
import { takeStatement, type TakenStatement } from "../settlement/take-statement.ts";
import { inTransaction } from "../store/database.ts";
import { officeOf, ownStores } from "./access.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const looks = { config: { who: { access: "office", act: "seeFigures" } } } as const;
const narrowed = { config: { who: { access: "office", act: "seeFigures", narrows: true } } } as const;
const handsIn = { config: { who: { access: "office", act: "handInBill" } } } as const;
/** A bank's file of a whole year stays below. */
const statementBytesMax = 16 * 1024 * 1024;
/** Lines of a file that are shown before it is taken. */
const shownLines = 12;

type Engine = PaymentEngine;

/** What lies with the providers, what comes to the bank, and the bank's own word for it. */
export function settlementRoutes(server: GatewayServer, engine: Engine): void {
  const { parts, accounts } = engine;
  const { database, clock } = parts;
  server.get("/v1/office/settlement", { ...narrowed, schema: { querystring: settlementFilter } }, async (request) => {
    const { days } = request.query;
    return settlementOverview(
      database,
      accounts,
      days === undefined ? null : Number(days),
      clock.now(),
      ownStores(request),
    );
  });

  server.get(
    "/v1/office/banks/lines",
    { ...looks, schema: { querystring: bankLinesFilter } },
    async (request, reply) => {
      const bank = (await banks(database)).find(({ id }) => id === request.query.bank);
      if (bank === undefined) return problem(reply, "notFound", "There is no such bank account.");
      return bankLinesOf(database, bank, request.query.from, request.query.to);
    },
  );

  server.put(
    "/v1/office/banks/:id",
    { ...handsIn, schema: { params: bankName, body: bankBody } },
    async (request, reply) => {
      const { store, name } = request.body;
      const known = await database.selectFrom("store").select("id").where("id", "=", store).executeTakeFirst();
      if (known === undefined) return problem(reply, "notFound", "There is no such store.");
      const taken = (await banks(database)).find(({ id }) => id === request.params.id);
      if (taken !== undefined && taken.store !== store)
        return problem(reply, "badRequest", "That bank account belongs to another store.");
      await inTransaction(database, async (step) => {
        const at = clock.now();
        // the same again, such as a second press, is no change
        if (taken?.name === name) return;
        await keepBank(step, { id: request.params.id, store, name }, at);
        const who = officeOf(request).person;
        await audit(step, parts.random, {
          store,
          who,
          act: "bankKept",
          subject: request.params.id,
          before: taken === undefined ? null : { name: taken.name },
          after: { name },
          at,
        });
      });
      return { banks: await banks(database) };
    },
  );
  statementRoute(server, engine);
}

function statementRoute(server: GatewayServer, engine: Engine): void {
  const { database } = engine.parts;
  server.put(
    "/v1/office/banks/statement",
    {
      schema: { querystring: statementQuery },
      bodyLimit: statementBytesMax,
      config: { who: handsIn.config.who, isFile: true },
    },
    async (request, reply) => {
      const bank = (await banks(database)).find(({ id }) => id === request.query.bank);
      if (bank === undefined) return problem(reply, "notFound", "There is no such bank account.");
      const read = await readTable(request.rawBody, bankLinesMax);
      if (!read.ok) return problem(reply, "badRequest", refusals[read.refusal]);
      const asked = request.query.columns;
      const columns = asked === undefined ? null : columnsIn(asked);
      if (asked !== undefined && columns === null)
        return problem(reply, "badRequest", "columns is JSON that names the file's columns.");
      const { currency } = await database
        .selectFrom("store")
        .select("currency")
        .where("id", "=", bank.store)
        .executeTakeFirstOrThrow();
      const use = columns ?? bank.columns ?? suggestColumns(read.value)?.columns ?? null;
      const shown = shownOf(read.value, use, currency as CurrencyCode);
      if (columns === null || request.query.preview === "yes") return shown;
      const file = { store: bank.store, bank: bank.id, name: request.query.name, bytes: request.rawBody };
      const taken = await take(engine, { ...file, cells: read.value, columns, by: officeOf(request).person });
      return {
        ...shown,
        kind: taken.kind,
        ...(taken.kind === "taken" ? { fresh: taken.fresh } : {}),
        ...(taken.kind === "refused" ? { troubles: taken.troubles } : {}),
      };
    },
  );
}

/** Takes the statement in and matches it, in one SQL transaction. */
function take({ parts, accounts }: Engine, statement: Parameters<typeof takeStatement>[1]): Promise<TakenStatement> {
  const { database, clock } = parts;
  return inTransaction(database, async (step) => {
    const at = clock.now();
    const taken = await takeStatement(step, statement, at);
    if (taken.kind !== "taken") return taken;
    await matchBank(step, { store: statement.store, id: statement.bank }, await payingAccounts(step, accounts), at);
    const { store, bank, name, by } = statement;
    const after = { name, lines: taken.lines, fresh: taken.fresh };
    await audit(step, parts.random, {
      store,
      who: by,
      act: "statementHandedIn",
      subject: bank,
      before: null,
      after,
      at,
    });
    return taken;
  });
}

function shownOf(
  cells: readonly (readonly string[])[],
  columns: BankColumns | null,
  currency: CurrencyCode,
): StatementAnswer {
  const read = columns === null ? { lines: [], troubles: [] } : readBankLines(cells, columns);
  return {
    kind: "shown",
    columns,
    head: cells.slice(0, shownLines).map((line) => [...line]),
    lines: read.lines.length,
    fresh: 0,
    sum: money(
      read.lines.reduce((all, { amount }) => all + amount, 0),
      currency,
    ),
    troubles: read.troubles.slice(0, shownLines),
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

const refusals = {
  unreadable: "The file is neither CSV nor XLSX.",
  tooLong: "The file has more lines than are taken at once: hand it in in parts.",
} as const;
