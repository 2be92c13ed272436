import { pollMs, silenceBeforePollMs } from "../../contract/events.ts";
import { paymentBody } from "../../contract/payment.ts";
import type { PaymentId } from "../../domain/identifier.ts";
import type { AttemptRow } from "../../storage/database.ts";
import type { Core } from "../core.ts";
import { applyPayment, endUnsent } from "./resolve-payment.ts";

const askWithinMs = 5_000;
/** After the deadline the gateway charges nothing more; this much later its "never seen" is final, clocks and journeys allowed for. */
const graceAfterDeadlineMs = 5_000;

/**
 * Asks the gateway about an attempt until it is decided, whenever the stream has been silent for five seconds. Runs in the
 * window that took it, and after a restart in the one that took it over.
 */
export function watchAttempt(core: Core, id: PaymentId): void {
  core.ports.clock.after(pollMs, () => void look(core, id));
}

async function look(core: Core, id: PaymentId): Promise<void> {
  const row = await core.ports.ledger.run((database) => database.attempt.get(id));
  if (!row.ok || row.value === undefined || row.value.resolved === 1) return;
  if (core.ports.clock.now() - core.heardAt >= silenceBeforePollMs) await ask(core, row.value);
  watchAttempt(core, id);
}

async function ask(core: Core, row: AttemptRow): Promise<void> {
  const answer = await core.ports.client.ask(
    { method: "GET", path: `/v1/payments/${row.id}`, withinMs: askWithinMs },
    paymentBody,
  );
  if (answer.kind === "answer") return applyPayment(core, answer.value);
  const neverSeen = answer.kind === "problem" && answer.problem.code === "notFound";
  if (neverSeen && core.ports.offset.gatewayNow() > row.deadline + graceAfterDeadlineMs)
    return endUnsent(core, row.id, "notSent");
  const { counter } = core.state.get();
  if (counter.kind !== "waiting" || counter.attempt !== row.id) return;
  const stage = counter.stage === "undoing" ? "undoing" : "unknown";
  core.state.patch({ counter: { ...counter, stage, gatewayHeard: answer.kind === "problem" } });
}
