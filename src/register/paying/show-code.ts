import type { Money } from "../../domain/money.ts";
import type { PaymentChannel } from "../../domain/tender.ts";
import { countStep, tell, type Core } from "../core.ts";
import { beginTender } from "./begin-tender.ts";
import { takePayment } from "./take-payment.ts";
import { tipAsked } from "./tip-asked.ts";

/**
 * Has a code made for `channel`'s wallet and shows it on till and customer display. One live code at a time: while a payment is
 * on its way there is no second.
 */
export async function showCode(core: Core, channel: PaymentChannel): Promise<void> {
  const { sale, settings, connection } = core.state.get();
  if (sale?.state !== "tendering" && !(await beginTender(core))) return;
  const served = settings?.channels.find((each) => each.channel === channel);
  if (served === undefined || served.codeLivesMs === null) return tell(core, { kind: "channelUnavailable", channel });
  if (!connection.online) return tell(core, { kind: "refused", why: "offline" });
  countStep(core);
  await takePayment(core, channel, null);
}

/** Chooses the tip for the payment to come; null: none. Only where the shop takes tips. */
export function chooseTip(core: Core, tip: Money | null): void {
  const { settings, counter, sale } = core.state.get();
  if (sale === null || counter.kind !== "tender" || (settings?.rules?.tips ?? []).length === 0) return;
  core.state.patch({ tip: tip === null ? null : tipAsked(sale, tip) });
}
