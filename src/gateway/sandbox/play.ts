import type { Clock, Random } from "../../domain/clock.ts";
import type { Fetch } from "../exchange.ts";
import type { ProviderName } from "./provider-name.ts";
import type { AccountState } from "./settlement/account.ts";
import type { SettlementBooks } from "./settlement/books.ts";
import type { PlayStore } from "./store.ts";
import type { SandboxAnswer, SandboxRequest } from "./wire.ts";

/** What a play is made of. */
export type PlayParts = {
  readonly clock: Clock;
  readonly random: Random;
  /** This provider's lines only. */
  readonly store: PlayStore;
  /** Every delay is multiplied by it: 1 as at the provider, 0.1 in tests. The life of a code is not. */
  readonly timeFactor: number;
  /** How notifications leave; null sends none. */
  readonly fetch: Fetch | null;
  /** When bills are ready, what was withdrawn by hand, and which differences are planted. */
  readonly settlement: SettlementBooks;
};

/** One provider as the sandbox plays it: its wire, its customers' phones, its truth. */
export type ProviderPlay = {
  readonly provider: ProviderName;
  /** True for a path (with its query) of this provider's wire. */
  speaks(url: string): boolean;
  /** Answers one call of the wire; what it tells is in the store when it returns. */
  answer(request: SandboxRequest): SandboxAnswer;
  /** A fresh payment code of this phone; `behaviour` is `usual` or a switch. */
  issueCode(wallet: string, behaviour: string): ControlReply;
  /** What this phone shows: `{nowMs, isCodeUsed, payment}`. */
  walletState(wallet: string): ControlReply;
  /** This phone scans a code that the shop shows; null when `content` is no code of this provider. */
  scan(wallet: string, content: string, behaviour: string): ControlReply | null;
  /** The payer's answer to a password asked; null when the order is not this provider's. */
  answerPrompt(order: string, answer: PromptAnswer): ControlReply | null;
  /** Every order, oldest first, as the ledger holds it. */
  orders(): readonly object[];
  /** What happens to the next notification, or to the next one of `order`. */
  playNotification(next: NotificationPlay, order: string | null): ControlReply;
  /** What happens to the next refund asked for, or to the next one of `order`. */
  playRefund(next: RefundPlay, order: string | null): ControlReply;
  /** The shop's account with this provider, up to now. */
  account(): AccountState;
  /** Gives back money that the shop did not ask for; the sentence says why it cannot. */
  giveBackOutside(wanted: OutsideRefund): MadeOutside | string;
  /** Cancels every timer. */
  stop(): void;
};

/** Opens one provider's play on its part of the store. */
export type PlayMaker = { readonly provider: ProviderName; open(parts: PlayParts): ProviderPlay };

/** Money given back in the provider's portal, or by a payer's dispute. */
export type OutsideRefund = {
  /** The shop's number of the payment; null: the newest payment with money left. */
  readonly order: string | null;
  /** Fen; null: all that is left. */
  readonly amount: number | null;
  readonly by: "outside" | "chargeback";
};
export type MadeOutside = { readonly order: string; readonly refund: string; readonly amount: number };

/** The answer to a control call. */
export type ControlReply = { readonly status: number; readonly json: unknown };

export const promptAnswers = ["confirm", "notEnough", "cancel", "dontAnswer"] as const;
export type PromptAnswer = (typeof promptAnswers)[number];

/** `lost`: no try arrives. `duplicate`: sent again though it was taken. `late`: a minute late. `forged`: a wrongly signed one
 * comes first and the true one a retry later. */
export const notificationPlays = ["true", "lost", "duplicate", "late", "forged"] as const;
export type NotificationPlay = (typeof notificationPlays)[number];

/** `shopBalance`: refused, the shop's balance is short. `busy`: refused, asked too often. `closed`, `abnormal`: accepted, then
 * ended so. `stays`: accepted and never finished. */
export const refundPlays = ["succeeds", "shopBalance", "busy", "closed", "abnormal", "stays"] as const;
export type RefundPlay = (typeof refundPlays)[number];
