import type { WalletBehaviour } from "../i18n/wallet-words.ts";

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

/** The wallet's only way out: to the sandbox that serves it, and to the clipboard. Null and false mean it did not work. */
export type SandboxClient = {
  freshCode(behaviour: WalletBehaviour): Promise<IssuedCode | null>;
  state(): Promise<WalletState | null>;
  answer(outTradeNo: string, answer: PromptAnswer): Promise<boolean>;
  copy(text: string): Promise<boolean>;
};

/** A sandbox that does not answer within this does not answer. */
const answerWithinMs = 4_000;

/** Talks to the sandbox on this page's own origin as the phone named `wallet`. */
export function createSandboxClient(wallet: string): SandboxClient {
  const own = `/_sandbox/wallets/${wallet}`;
  return {
    freshCode: (behaviour) => call<IssuedCode>(`${own}/code`, { behaviour }),
    state: () => call<WalletState>(own),
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
  const write = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  try {
    const response = await fetch(path, {
      signal: AbortSignal.timeout(answerWithinMs),
      ...(body === undefined ? {} : write),
    });
    return response.ok ? ((await response.json()) as Told) : null;
  } catch {
    // not reachable: the page says so and tries again
    return null;
  }
}
