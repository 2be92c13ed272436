import type { DisplayView } from "../../src/contract/display.ts";
import { readAlipayLedger } from "../../src/gateway/sandbox/alipay/ledger.ts";
import { readLedger } from "../../src/gateway/sandbox/wechat-pay/ledger.ts";
import type { Dice } from "./seeded.ts";
import type { SimulatedProvider } from "./simulated-provider.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** The customers' phones before the displays: they scan the codes that a till shows, each once or never. */
export type Phones = { look(view: DisplayView): void; readonly counts: Record<string, number> };

type Scanned = Extract<DisplayView, { kind: "scan" }>;

const behaviours = [
  "usual",
  "usual",
  "usual",
  "usual",
  "usual",
  "0101",
  "0102",
  "0103",
  "0201",
  "0501",
  "0502",
  "0601",
  "0602",
] as const;
const noticePlays = ["lost", "lost", "duplicate", "late", "forged"] as const;

/** Phones whose owners the dice move. */
export function simulatedPhones(time: VirtualTime, hand: Dice, provider: SimulatedProvider): Phones {
  const seen = new Set<string>();
  const counts: Record<string, number> = {};
  const note = (what: string): void => void (counts[what] = (counts[what] ?? 0) + 1);
  const scan = async (view: Scanned, behaviour: string, notice: (typeof noticePlays)[number] | null): Promise<void> => {
    if (notice !== null) {
      note(`notice ${notice}`);
      const order = notice === "forged" ? orderShown(provider.lines, view) : null;
      await provider.control("/notifications", {
        next: notice,
        provider: view.channel,
        ...(order === null ? {} : { order }),
      });
    }
    note(`scan ${view.channel}`);
    await provider.control("/scan", { wallet: "phone-0001", content: view.content, behaviour, provider: view.channel });
  };
  return {
    counts,
    look(view) {
      if (view.kind !== "scan" || seen.has(view.content)) return;
      seen.add(view.content);
      const isIgnored = hand.chance(12);
      const behaviour = hand.pick(behaviours);
      const notice = hand.chance(40) ? hand.pick(noticePlays) : null;
      const afterMs = hand.between(1_500, 12_000);
      if (!isIgnored) time.clock.after(afterMs, () => void scan(view, behaviour, notice));
    },
  };
}

/** The order behind a code on the display, by the provider's own store; null when nobody made that code. */
export function orderShown(lines: readonly string[], view: Pick<Scanned, "channel" | "content">): string | null {
  const ofAlipay = readAlipayLedger(lines).shownCodes.get(view.content);
  if (ofAlipay !== undefined) return ofAlipay.outTradeNo;
  const code = [...readLedger(lines).shownCodes].find(([each]) => view.content.endsWith(each));
  return code?.[1].outTradeNo ?? null;
}
