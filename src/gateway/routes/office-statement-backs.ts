import { bankStatementsFilter, statementBack } from "../../contract/statements.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { entitle, type EntitleRefusal } from "../approvals/entitle.ts";
import { banks } from "../office/settlement/banks.ts";
import { bankStatementsOf, weightOf } from "../office/settlement/statements.ts";
import type { PaymentEngine } from "../payments/engine.ts";
import { payingAccounts } from "../settlement/match-banks.ts";
import { takeBackStatement, type BackBy, type StatementBack } from "../settlement/take-back-statement.ts";
import { changeSubject } from "../staff/edit-staff.ts";
import { inTransaction } from "../store/database.ts";
import { officeOf } from "./access.ts";
import { notEntitled } from "./entitling.ts";
import type { OfficePass } from "./passes.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const looks = { config: { who: { access: "office", act: "seeFigures" } } } as const;
const takesBack = { config: { who: { access: "office", act: "handInBill", asks: true } } } as const;

/** The statements that were handed in, and taking one back. */
export function statementBackRoutes(server: GatewayServer, engine: PaymentEngine): void {
  const { database, clock } = engine.parts;
  server.get(
    "/v1/office/banks/statements",
    { ...looks, schema: { querystring: bankStatementsFilter } },
    async (request, reply) => {
      const bank = (await banks(database, clock.now())).find(({ id }) => id === request.query.bank);
      return bank === undefined ? problem(reply, "notFound", noBank) : bankStatementsOf(database, bank);
    },
  );
  server.post(
    "/v1/office/banks/statements/take-backs",
    { ...takesBack, schema: { body: statementBack } },
    async (request, reply) => {
      const { store, statement, reason, approval } = request.body;
      const bank = (await banks(database, clock.now())).find(({ id }) => id === request.body.bank);
      if (bank?.store !== store) return problem(reply, "notFound", noBank);
      const done = await takeBack(engine, officeOf(request), { bank, statement, reason }, bank.name, approval);
      if (done.ok) {
        engine.wake();
        return { id: statement, lines: done.value };
      }
      if (done.refusal === "notFound") return problem(reply, "notFound", "No such statement stands any more.");
      if (done.refusal === "columnsUnknown") return problem(reply, "columnsUnknown", unread);
      return notEntitled(reply, done.refusal);
    },
  );
}

function takeBack(
  { parts, accounts }: PaymentEngine,
  pass: OfficePass,
  back: StatementBack,
  bankName: string,
  approval: string | undefined,
): Promise<Result<number, EntitleRefusal | "notFound" | "columnsUnknown">> {
  const { bank, statement, reason } = back;
  return inTransaction(parts.database, async (step) => {
    const known = await weightOf(step, bank, statement);
    if (known === null) return refuse("notFound");
    const { currency } = await step
      .selectFrom("store")
      .select("currency")
      .where("id", "=", bank.store)
      .executeTakeFirstOrThrow();
    const agree = async (): Promise<Result<BackBy, EntitleRefusal>> => {
      const by = await entitle(step, parts, pass, {
        store: bank.store,
        act: "handInBill",
        subject: changeSubject(`statement/${statement}`, { reason }),
        size: known.moved,
        amount: money(known.moved, currency as CurrencyCode),
        reason,
        shown: [
          { label: "what", text: known.name, more: bankName },
          { label: "why", text: reason },
        ],
        approval,
      });
      return by.ok ? ok({ who: pass.staff ?? pass.person, ...by.value }) : by;
    };
    return takeBackStatement(step, parts, back, await payingAccounts(step, accounts), agree, parts.clock.now());
  });
}

/** For the log. */
const unread =
  "Nobody knows by which columns an older statement with some of the same lines was read: take that one back.";
const noBank = "There is no such bank account.";
