import type { StoreId } from "../../domain/identifier.ts";
import type { PaymentEngine } from "../payments/engine.ts";
import { takeNotification } from "../payments/take-notification.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const notify = { config: { who: { access: "notify" } } } as const;

/** Where providers tell by themselves; the adapter checks who speaks. */
export function notificationRoutes(server: GatewayServer, engine: PaymentEngine): void {
  server.post("/v1/notify/:account/:store", notify, async (request, reply) => {
    const { account, store } = request.params as { readonly account: string; readonly store: string };
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
    );
    const answer = await takeNotification(engine, store as StoreId, account, { headers, body: request.rawBody });
    if (answer === null) return problem(reply, "notFound", "No such account of that store.");
    return reply
      .code(answer.status)
      .type(answer.contentType)
      .serializer((payload: unknown) => payload as string)
      .send(answer.body);
  });
}
