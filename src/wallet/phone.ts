import { batch, createSignal } from "solid-js";
import type { WalletBehaviour } from "../i18n/wallet-words.ts";
import type { IssuedCode, PromptAnswer, SandboxClient, WalletPayment } from "./sandbox-client.ts";

/** The phone's clock and metronome; real in `main.tsx`. */
export type PhoneClock = { now(): number; every(ms: number, task: () => void): void };

/** How often the sandbox is asked what happened; the countdowns tick with it. */
const askEveryMs = 500;

/** What the phone shows, and what its person can do. */
export type Phone = ReturnType<typeof createPhone>;

/** The phone's state as signals: a code that renews itself, the payment it was used for, the answer to give. */
export function createPhone(client: SandboxClient, clock: PhoneClock) {
  const [behaviour, setBehaviour] = createSignal<WalletBehaviour>("usual");
  const [code, setCode] = createSignal<(IssuedCode & { readonly until: number }) | null>(null);
  const [payment, setPayment] = createSignal<WalletPayment | null>(null);
  const [isReachable, setReachable] = createSignal(true);
  const [now, setNow] = createSignal(clock.now());
  const [sandboxAhead, setSandboxAhead] = createSignal(0);
  const [dismissed, setDismissed] = createSignal("");
  let isAsking = false;

  const renew = async (): Promise<void> => {
    const fresh = await client.freshCode(behaviour());
    setNow(clock.now());
    setCode(fresh === null ? null : { ...fresh, until: now() + fresh.shownMs });
    setReachable(fresh !== null);
  };
  const ask = async (): Promise<void> => {
    setNow(clock.now());
    if (isAsking) return;
    isAsking = true;
    const told = await client.state();
    const shown = code();
    batch(() => {
      setReachable(told !== null);
      if (told === null) return;
      setSandboxAhead(told.nowMs - clock.now());
      setPayment(told.payment);
    });
    if (told !== null && (shown === null || told.isCodeUsed || shown.until <= clock.now())) await renew();
    isAsking = false;
  };
  clock.every(askEveryMs, () => void ask());
  void ask();

  return {
    behaviour,
    /** Chooses what the next payment does; the code changes with it. */
    async choose(next: WalletBehaviour) {
      setBehaviour(next);
      await renew();
    },
    code,
    isReachable,
    /** The payment to look at, or null while the code is to be shown. */
    payment: () => (payment()?.outTradeNo === dismissed() ? null : payment()),
    codeSecondsLeft: () => Math.max(0, Math.ceil(((code()?.until ?? 0) - now()) / 1000)),
    tillSecondsLeft: () => Math.max(0, Math.ceil(((payment()?.tillWaitsUntilMs ?? 0) - sandboxAhead() - now()) / 1000)),
    async answer(answer: PromptAnswer) {
      const asked = payment();
      if (asked !== null) await client.answer(asked.outTradeNo, answer);
      await ask();
    },
    /** Back to the code. */
    async dismiss() {
      setDismissed(payment()?.outTradeNo ?? "");
      await renew();
    },
    copy: (text: string) => client.copy(text),
  };
}
