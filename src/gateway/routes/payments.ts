import { PassThrough } from "node:stream";
import type { FastifyReply } from "fastify";
import { chargeRequest } from "../../contract/payment.ts";
import type { ProblemCode } from "../../contract/problem.ts";
import { isId, type PaymentId } from "../../domain/identifier.ts";
import { bodyOf } from "../payments/attempt.ts";
import { readAttempt } from "../payments/attempt-store.ts";
import { charge } from "../payments/charge.ts";
import type { PaymentEngine } from "../payments/engine.ts";
import { openTillStream, type TillStream } from "../payments/till-stream.ts";
import { tillOf } from "./access.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const till = { config: { who: { access: "till" } } } as const;
/** Bytes that may wait for a slow till before its stream is ended; it opens a new one and is told everything again. */
const streamBacklogMax = 1_000_000;

/** Charging, asking, and the stream of results. */
export function paymentRoutes(server: GatewayServer, engine: PaymentEngine): void {
  server.put("/v1/payments/:id", { ...till, schema: { body: chargeRequest } }, async (request, reply) => {
    const { id } = request.params as { readonly id: string };
    if (!isId(id)) return problem(reply, "badRequest", "An id has 26 Crockford characters.");
    const taken = await charge(engine, tillOf(request), id as PaymentId, request.body);
    return taken.ok ? taken.value.body : problem(reply, taken.refusal, whyRefused[taken.refusal] ?? "");
  });

  server.get("/v1/payments/:id", till, async (request, reply) => {
    const { id } = request.params as { readonly id: string };
    const attempt = isId(id) ? await readAttempt(engine.parts.database, tillOf(request).store, id as PaymentId) : null;
    if (attempt === null) return problem(reply, "notFound", "This store has no such payment.");
    const timings =
      attempt.account === null ? null : (await engine.accounts.byId(engine.parts.database, attempt.account)).timings;
    return bodyOf(attempt, timings);
  });

  const streams = new Set<() => void>();
  server.get("/v1/tills/:till/events", till, (request, reply) => {
    const body = new PassThrough();
    const end = (): void => {
      stream.close();
      streams.delete(end);
      body.end();
    };
    const stream: TillStream = openTillStream(
      engine,
      tillOf(request),
      (event) => {
        if (body.writableLength > streamBacklogMax) return end();
        body.write(`${JSON.stringify(event)}\n`);
      },
      end,
    );
    streams.add(end);
    request.raw.on("close", end);
    return asStream(reply).send(body);
  });
  server.addHook("preClose", async () => {
    streams.forEach((end) => end());
  });
}

function asStream(reply: FastifyReply): FastifyReply {
  return reply
    .serializer((payload: unknown) => payload as string)
    .type("application/x-ndjson")
    .header("cache-control", "no-store");
}

const whyRefused: Partial<Record<ProblemCode, string>> = {
  otherTag: "The id was not made by this till.",
  clock: "The deadline is too far ahead of the gateway's clock: take the offset from this answer and send again.",
  deadlinePassed: "The deadline has passed; the id is closed and nothing was charged.",
  differentRequest: "The id was used for another amount, sale or channel.",
  channelUnavailable: "This store has no provider account for that channel.",
  codeInvalid: "The code has not the form of that channel's payment codes.",
};
