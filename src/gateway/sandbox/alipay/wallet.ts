import { plusMs, type Random } from "../../../domain/clock.ts";
import type { ControlReply, PromptAnswer } from "../play.ts";
import { codeHash, type Books } from "./books.ts";
import type { Trade } from "./trade.ts";

/** A code is shown for a minute, then renewed; the provider takes it a little longer, for a scan under way. */
const codeShownMs = 60_000;
const codeGraceMs = 30_000;
/** How long a till waits for a password before it cancels (its plan, not the provider's): the wallet shows the rest. */
const tillWaitsMs = 60_000;

/** A fresh code of the phone named `wallet`; its digits carry `behaviour`. */
export function issueCode(books: Books, wallet: string, behaviour: string): ControlReply {
  const now = books.settle();
  const code = freshCode(behaviour, books.parts.random);
  const staleAt = plusMs(now, codeShownMs + codeGraceMs);
  books.record({ event: "codeIssued", codeHash: codeHash(code), wallet, issuedAt: now, staleAt });
  return { status: 200, json: { code, shownMs: codeShownMs } };
}

/** What the phone shows: whether its newest code was used, and its newest trade. */
export function walletState(books: Books, wallet: string): ControlReply {
  const now = books.settle();
  const latest = [...books.ledger.orders.values()].filter((trade) => trade.wallet === wallet).at(-1);
  const [newestCode] = [...books.ledger.issuedCodes].filter(([, issued]) => issued.wallet === wallet).at(-1) ?? [];
  const isCodeUsed = newestCode !== undefined && books.ledger.usedCodes.has(newestCode);
  return { status: 200, json: { nowMs: now, isCodeUsed, payment: latest === undefined ? null : shown(latest, books) } };
}

/** The payer's answer to the password box of a trade, or null when there is no such trade. */
export function answerPrompt(books: Books, outTradeNo: string, answer: PromptAnswer): ControlReply | null {
  const now = books.settle();
  const trade = books.ledger.orders.get(outTradeNo);
  if (trade === undefined) return null;
  if (!isAsking(trade))
    return { status: 409, json: { problem: "this order asks for no password", state: trade.status } };
  switch (answer) {
    case "confirm":
      books.record({ event: "paid", outTradeNo, at: now });
      break;
    case "dontAnswer":
      books.record({ event: "ignored", outTradeNo, at: now });
      break;
    case "cancel":
      books.record({ event: "failed", outTradeNo, at: now, why: "cancelled" });
      break;
    case "notEnough":
      books.record({ event: "failed", outTradeNo, at: now, why: "notEnough" });
  }
  return { status: 200, json: { state: books.ledger.orders.get(outTradeNo)?.status } };
}

/** A trade as the customer's phone shows it; the words of its state are those of every wallet here. */
function shown(trade: Trade, books: Books) {
  return {
    outTradeNo: trade.outTradeNo,
    payee: trade.subject,
    total: trade.total,
    state: stateWord(trade),
    failure: trade.failure,
    isAsking: isAsking(trade),
    givenBack: trade.givenBack,
    createdAtMs: trade.createdAt,
    tillWaitsUntilMs: Math.min(trade.closesAt, trade.createdAt + books.scaled(tillWaitsMs)),
  };
}

function stateWord({ status, failure, paidAt }: Trade): "USERPAYING" | "SUCCESS" | "PAYERROR" | "REVOKED" {
  if (failure !== null) return "PAYERROR";
  if (status === "TRADE_SUCCESS") return "SUCCESS";
  return status === "WAIT_BUYER_PAY" && paidAt === null ? "USERPAYING" : "REVOKED";
}

function isAsking({ prompt, status }: Trade): boolean {
  return prompt === "shown" && status === "WAIT_BUYER_PAY";
}

/** 18 digits that begin with 28; digits 3 to 6 are the switch, or for `usual` four that no switch uses (they begin with 9). */
function freshCode(behaviour: string, random: Random): string {
  const digits = [...random.bytes(15)].map((byte) => String(byte % 10)).join("");
  return behaviour === "usual" ? `289${digits}` : `28${behaviour}${digits.slice(0, 12)}`;
}
