import type { DisplayView } from "../../src/contract/display.ts";
import type { Phones } from "../simulation/phones.ts";
import type { SimulatedProvider } from "../simulation/simulated-provider.ts";
import type { VirtualTime } from "../simulation/virtual-time.ts";

const scansAfterMs = 3_000;

/** Phones that scan each code a display shows, and then behave as the customer before it was told. */
export type TradePhones = Phones & { behaviour: string };

/** Phones of customers who do what the plan says. */
export function tradePhones(time: VirtualTime, provider: SimulatedProvider): TradePhones {
  const seen = new Set<string>();
  const phones: TradePhones = {
    counts: {},
    behaviour: "usual",
    look(view: DisplayView) {
      if (view.kind !== "scan" || seen.has(view.content)) return;
      seen.add(view.content);
      const { content, channel } = view;
      const { behaviour } = phones;
      time.clock.after(scansAfterMs, () => {
        void provider.control("/scan", { wallet: "phone-0001", content, behaviour, provider: channel });
      });
    },
  };
  return phones;
}
