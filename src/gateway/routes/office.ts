import { activationCodeRequest, officeFilter, officeSignIn, type OfficeFilter } from "../../contract/office.ts";
import type { Instant } from "../../domain/clock.ts";
import { addressesOf } from "../config.ts";
import { officeExceptions } from "../office/exceptions.ts";
import { officeCookie, officeSessionMs, tokenIn } from "../office/office-session.ts";
import { officePayment, officePayments } from "../office/payments.ts";
import { officeSale, officeSales } from "../office/sales.ts";
import { sessionShown, signIn, signOut } from "../office/sign-in.ts";
import { officeTills } from "../office/tills.ts";
import type { GatewayParts } from "../parts.ts";
import { makeActivationCode } from "../tills/activation.ts";
import { isSameOrigin, officeOf } from "./access.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const office = { config: { who: { access: "office" } } } as const;
const list = { ...office, schema: { querystring: officeFilter } } as const;
type Named = { readonly id: string };

/** The owner's sign-in, and what the office shows: sales and payments with their stories, tills, exceptions. */
export function officeRoutes(server: GatewayServer, parts: GatewayParts): void {
  sessionRoutes(server, parts);
  const { database } = parts;

  server.get("/v1/office/sales", list, async (request) => officeSales(database, request.query as OfficeFilter));
  server.get("/v1/office/sales/:id", office, async (request, reply) => {
    const sale = await officeSale(database, (request.params as Named).id);
    return sale ?? problem(reply, "notFound", "There is no completed sale of that id.");
  });

  server.get("/v1/office/payments", list, async (request) => officePayments(database, request.query as OfficeFilter));
  server.get("/v1/office/payments/:id", office, async (request, reply) => {
    const payment = await officePayment(database, (request.params as Named).id);
    return payment ?? problem(reply, "notFound", "There is no payment of that id.");
  });

  server.get("/v1/office/tills", office, async () => ({ tills: await officeTills(database) }));
  server.get("/v1/office/exceptions", office, async () => officeExceptions(database));

  server.post(
    "/v1/office/activation-codes",
    { ...office, schema: { body: activationCodeRequest } },
    async (request, reply) => {
      const known = await database
        .selectFrom("till")
        .select("id")
        .where("id", "=", request.body.till)
        .executeTakeFirst();
      if (known === undefined) return problem(reply, "notFound", "There is no such till.");
      const { code, until } = await makeActivationCode(parts, request.body.till);
      return { code, until, address: `${addressesOf(parts.config).till}/#activate=${code}` };
    },
  );
}

function sessionRoutes(server: GatewayServer, parts: GatewayParts): void {
  const open = { config: { who: { access: "open", host: "office" } }, schema: { body: officeSignIn } } as const;
  server.post("/v1/office/sign-ins", open, async (request, reply) => {
    if (!isSameOrigin(parts, request))
      return problem(reply, "forbidden", "A sign-in comes from the office's own page.");
    const signed = await signIn(parts, request.body, request.ip);
    if (!signed.ok) return problem(reply, signed.refusal, refusals[signed.refusal]);
    reply.header("set-cookie", cookie(parts, signed.value.token, officeSessionMs / 1000));
    return sessionShown(parts, signed.value.until);
  });

  server.get("/v1/office/session", office, async (request) => sessionShown(parts, officeOf(request).until as Instant));

  server.delete("/v1/office/session", office, async (request, reply) => {
    await signOut(parts, tokenIn(request.headers.cookie, officeCookie(parts.config.gateway.officeHost).name) ?? "");
    return reply
      .header("set-cookie", cookie(parts, "", 0))
      .code(204)
      .send();
  });
}

function cookie(parts: GatewayParts, token: string, seconds: number): string {
  const { name, attributes } = officeCookie(parts.config.gateway.officeHost);
  return `${name}=${token}; ${attributes}; Max-Age=${seconds}`;
}

const refusals = {
  tooManyTries: "Too many tries: wait ten minutes.",
  signedOut: "The password is wrong, or the one-time password is older than 15 minutes.",
  forbidden: "The one-time password must be replaced: send newPassword of at least 12 characters with it.",
} as const;
