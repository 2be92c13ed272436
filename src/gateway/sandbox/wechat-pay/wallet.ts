import { plusMs, type Random } from "../../../domain/clock.ts";
import type { ControlReply, PromptAnswer } from "../play.ts";
import type { Books } from "./books.ts";
import { codeHash } from "./numbers.ts";
import type { Order } from "./order.ts";

/** A code is shown for a minute, then renewed; the provider takes it a little longer, for a scan under way. */
const codeShownMs = 60_000;
const codeGraceMs = 30_000;
/** How long a till waits for a password before it reverses (its plan, not the provider's): the wallet shows the rest. */
const tillWaitsMs = 45_000;

/** A fresh code of the phone named `wallet`; its digits carry `behaviour`. */
export function issueCode(books: Books, wallet: string, behaviour: string): ControlReply {
  const now = books.settle();
  const code = freshCode(behaviour, books.parts.random);
  books.record({
    event: "codeIssued",
    codeHash: codeHash(code),
    wallet,
    issuedAt: now,
    staleAt: plusMs(now, codeShownMs + codeGraceMs),
  });
  return { status: 200, json: { code, shownMs: codeShownMs } };
}

/** What the phone shows: whether its newest code was used, and its newest order. */
export function walletState(books: Books, wallet: string): ControlReply {
  const now = books.settle();
  const own = [...books.ledger.orders.values()].filter((order) => order.wallet === wallet);
  const latest = own.toSorted((a, b) => touchedAt(a) - touchedAt(b)).at(-1);
  const [newestCode] = [...books.ledger.issuedCodes].filter(([, issued]) => issued.wallet === wallet).at(-1) ?? [];
  const isCodeUsed = newestCode !== undefined && books.ledger.usedCodes.has(newestCode);
  return { status: 200, json: { nowMs: now, isCodeUsed, payment: latest === undefined ? null : shown(latest, books) } };
}

/** An order as the customer's phone shows it. */
function shown(order: Order, books: Books) {
  return {
    outTradeNo: order.outTradeNo,
    payee: order.description,
    total: order.total,
    state: stateWord(order),
    failure: order.failure,
    isAsking: isAsking(order),
    givenBack: order.givenBack,
    createdAtMs: order.createdAt,
    tillWaitsUntilMs: order.expiresAt ?? order.createdAt + books.scaled(tillWaitsMs),
  };
}

function touchedAt({ scannedAt, createdAt }: Order): number {
  return scannedAt ?? createdAt;
}

/** The words of a payment's state are those of every wallet here: what the payer sees, not what the shop is told. */
function stateWord({ state, failure }: Order): "USERPAYING" | "SUCCESS" | "PAYERROR" | "REVOKED" {
  switch (state) {
    case "SUCCESS":
    case "REFUND":
      return "SUCCESS";
    case "REVOKED":
    case "CLOSED":
      return "REVOKED";
    case "PAYERROR":
      return "PAYERROR";
    case "USERPAYING":
    case "NOTPAY":
      return failure === null ? "USERPAYING" : "PAYERROR";
  }
}

function isAsking({ prompt, state }: Order): boolean {
  return prompt === "shown" && (state === "USERPAYING" || state === "NOTPAY");
}

/** The payer's answer to the password box of an order, or null when there is no such order. */
export function answerPrompt(books: Books, outTradeNo: string, answer: PromptAnswer): ControlReply | null {
  const now = books.settle();
  const order = books.ledger.orders.get(outTradeNo);
  if (order === undefined) return null;
  if (!isAsking(order))
    return { status: 409, json: { problem: "this order asks for no password", state: order.state } };
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
  return { status: 200, json: { state: books.ledger.orders.get(outTradeNo)?.state } };
}

/** 18 digits that begin with 13; digits 3 to 6 are the switch, or for `usual` four that no switch uses (they begin with 9). */
function freshCode(behaviour: string, random: Random): string {
  const digits = [...random.bytes(15)].map((byte) => String(byte % 10)).join("");
  return behaviour === "usual" ? `139${digits}` : `13${behaviour}${digits.slice(0, 12)}`;
}
