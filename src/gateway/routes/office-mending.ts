import {
  mendingProposal,
  mendingsFilter,
  unpairing,
  type MendingAnswer,
  type MendingsFilter,
  type MendingOffers,
} from "../../contract/mending.ts";
import { breakClasses } from "../../contract/item-classes.ts";
import { mendingsOf } from "../../domain/reconciliation/mending.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { entitle, type EntitleRefusal } from "../approvals/entitle.ts";
import { identityOf } from "../approvals/entitled-people.ts";
import { audit } from "../audit/audit.ts";
import { mend } from "../mend/mend.ts";
import type { ProposalRefusal } from "../mend/propose.ts";
import { pairLines } from "../mend/pair-lines.ts";
import { mendingsShown } from "../mend/shown.ts";
import type { PaymentEngine } from "../payments/engine.ts";
import { pairedWith, unpair } from "../reconcile/unpair.ts";
import { inTransaction } from "../store/database.ts";
import { changeSubject } from "../staff/edit-staff.ts";
import { officeOf, ownStores } from "./access.ts";
import { notEntitled } from "./entitling.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const looks = { config: { who: { access: "office", act: "seeFigures", narrows: true } } } as const;
/** The stores are those of the breaks: `mend` looks. */
const proposes = { config: { who: { access: "office", act: "mend", asks: true, store: "found" } } } as const;
const mends = { config: { who: { access: "office", act: "mend", asks: true } } } as const;

/** What may be done about breaks, what was proposed, and proposing. */
export function mendingRoutes(server: GatewayServer, engine: PaymentEngine): void {
  const { database } = engine.parts;
  server.get("/v1/office/mendings/offers", looks, async (): Promise<MendingOffers> => {
    const classes = Object.fromEntries(breakClasses.map((type) => [type, [...mendingsOf(type)]]));
    return { classes };
  });

  server.get("/v1/office/mendings", { ...looks, schema: { querystring: mendingsFilter } }, async (request) => ({
    mendings: await mendingsShown(database, officeOf(request), request.query as MendingsFilter, ownStores(request)),
  }));

  server.post("/v1/office/mendings", { ...proposes, schema: { body: mendingProposal } }, async (request, reply) => {
    const { items, action, reason, parameters = {} } = request.body;
    const mended = await mend(engine, officeOf(request), { items, action, reason, parameters });
    if (!mended.ok) {
      if (mended.refusal === "forbidden")
        return problem(reply, "forbidden", "Your role does not do that in every store that it is about.");
      return problem(reply, "badRequest", refusals[mended.refusal]);
    }
    const { value } = mended;
    const answer: MendingAnswer =
      value.kind === "proposed"
        ? value
        : { kind: "done", mending: value.mending, state: value.executed.state, failed: [...value.executed.failed] };
    return answer;
  });
  unpairingRoute(server, engine);
}

/** Taking a pair apart: as risky as making it, so another person agrees. */
function unpairingRoute(server: GatewayServer, { parts, accounts }: PaymentEngine): void {
  server.post("/v1/office/unpairings", { ...mends, schema: { body: unpairing } }, async (request, reply) => {
    const { store, account, number, reason, approval } = request.body;
    const pass = officeOf(request);
    const done = await inTransaction(
      parts.database,
      async (step): Promise<Result<{ readonly number: string }, EntitleRefusal | "notFound">> => {
        const paired = await pairedWith(step, { store, account, number });
        if (paired === null) return refuse("notFound");
        const { tender, pairing } = paired;
        const by = await entitle(step, parts, pass, {
          // the row's store is posted to as well
          store: [store, pairing.row_store],
          act: "mend",
          subject: changeSubject(`unpair/${account}/${number}/${pairing.at}`, { reason }),
          size: tender.amount,
          amount: money(tender.amount, tender.currency as CurrencyCode),
          reason,
          shown: await pairLines(step, paired, reason),
          approval,
        });
        if (!by.ok) return by;
        const at = parts.clock.now();
        const { zone } = (await accounts.byId(step, account)).provider.bills;
        await unpair(step, paired, zone, at);
        await audit(step, parts.random, {
          store,
          who: identityOf(pass),
          act: "mended",
          subject: number,
          before: { row: pairing.row_number },
          after: { action: "unpair" },
          reason,
          secondPerson: by.value.secondPerson,
          at,
        });
        return ok({ number });
      },
    );
    if (done.ok) return done.value;
    if (done.refusal === "notFound") return problem(reply, "notFound", "Nothing proves that payment now: look again.");
    return notEntitled(reply, done.refusal);
  });
}

const refusals: { readonly [R in ProposalRefusal]: string } = {
  changed: "Some of it has changed or is settled: look again and propose anew.",
  notOneCause: "Only breaks of one class and account are mended together.",
  notOffered: "That is not how a break of this class is mended.",
  badParameters: "Something that the action needs is missing or wrong.",
  proposedAlready: "It waits for another person already.",
};
