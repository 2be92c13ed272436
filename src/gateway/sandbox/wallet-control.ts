import { plusMs, type Random } from "../../domain/clock.ts";
import { codeHash, type Books } from "./books.ts";
import type { Order, PayerFailure } from "./ledger.ts";
import { switches } from "./switches.ts";
import { controlAnswer, jsonObject, type SandboxAnswer, type SandboxRequest } from "./wire.ts";

/** A code is shown for a minute, then renewed; the provider takes it a little longer, for a scan under way. */
const codeShownMs = 60_000;
const codeGraceMs = 30_000;
/** How long a till waits for a password before it reverses (its plan, not the provider's): the wallet shows the rest. */
const tillWaitsMs = 45_000;
/** The newest orders a listing holds. */
const ordersListedMax = 200;
const walletPattern = /^\/_sandbox\/wallets\/([0-9A-Za-z-]{8,64})(\/code)?$/;
const answerPattern = /^\/_sandbox\/orders\/([0-9A-Za-z_\-|*]{6,32})\/answer$/;

/** How the wallet page and tests play the customer. Nothing of it exists at the provider; it takes part in no signature. */
export function controlCall(request: SandboxRequest, books: Books): SandboxAnswer {
  const path = request.url.split("?")[0] ?? "";
  const isWrite = request.method === "POST";
  if (isWrite && !(request.headers["content-type"] ?? "").startsWith("application/json")) {
    return controlAnswer(415, { problem: "send application/json" });
  }
  const wallet = walletPattern.exec(path);
  if (wallet?.[1] !== undefined) {
    if (wallet[2] !== undefined) return isWrite ? issueCode(request, books, wallet[1]) : wrongMethod();
    return isWrite ? wrongMethod() : walletState(books, wallet[1]);
  }
  const answered = answerPattern.exec(path);
  if (answered?.[1] !== undefined) return isWrite ? answerPrompt(request, books, answered[1]) : wrongMethod();
  if (path === "/_sandbox/orders" && !isWrite) return listOrders(books);
  return controlAnswer(404, { problem: "no such call; see the sandbox's README" });
}

function issueCode(request: SandboxRequest, books: Books, wallet: string): SandboxAnswer {
  const behaviour = jsonObject(request.body)?.["behaviour"];
  if (behaviour !== "usual" && (typeof behaviour !== "string" || !Object.hasOwn(switches, behaviour))) {
    return controlAnswer(400, { problem: "behaviour is `usual` or a switch of the sandbox" });
  }
  const now = books.settle();
  const code = freshCode(behaviour, books.parts.random);
  books.record({
    event: "codeIssued",
    codeHash: codeHash(code),
    wallet,
    issuedAt: now,
    staleAt: plusMs(now, codeShownMs + codeGraceMs),
  });
  return controlAnswer(200, { code, shownMs: codeShownMs });
}

function walletState(books: Books, wallet: string): SandboxAnswer {
  const now = books.settle();
  const latest = [...books.ledger.orders.values()].filter((order) => order.wallet === wallet).at(-1);
  const [newestCode] = [...books.ledger.issuedCodes].filter(([, issued]) => issued.wallet === wallet).at(-1) ?? [];
  const isCodeUsed = newestCode !== undefined && books.ledger.usedCodes.has(newestCode);
  return controlAnswer(200, { nowMs: now, isCodeUsed, payment: latest === undefined ? null : shown(latest, books) });
}

/** An order as the customer's phone shows it. */
function shown(order: Order, books: Books) {
  return {
    outTradeNo: order.outTradeNo,
    payee: order.description,
    total: order.total,
    state: order.state,
    failure: order.failure,
    isAsking: order.prompt === "shown" && order.state === "USERPAYING",
    givenBack: order.givenBack,
    createdAtMs: order.createdAt,
    tillWaitsUntilMs: order.createdAt + books.scaled(tillWaitsMs),
  };
}

function answerPrompt(request: SandboxRequest, books: Books, outTradeNo: string): SandboxAnswer {
  const now = books.settle();
  const order = books.ledger.orders.get(outTradeNo);
  if (order === undefined) return controlAnswer(404, { problem: "no such order" });
  if (order.prompt !== "shown" || order.state !== "USERPAYING")
    return controlAnswer(409, { problem: "this order asks for no password", state: order.state });
  const failures: Readonly<Record<string, PayerFailure>> = { cancel: "cancelled", notEnough: "notEnough" };
  const answer = jsonObject(request.body)?.["answer"];
  if (answer === "confirm") books.record({ event: "paid", outTradeNo, at: now });
  else if (answer === "dontAnswer") books.record({ event: "ignored", outTradeNo, at: now });
  else if (answer === "cancel" || answer === "notEnough") {
    books.record({ event: "failed", outTradeNo, at: now, why: failures[answer] ?? "cancelled" });
  } else return controlAnswer(400, { problem: "answer is confirm, cancel, notEnough or dontAnswer" });
  return controlAnswer(200, { state: books.ledger.orders.get(outTradeNo)?.state });
}

function listOrders(books: Books): SandboxAnswer {
  books.settle();
  return controlAnswer(200, { orders: [...books.ledger.orders.values()].slice(-ordersListedMax) });
}

/** 18 digits that begin with 13; digits 3 to 6 are the switch, or for `usual` four that no switch uses (they begin with 9). */
function freshCode(behaviour: string, random: Random): string {
  const digits = [...random.bytes(15)].map((byte) => String(byte % 10)).join("");
  return behaviour === "usual" ? `139${digits}` : `13${behaviour}${digits.slice(0, 12)}`;
}

function wrongMethod(): SandboxAnswer {
  return controlAnswer(405, { problem: "wrong method" });
}
