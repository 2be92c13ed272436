import type { RefundBody } from "../../contract/refund.ts";
import type { Core } from "../core.ts";

/** Takes over how far a refund is: on the result that is shown, and as a notice when it needs somebody. */
export function hearRefund(core: Core, refund: RefundBody): void {
  const { counter } = core.state.get();
  const isShown =
    counter.kind === "done" && counter.back.some((part) => part.kind === "refund" && part.refund === refund.id);
  if (isShown)
    core.state.patch({
      counter: {
        ...counter,
        back: counter.back.map((part) =>
          part.kind === "refund" && part.refund === refund.id ? { ...part, state: refund.state } : part,
        ),
      },
    });
  else if (refund.state === "failed" || refund.state === "abnormal")
    core.state.patch({ notice: { kind: "refundTrouble", amount: refund.amount, channel: refund.channel } });
}
