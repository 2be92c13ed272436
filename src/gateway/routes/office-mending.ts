import { mendingProposal, mendingsFilter, type MendingAnswer, type MendingOffers } from "../../contract/mending.ts";
import { breakClasses } from "../../contract/item-classes.ts";
import { mendingsOf } from "../../domain/reconciliation/mending.ts";
import { mend } from "../mend/mend.ts";
import type { ProposalRefusal } from "../mend/propose.ts";
import { mendingsShown } from "../mend/shown.ts";
import type { PaymentEngine } from "../payments/engine.ts";
import { officeOf } from "./access.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const looks = { config: { who: { access: "office", act: "seeFigures" } } } as const;
const mends = { config: { who: { access: "office", act: "mend", asks: true } } } as const;

/** What may be done about breaks, what was proposed, and proposing. */
export function mendingRoutes(server: GatewayServer, engine: PaymentEngine): void {
  const { database } = engine.parts;
  server.get("/v1/office/mendings/offers", looks, async (): Promise<MendingOffers> => {
    const classes = Object.fromEntries(breakClasses.map((type) => [type, [...mendingsOf(type)]]));
    return { classes };
  });

  server.get("/v1/office/mendings", { ...looks, schema: { querystring: mendingsFilter } }, async (request) => ({
    mendings: await mendingsShown(database, request.query.state),
  }));

  server.post("/v1/office/mendings", { ...mends, schema: { body: mendingProposal } }, async (request, reply) => {
    const { items, action, reason, parameters = {} } = request.body;
    const mended = await mend(engine, officeOf(request), { items, action, reason, parameters });
    if (!mended.ok) {
      if (mended.refusal === "forbidden") return problem(reply, "forbidden", "Your role does not do that.");
      return problem(reply, "badRequest", refusals[mended.refusal]);
    }
    const { value } = mended;
    const answer: MendingAnswer =
      value.kind === "proposed"
        ? value
        : { kind: "done", mending: value.mending, state: value.executed.state, failed: [...value.executed.failed] };
    return answer;
  });
}

const refusals: { readonly [R in ProposalRefusal]: string } = {
  changed: "Some of it has changed or is settled: look again and propose anew.",
  notOneCause: "Only breaks of one class and account are mended together.",
  notOffered: "That is not how a break of this class is mended.",
  badParameters: "Something that the action needs is missing or wrong.",
  proposedAlready: "It waits for another person already.",
};
