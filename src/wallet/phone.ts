import { batch } from "solid-js";
import type { WalletBehaviour, WalletProvider } from "../i18n/wallet-words.ts";
import type { PromptAnswer, SandboxClient, ScanReply } from "./sandbox-client.ts";
import { askState, createScreen, renewCode, type PhoneClock } from "./screen.ts";

/** How often the sandbox is asked what happened; the countdowns tick with it. */
const askEveryMs = 500;

/** What the phone shows, and what its person can do. */
export type Phone = ReturnType<typeof createPhone>;

/** The phone: a code that renews itself, the payment it was used for, the answer to give. */
export function createPhone(client: SandboxClient, clock: PhoneClock) {
  const screen = createScreen(clock);
  const { provider, behaviour, code, payment, dismissed, setDismissed, now } = screen;
  let isAsking = false;
  const renew = () => renewCode(screen, client, clock);
  const ask = async (): Promise<void> => {
    screen.setNow(clock.now());
    if (isAsking) return;
    isAsking = true;
    await askState(screen, client, clock);
    isAsking = false;
  };
  clock.every(askEveryMs, () => void ask());
  void ask();
  return {
    provider,
    providers: screen.providers,
    behaviour,
    code,
    isReachable: screen.isReachable,
    /** The payment to look at, or null while the code is to be shown. */
    payment: () => (dismissed().has(payment()?.outTradeNo ?? "") ? null : payment()),
    codeSecondsLeft: () => secondsUntil(code()?.until ?? 0, now()),
    tillSecondsLeft: () => secondsUntil((payment()?.tillWaitsUntilMs ?? 0) - screen.sandboxAhead(), now()),
    /** Takes out the other wallet; its code comes with it. */
    async chooseWallet(next: WalletProvider) {
      batch(() => {
        screen.setProvider(next);
        screen.setCode(null);
        screen.setPayment(null);
      });
      await renew();
    },
    /** Chooses what the next payment does; the code changes with it. */
    async choose(next: WalletBehaviour) {
      screen.setBehaviour(next);
      await renew();
    },
    /** Scans a code that the shop shows; what the payer is asked then shows by itself. */
    async scan(content: string): Promise<ScanReply> {
      const reply = await client.scan(provider(), content, behaviour());
      // the same order may be scanned again after its result was put away
      if (reply.kind === "taken") setDismissed(new Set([...dismissed()].filter((each) => each !== reply.outTradeNo)));
      await ask();
      return reply;
    },
    async answer(answer: PromptAnswer) {
      const asked = payment();
      if (asked !== null) await client.answer(asked.outTradeNo, answer);
      await ask();
    },
    /** Back to the code. */
    async dismiss() {
      setDismissed(new Set([...dismissed(), payment()?.outTradeNo ?? ""]));
      await renew();
    },
    copy: (text: string) => client.copy(text),
  };
}

function secondsUntil(at: number, now: number): number {
  return Math.max(0, Math.ceil((at - now) / 1000));
}
