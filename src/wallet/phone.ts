import { batch, createSignal } from "solid-js";
import type { WalletBehaviour, WalletProvider } from "../i18n/wallet-words.ts";
import type { IssuedCode, PromptAnswer, SandboxClient, ScanReply, WalletPayment } from "./sandbox-client.ts";

/** The phone's clock and metronome; real in `main.tsx`. */
export type PhoneClock = { now(): number; every(ms: number, task: () => void): void };

/** How often the sandbox is asked what happened; the countdowns tick with it. */
const askEveryMs = 500;

/** What the phone shows, and what its person can do. */
export type Phone = ReturnType<typeof createPhone>;

/** The phone's state as signals: a code that renews itself, the payment it was used for, the answer to give. */
export function createPhone(client: SandboxClient, clock: PhoneClock) {
  const [provider, setProvider] = createSignal<WalletProvider>("wechat");
  const [providers, setProviders] = createSignal<readonly WalletProvider[]>([]);
  const [behaviour, setBehaviour] = createSignal<WalletBehaviour>("usual");
  const [code, setCode] = createSignal<(IssuedCode & { readonly until: number }) | null>(null);
  const [payment, setPayment] = createSignal<WalletPayment | null>(null);
  const [isReachable, setReachable] = createSignal(true);
  const [now, setNow] = createSignal(clock.now());
  const [sandboxAhead, setSandboxAhead] = createSignal(0);
  const [dismissed, setDismissed] = createSignal<ReadonlySet<string>>(new Set());
  let isAsking = false;

  const renew = async (): Promise<void> => {
    const fresh = await client.freshCode(provider(), behaviour());
    setNow(clock.now());
    setCode(fresh === null ? null : { ...fresh, until: now() + fresh.shownMs });
    setReachable(fresh !== null);
  };
  const ask = async (): Promise<void> => {
    setNow(clock.now());
    if (isAsking) return;
    isAsking = true;
    if (providers().length === 0) {
      const there = (await client.providers()) ?? [];
      const [first] = there;
      setProviders(there);
      if (first !== undefined && !there.includes(provider())) setProvider(first);
    }
    const asked = provider();
    const told = await client.state(asked);
    const shown = code();
    if (asked !== provider()) {
      isAsking = false;
      return;
    }
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
    provider,
    providers,
    /** Takes out the other wallet; its code comes with it. */
    async chooseWallet(next: WalletProvider) {
      batch(() => {
        setProvider(next);
        setCode(null);
        setPayment(null);
      });
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
    behaviour,
    /** Chooses what the next payment does; the code changes with it. */
    async choose(next: WalletBehaviour) {
      setBehaviour(next);
      await renew();
    },
    code,
    isReachable,
    /** The payment to look at, or null while the code is to be shown. */
    payment: () => (dismissed().has(payment()?.outTradeNo ?? "") ? null : payment()),
    codeSecondsLeft: () => Math.max(0, Math.ceil(((code()?.until ?? 0) - now()) / 1000)),
    tillSecondsLeft: () => Math.max(0, Math.ceil(((payment()?.tillWaitsUntilMs ?? 0) - sandboxAhead() - now()) / 1000)),
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
