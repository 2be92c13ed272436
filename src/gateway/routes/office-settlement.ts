import { bankBody, bankLinesFilter, bankName, settlementFilter } from "../../contract/settlement.ts";
import { audit } from "../audit/audit.ts";
import { bankLinesOf, banks, keepBank } from "../office/settlement/banks.ts";
import { settlementOverview } from "../office/settlement/overview.ts";
import type { PaymentEngine } from "../payments/engine.ts";
import { inTransaction } from "../store/database.ts";
import { officeOf, ownStores } from "./access.ts";
import { problem } from "./problem.ts";
import { statementBackRoutes } from "./office-statement-backs.ts";
import { statementRoutes } from "./office-statements.ts";
import type { GatewayServer } from "./route.ts";

const looks = { config: { who: { access: "office", act: "seeFigures" } } } as const;
const narrowed = { config: { who: { access: "office", act: "seeFigures", narrows: true } } } as const;
const handsIn = { config: { who: { access: "office", act: "handInBill" } } } as const;
/** What lies with the providers, what comes to the bank, and the bank's own word for it. */
export function settlementRoutes(server: GatewayServer, engine: PaymentEngine): void {
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
      const bank = (await banks(database, clock.now())).find(({ id }) => id === request.query.bank);
      if (bank === undefined) return problem(reply, "notFound", "There is no such bank account.");
      return bankLinesOf(database, bank, request.query.from, request.query.to, clock.now());
    },
  );

  server.put(
    "/v1/office/banks/:id",
    { ...handsIn, schema: { params: bankName, body: bankBody } },
    async (request, reply) => {
      const { store, name } = request.body;
      const known = await database.selectFrom("store").select("id").where("id", "=", store).executeTakeFirst();
      if (known === undefined) return problem(reply, "notFound", "There is no such store.");
      const taken = (await banks(database, clock.now())).find(({ id }) => id === request.params.id);
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
      return { banks: await banks(database, clock.now()) };
    },
  );
  statementRoutes(server, engine);
  statementBackRoutes(server, engine);
}
