import { batch, createSignal } from "solid-js";
import type { WalletBehaviour, WalletProvider } from "../i18n/wallet-words.ts";
import type { IssuedCode, SandboxClient, WalletPayment } from "./sandbox-client.ts";

/** The phone's clock and metronome; real in `main.tsx`. */
export type PhoneClock = { now(): number; every(ms: number, task: () => void): void };

/** Everything the phone shows, as signals. */
export type Screen = ReturnType<typeof createScreen>;

/** A screen on which nothing has been told yet. */
export function createScreen(clock: PhoneClock) {
  const [provider, setProvider] = createSignal<WalletProvider>("wechat");
  const [providers, setProviders] = createSignal<readonly WalletProvider[]>([]);
  const [behaviour, setBehaviour] = createSignal<WalletBehaviour>("usual");
  const [code, setCode] = createSignal<(IssuedCode & { readonly until: number }) | null>(null);
  const [payment, setPayment] = createSignal<WalletPayment | null>(null);
  const [isReachable, setReachable] = createSignal(true);
  const [now, setNow] = createSignal(clock.now());
  const [sandboxAhead, setSandboxAhead] = createSignal(0);
  /** Payments whose result was put away. */
  const [dismissed, setDismissed] = createSignal<ReadonlySet<string>>(new Set());
  return {
    provider,
    setProvider,
    providers,
    setProviders,
    behaviour,
    setBehaviour,
    code,
    setCode,
    payment,
    setPayment,
    isReachable,
    setReachable,
    now,
    setNow,
    sandboxAhead,
    setSandboxAhead,
    dismissed,
    setDismissed,
  };
}

/** Asks for a fresh code of the wallet that is out; one that comes when another has been taken out is not shown. */
export async function renewCode(screen: Screen, client: SandboxClient, clock: PhoneClock): Promise<void> {
  const provider = screen.provider();
  const fresh = await client.freshCode(provider, screen.behaviour());
  if (provider !== screen.provider()) return;
  screen.setNow(clock.now());
  screen.setCode(fresh === null ? null : { ...fresh, until: screen.now() + fresh.shownMs });
  screen.setReachable(fresh !== null);
}

/** Asks what happened, and renews the code when it was used or its minute is over. */
export async function askState(screen: Screen, client: SandboxClient, clock: PhoneClock): Promise<void> {
  if (screen.providers().length === 0) await findWallets(screen, client);
  const provider = screen.provider();
  const told = await client.state(provider);
  if (provider !== screen.provider()) return;
  batch(() => {
    screen.setReachable(told !== null);
    if (told === null) return;
    screen.setSandboxAhead(told.nowMs - clock.now());
    screen.setPayment(told.payment);
  });
  const shown = screen.code();
  if (told !== null && (shown === null || told.isCodeUsed || shown.until <= clock.now()))
    await renewCode(screen, client, clock);
}

async function findWallets(screen: Screen, client: SandboxClient): Promise<void> {
  const there = (await client.providers()) ?? [];
  const [first] = there;
  screen.setProviders(there);
  if (first !== undefined && !there.includes(screen.provider())) screen.setProvider(first);
}
