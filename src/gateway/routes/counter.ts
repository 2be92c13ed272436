import * as z from "zod/mini";
import { claimRequest, holdRequest, releaseRequest } from "../../contract/held.ts";
import { returnClaim, tenderClaim } from "../../contract/returns.ts";
import { isId, type RefundId, type SaleId } from "../../domain/identifier.ts";
import { claimHeld, releaseHeld } from "../held/claim-held.ts";
import { heldSales, holdSale, takenSales } from "../held/held-sales.ts";
import type { GatewayParts } from "../parts.ts";
import { refundBodyOf } from "../refunds/refund.ts";
import { readRefund } from "../refunds/refund-store.ts";
import { knownPinWords } from "../approvals/known-pin.ts";
import { claimReturn } from "../returns/claim-return.ts";
import { claimTender } from "../returns/claim-tender.ts";
import { findSales } from "../returns/find-sales.ts";
import { tillOf } from "./access.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const till = { config: { who: { access: "till" } } } as const;
const numberQuery = z.object({ number: z.string().check(z.minLength(1), z.maxLength(64)) });

/** Past sales and their returns, refunds, held sales: what tills of one store share at the counter. */
export function counterRoutes(server: GatewayServer, parts: GatewayParts): void {
  server.get("/v1/sales", { ...till, schema: { querystring: numberQuery } }, async (request) => ({
    sales: await findSales(parts.database, tillOf(request).store, request.query.number),
  }));

  server.post("/v1/returns", { ...till, schema: { body: returnClaim } }, async (request, reply) => {
    const claimed = await claimReturn(parts, tillOf(request), request.body.asker, request.body);
    if (claimed.ok) return claimed.value;
    const { refusal } = claimed;
    return refusal.kind === "locked"
      ? problem(reply, "locked", claimWords.locked, { lockedUntil: refusal.until })
      : problem(reply, refusal.kind, claimWords[refusal.kind]);
  });

  server.post("/v1/tender-returns", { ...till, schema: { body: tenderClaim } }, async (request, reply) => {
    const claimed = await claimTender(parts, tillOf(request), request.body);
    if (claimed.ok) return claimed.value;
    const { refusal } = claimed;
    return refusal.kind === "locked"
      ? problem(reply, "locked", claimWords.locked, { lockedUntil: refusal.until })
      : problem(reply, refusal.kind, claimWords[refusal.kind]);
  });

  server.get("/v1/refunds/:id", till, async (request, reply) => {
    const { id } = request.params as { readonly id: string };
    const refund = isId(id) ? await readRefund(parts.database, tillOf(request).store, id as RefundId) : null;
    return refund === null ? problem(reply, "notFound", "This store has no such refund.") : refundBodyOf(refund);
  });

  server.get("/v1/held-sales", till, async (request) => ({
    held: await heldSales(parts.database, tillOf(request)),
    taken: await takenSales(parts.database, tillOf(request).store),
  }));

  server.put("/v1/held-sales/:id", { ...till, schema: { body: holdRequest } }, async (request, reply) => {
    const { id } = request.params as { readonly id: string };
    const held = await holdSale(parts.database, tillOf(request), id as SaleId, request.body);
    return held.ok ? { held: true } : problem(reply, held.refusal, "A till holds its own tickets.");
  });

  server.post("/v1/held-sales/:id/claims", { ...till, schema: { body: claimRequest } }, async (request, reply) => {
    const { id } = request.params as { readonly id: string };
    const asker = tillOf(request);
    const claimed = await claimHeld(parts.database, asker, id as SaleId, request.body, parts.clock.now());
    if (!claimed.ok)
      return problem(reply, claimed.refusal, "Another till has taken it up, or it is not held any more.");
    const { ticket, ask } = claimed.value;
    if (ask !== null) parts.news.publish({ store: asker.store, till: ask, id: id as SaleId });
    return { ticket };
  });

  server.post("/v1/held-sales/:id/releases", { ...till, schema: { body: releaseRequest } }, async (request) => {
    const { id } = request.params as { readonly id: string };
    return { to: await releaseHeld(parts.database, tillOf(request), id as SaleId, request.body, parts.clock.now()) };
  });
}

const claimWords = {
  notFound: "This store has no such completed sale.",
  otherTag: "The return's id was not made by this till.",
  nothingLeft: "Less is left of the sale than was asked: look at it again.",
  heldElsewhere: "Another till is taking back goods of this sale: ask again when it is done, or in two minutes.",
  approvalNeeded: "A second person is needed.",
  forbidden: "These people may not do this.",
  knownPin: knownPinWords,
  wrongPin: "The PIN is wrong.",
  locked: "Too many wrong PINs.",
} as const;
