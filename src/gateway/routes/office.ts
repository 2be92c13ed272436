import { activationCodeRequest, officeFilter, type OfficeFilter } from "../../contract/office.ts";
import { exceptionLook } from "../../contract/office-exceptions.ts";
import { audit } from "../audit/audit.ts";
import { addressesOf } from "../config.ts";
import { permitsInOffice, storesFor } from "../office/entitled.ts";
import { officeExceptions } from "../office/exceptions.ts";
import { lookAtException } from "../office/look-at-exception.ts";
import { officePayment, officePayments } from "../office/payments.ts";
import { officeSale, officeSales } from "../office/sales.ts";
import { officeTills } from "../office/tills.ts";
import type { GatewayParts } from "../parts.ts";
import { inTransaction } from "../store/database.ts";
import { makeActivationCode } from "../tills/activation.ts";
import { officeOf, ownStores } from "./access.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const ofSale = { config: { who: { access: "office", act: "seeFigures", store: "ofSale" } } } as const;
const ofPayment = { config: { who: { access: "office", act: "seeFigures", store: "ofPayment" } } } as const;
const found = { config: { who: { access: "office", act: "seeFigures", store: "found" } } } as const;
const looks = { config: { who: { access: "office", act: "reviewAlone", store: "found" } } } as const;
const activates = { config: { who: { access: "office", act: "activateTill", store: "found" } } } as const;
const narrowed = { config: { who: { access: "office", act: "seeFigures", narrows: true } } } as const;
const list = { ...narrowed, schema: { querystring: officeFilter } } as const;
type Named = { readonly id: string };

/** What the office shows: sales and payments with their stories, tills, exceptions. */
export function officeRoutes(server: GatewayServer, parts: GatewayParts): void {
  const { database } = parts;
  server.get("/v1/office/sales", list, async (request) =>
    officeSales(database, request.query as OfficeFilter, ownStores(request)),
  );
  server.get("/v1/office/sales/:id", ofSale, async (request, reply) => {
    const sale = await officeSale(database, (request.params as Named).id);
    return sale ?? problem(reply, "notFound", "There is no completed sale of that id.");
  });

  server.get("/v1/office/payments", list, async (request) =>
    officePayments(database, request.query as OfficeFilter, ownStores(request)),
  );
  server.get("/v1/office/payments/:id", ofPayment, async (request, reply) => {
    const payment = await officePayment(database, (request.params as Named).id);
    return payment ?? problem(reply, "notFound", "There is no payment of that id.");
  });

  server.get("/v1/office/tills", found, async (request) => {
    const stores = storesFor(officeOf(request), "seeFigures");
    return { tills: (await officeTills(database)).filter(({ store }) => stores.includes(store)) };
  });
  server.get("/v1/office/exceptions", found, async (request) => {
    const pass = officeOf(request);
    return officeExceptions(database, pass, storesFor(pass, "seeFigures"));
  });
  server.post("/v1/office/exceptions/looks", { ...looks, schema: { body: exceptionLook } }, async (request, reply) => {
    const pass = officeOf(request);
    const note = request.body.note.trim();
    if (note === "") return problem(reply, "badRequest", "Say in a few words what came of it.");
    const isDone = await inTransaction(database, (step) =>
      lookAtException(step, parts, pass, { ...request.body, note }),
    );
    if (!isDone)
      return problem(reply, "notFound", "Nothing of that id ends with your look: it is over, or another has to look.");
    return officeExceptions(database, pass, storesFor(pass, "seeFigures"));
  });
  activationRoute(server, parts);
}

function activationRoute(server: GatewayServer, parts: GatewayParts): void {
  server.post(
    "/v1/office/activation-codes",
    { ...activates, schema: { body: activationCodeRequest } },
    async (request, reply) => {
      const pass = officeOf(request);
      const known = await parts.database
        .selectFrom("till")
        .select(["id", "store", "label"])
        .where("id", "=", request.body.till)
        .executeTakeFirst();
      if (known === undefined || permitsInOffice(pass, known.store, "activateTill") === "refused")
        return problem(reply, "notFound", "There is no such till in your stores.");
      const { code, until } = await inTransaction(parts.database, async (step) => {
        const { store, id: subject } = known;
        const at = parts.clock.now();
        await audit(step, parts.random, { store, who: pass.person, act: "activationCodeMade", subject, at });
        return makeActivationCode(parts, request.body.till, step);
      });
      return { code, until, address: `${addressesOf(parts.config).till}/#activate=${code}` };
    },
  );
}
