import type { RegisterState } from "../register/state.ts";

/** What Chromium gives the page before it would offer the installation by itself. */
type InstallPrompt = Event & { prompt(): Promise<{ readonly outcome: "accepted" | "dismissed" }> };

export type InstallOfferParts = {
  /** The window: it hears `beforeinstallprompt` and `appinstalled`. */
  readonly target: Pick<EventTarget, "addEventListener">;
  /** The question, when it was asked before. */
  readonly early: Event | null;
  /** Whether somebody said no; kept for ever. */
  readonly declined: { get(): boolean; set(): void };
  readonly onChange: (isOffered: boolean) => void;
  readonly onInstalled: () => void;
};

export type InstallOffer = {
  /** Tells what the till is doing. */
  follow(state: Pick<RegisterState, "phase" | "counter">, isIdle: boolean): void;
  /** Shows the browser's own question; only on a click. */
  accept(): void;
  decline(): void;
};

/**
 * Offers the installation at the right moment: a sale of this shift is complete, and no other is open. A no, to us or to the
 * browser's own question, is remembered.
 */
export function createInstallOffer({
  target,
  early,
  declined,
  onChange,
  onInstalled,
}: InstallOfferParts): InstallOffer {
  let prompt = early as InstallPrompt | null;
  let hasSold = false;
  let isFree = false;
  const tell = (): void => onChange(prompt !== null && hasSold && isFree && !declined.get());
  const decline = (): void => {
    declined.set();
    tell();
  };
  target.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    prompt = event as InstallPrompt;
    tell();
  });
  target.addEventListener("appinstalled", () => {
    prompt = null;
    tell();
    onInstalled();
  });
  return {
    follow: ({ phase, counter }, isIdle) => {
      hasSold = phase === "selling" && (hasSold || counter.kind === "done");
      isFree = phase === "selling" && isIdle;
      tell();
    },
    accept: () => {
      const asked = prompt?.prompt();
      // the browser takes each prompt once
      prompt = null;
      tell();
      void asked?.then(({ outcome }) => (outcome === "dismissed" ? decline() : undefined));
    },
    decline,
  };
}
