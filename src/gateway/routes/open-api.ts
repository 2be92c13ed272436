import swagger from "@fastify/swagger";
import { jsonSchemaTransform } from "fastify-type-provider-zod";
import type { FastifyRequest } from "fastify";
import {
  apiBreaks,
  apiListQuery,
  apiPayments,
  apiRoot,
  apiSales,
  apiVouchers,
  type ApiListQuery,
  type ApiScope,
} from "../../contract/api.ts";
import { problemSchema } from "../../contract/problem.ts";
import { breaksPage, paymentsPage, salesPage, vouchersPage } from "../api/read.ts";
import type { GatewayParts } from "../parts.ts";
import type { Database } from "../store/database.ts";
import { apiOf } from "./access.ts";
import { examples } from "./open-api-examples.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const tag = "kuantai";

/** Describes the routes that bear the API's tag; called before they are added. */
export async function describeApi(server: GatewayServer): Promise<void> {
  await server.register(swagger, {
    hideUntagged: true,
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Kuantai",
        version: "1",
        description:
          "Reads what a shop has sold, been paid and written down. Amounts are whole numbers of the smallest unit. Lists come oldest first; `next` is the `after` of the following page. Refusals are problems (RFC 9457).",
      },
      components: { securitySchemes: { key: { type: "http", scheme: "bearer" } } },
      security: [{ key: [] }],
    },
    transform: jsonSchemaTransform,
  });
}

type Page = (database: Database, query: ApiListQuery) => Promise<unknown>;
type Line = {
  readonly path: keyof typeof examples;
  readonly scope: ApiScope;
  readonly summary: string;
  readonly answer: typeof apiSales | typeof apiPayments | typeof apiBreaks | typeof apiVouchers;
  readonly page: Page;
};

const lines: readonly Line[] = [
  {
    path: "/sales",
    scope: "sales:read",
    summary: "Completed sales with lines, tenders and taxes",
    answer: apiSales,
    page: salesPage,
  },
  {
    path: "/payments",
    scope: "payments:read",
    summary: "Payments with what was captured and given back",
    answer: apiPayments,
    page: paymentsPage,
  },
  {
    path: "/breaks",
    scope: "books:read",
    summary: "What does not agree between till, books, provider, bank and drawer",
    answer: apiBreaks,
    page: breaksPage,
  },
  {
    path: "/vouchers",
    scope: "books:read",
    summary: "Vouchers of closed days",
    answer: apiVouchers,
    page: vouchersPage,
  },
];

/** The open API under the office's host: by key, read only. */
export function apiRoutes(server: GatewayServer, { database }: GatewayParts): void {
  for (const { path, scope, summary, answer, page } of lines)
    server.get(
      `${apiRoot}${path}`,
      {
        config: { who: { access: "api", scope } },
        schema: {
          tags: [tag],
          summary,
          description: `Scope ${scope}.`,
          querystring: apiListQuery,
          response: { 200: answer, "4xx": problemSchema },
        },
      },
      async (request, reply) => {
        const query = request.query as ApiListQuery;
        if (!isOfKey(request, query.store)) return problem(reply, "otherStore", "The key is not for that store.");
        return page(database, query) as never;
      },
    );

  const open = { config: { who: { access: "open", host: "office" } } } as const;
  server.get(`${apiRoot}/openapi.json`, open, async (_request, reply) =>
    reply.type("application/json").serializer(JSON.stringify).send(withExamples(server.swagger())),
  );
}

function isOfKey(request: FastifyRequest, store: string): boolean {
  const { stores } = apiOf(request);
  return stores === null || stores.has(store);
}

/** The description with an example beside each answer. */
function withExamples(document: unknown): unknown {
  const described = structuredClone(document) as {
    paths: Record<string, { get?: { responses: Record<string, { content?: Record<string, { example?: unknown }> }> } }>;
  };
  for (const [path, example] of Object.entries(examples)) {
    const content = described.paths[`${apiRoot}${path}`]?.get?.responses["200"]?.content?.["application/json"];
    if (content !== undefined) content.example = example;
  }
  return described;
}
