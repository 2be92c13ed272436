import type { WalletBehaviour, WalletProvider } from "../i18n/wallet-words.ts";

/** A payment as the sandbox shows it to the phone; amounts in fen, times in the sandbox's milliseconds. */
export type WalletPayment = {
  readonly outTradeNo: string;
  readonly payee: string;
  readonly total: number;
  readonly state: "USERPAYING" | "SUCCESS" | "PAYERROR" | "REVOKED";
  readonly failure: "cancelled" | "notEnough" | null;
  readonly isAsking: boolean;
  readonly givenBack: number;
  readonly tillWaitsUntilMs: number;
};

export type WalletState = {
  readonly nowMs: number;
  readonly isCodeUsed: boolean;
  readonly payment: WalletPayment | null;
};
export type IssuedCode = { readonly code: string; readonly shownMs: number };
export type PromptAnswer = "confirm" | "notEnough" | "cancel" | "dontAnswer";

/** What a scan comes to: taken, a code this wallet does not know, one that cannot be paid any more, or no answer. */
export type ScanReply =
  | { readonly kind: "taken"; readonly outTradeNo: string }
  | { readonly kind: "unknown" | "ended" | "unreachable" };

/** The wallet's only way out: to the sandbox that serves it, and to the clipboard. Null and false mean it did not work. */
export type SandboxClient = {
  /** Whose wallets the sandbox has. */
  providers(): Promise<readonly WalletProvider[] | null>;
  freshCode(provider: WalletProvider, behaviour: WalletBehaviour): Promise<IssuedCode | null>;
  state(provider: WalletProvider): Promise<WalletState | null>;
  /** Scans a code that a shop shows; `content` is its text. */
  scan(provider: WalletProvider, content: string, behaviour: WalletBehaviour): Promise<ScanReply>;
  answer(outTradeNo: string, answer: PromptAnswer): Promise<boolean>;
  copy(text: string): Promise<boolean>;
};

/** A sandbox that does not answer within this does not answer. */
const answerWithinMs = 4_000;

/** Talks to the sandbox on this page's own origin as the phone named `wallet`. */
export function createSandboxClient(wallet: string): SandboxClient {
  const own = `/_sandbox/wallets/${wallet}`;
  return {
    async providers() {
      const told = await call<{ readonly providers: readonly WalletProvider[] }>("/_sandbox/providers");
      return told?.providers ?? null;
    },
    freshCode: (provider, behaviour) => call<IssuedCode>(`${own}/code`, { provider, behaviour }),
    state: (provider) => call<WalletState>(`${own}?provider=${provider}`),
    async scan(provider, content, behaviour) {
      const response = await reach("/_sandbox/scan", { wallet, provider, content, behaviour });
      if (response === null) return { kind: "unreachable" };
      if (!response.ok) return { kind: response.status === 409 ? "ended" : "unknown" };
      const { outTradeNo } = (await response.json()) as { readonly outTradeNo: string };
      return { kind: "taken", outTradeNo };
    },
    async answer(outTradeNo, answer) {
      return (await call(`/_sandbox/orders/${encodeURIComponent(outTradeNo)}/answer`, { answer })) !== null;
    },
    async copy(text) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        // the browser may forbid it: the digits stay selectable
        return false;
      }
    },
  };
}

async function call<Told>(path: string, body?: unknown): Promise<Told | null> {
  const response = await reach(path, body);
  return response !== null && response.ok ? ((await response.json()) as Told) : null;
}

async function reach(path: string, body?: unknown): Promise<Response | null> {
  const write = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  try {
    return await fetch(path, {
      signal: AbortSignal.timeout(answerWithinMs),
      ...(body === undefined ? {} : write),
    });
  } catch {
    // not reachable: the page says so and tries again
    return null;
  }
}
