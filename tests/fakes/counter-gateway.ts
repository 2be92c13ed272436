import type { TillEvent } from "../../src/contract/events.ts";
import type { HeldSale, ReleaseRequest } from "../../src/contract/held.ts";
import { claimMs, type ReturnClaim } from "../../src/contract/returns.ts";
import { instant, plusMs, type Instant } from "../../src/domain/clock.ts";
import {
  makeId,
  type PaymentId,
  type SaleId,
  type StaffId,
  type Tag,
  type TillId,
} from "../../src/domain/identifier.ts";
import type { CompletedSale } from "../../src/domain/journal.ts";
import { money } from "../../src/domain/money.ts";
import { pieces } from "../../src/domain/quantity.ts";
import { tendersLess, tendersOf, type Carried, type ReturnedLine } from "../../src/domain/returns.ts";
import { systemRandom } from "../../src/gateway/system-clock.ts";
import type { Answering } from "./register-bench.ts";
import { sampleSale } from "./sample-sale.ts";

export const at = instant(Date.parse("2026-11-23T18:42:00+08:00"));
const tag = "TA10" as Tag;

/** A number of this till's own making. */
export function id<Kind extends SaleId | PaymentId>(): Kind {
  return makeId<Kind>(at, tag, systemRandom);
}

/** A past sale of one line of `count` pieces at `each` fen; `wallet` of it by WeChat Pay, the rest in cash. */
export function pastSale(count: number, each: number, wallet: number, receipt = "A2-1-0964"): CompletedSale {
  const whole = sampleSale(id<SaleId>(), count * each, id<PaymentId>());
  const [line] = whole.sale.lines;
  const [payment] = whole.tenders;
  if (line === undefined || payment === undefined) throw new Error("a sample sale has a line and a tender");
  const none = money(0, "CNY");
  const cash = money(count * each - wallet, "CNY");
  return {
    ...whole,
    receipt,
    sale: { ...whole.sale, lines: [{ ...line, quantity: pieces(count), unitPrice: money(each, "CNY") }] },
    tenders: [
      ...(wallet === 0 ? [] : [{ ...payment, amount: money(wallet, "CNY") }]),
      ...(cash.amount === 0
        ? []
        : [{ kind: "cash", amount: cash, given: cash, change: none, rounding: none } as const]),
    ],
  };
}

/** A gateway that knows past sales and held tickets as the real one does, and can be made to refuse or to fall silent. */
export type CounterGateway = {
  readonly answering: Answering;
  /** Its clock. */
  now: () => Instant;
  /** Nothing is heard of it while true. */
  silent: boolean;
  /** Whoever is signed on may bring goods back without a second person. */
  mayAlone: boolean;
  /** The code that the next claim of a return is refused with. */
  refuseReturn: string | null;
  readonly claims: ReturnClaim[];
  readonly held: HeldSale[];
  readonly taken: { readonly id: SaleId; readonly by: TillId }[];
  readonly heard: string[];
  /** Tickets whose till never lets them go. */
  readonly unanswered: Set<SaleId>;
  readonly claimed: unknown[];
  /** What the stream says when it is opened next. */
  readonly events: TillEvent[];
  readonly releases: ReleaseRequest[];
  /** Who has what is let go; `silent`: it arrives, and its answer does not. */
  releaseTo: TillId | null | "silent";
  /** A completed sale, and what has come back of it by now. */
  knows(
    sale: CompletedSale,
    used?: { readonly returned: readonly ReturnedLine[]; readonly parts: readonly Carried[] },
  ): void;
};

const problem = (status: number, code: string) => ({
  status,
  body: { type: "about:blank", title: code, status, code },
});

/** An empty one. */
export function counterGateway(): CounterGateway {
  const sales = new Map<SaleId, object>();
  const tickets = new Map<string, object>();
  const gateway: CounterGateway = {
    now: () => at,
    silent: false,
    mayAlone: false,
    refuseReturn: null,
    claims: [],
    held: [],
    taken: [],
    heard: [],
    unanswered: new Set(),
    claimed: [],
    events: [],
    releases: [],
    releaseTo: null,
    knows: (sale, used = { returned: [], parts: [] }) => {
      const own = tendersOf({ ...sale.sale, tenders: sale.tenders, carried: sale.carried, currency: "CNY" });
      const left = tendersLess(own, used.parts);
      sales.set(sale.sale.id, {
        store: "heping",
        tillLabel: "A2",
        completedAt: at,
        body: sale,
        returned: used.returned,
        left,
        refunds: [],
      });
    },
    answering: (method, path, body) => {
      if (gateway.silent) return undefined;
      gateway.heard.push(`${method} ${path}`);
      if (path.startsWith("/v1/sales?"))
        return { status: 200, body: { sales: [...sales.values()].filter((each) => isNamed(each, path)) } };
      if (path === "/v1/returns") return claim(gateway, body as ReturnClaim);
      if (path.endsWith("/events") && gateway.events.length > 0)
        return {
          status: 200,
          body: gateway.events
            .splice(0)
            .map((event) => `${JSON.stringify(event)}\n`)
            .join(""),
        };
      if (path.startsWith("/v1/held-sales")) return heldAnswer(gateway, tickets, method, path, body);
      return undefined;
    },
  };
  return gateway;
}

function isNamed(sale: object, path: string): boolean {
  const number = decodeURIComponent(path.split("=")[1] ?? "");
  const { body } = sale as { readonly body: CompletedSale };
  const numbers = body.tenders.flatMap((tender) =>
    tender.kind === "payment" ? [tender.attempt as string, tender.providerTransactionId] : [],
  );
  return [body.receipt, body.sale.id as string, ...numbers].includes(number) || body.receipt.endsWith(`-${number}`);
}

function claim(gateway: CounterGateway, asked: ReturnClaim): ReturnType<Answering> {
  gateway.claims.push(asked);
  if (gateway.refuseReturn !== null) return problem(409, gateway.refuseReturn);
  const expiresAt = plusMs(gateway.now(), claimMs);
  if (gateway.mayAlone && asked.approval === null) return { status: 200, body: { approval: null, expiresAt } };
  if (asked.approval === null) return problem(403, "approvalNeeded");
  const amount = money(asked.back, "CNY");
  const yes = { id: id(), act: "return", subject: asked.sale, amount, by: asked.approval.by, method: "pin", at };
  return { status: 200, body: { approval: yes, expiresAt } };
}

function heldAnswer(
  gateway: CounterGateway,
  tickets: Map<string, object>,
  method: string,
  path: string,
  body: unknown,
): ReturnType<Answering> {
  const named = path.split("/")[3] ?? "";
  if (method === "GET") return { status: 200, body: { held: gateway.held, taken: gateway.taken } };
  if (method === "PUT") {
    const { ticket } = body as { readonly ticket: object };
    tickets.set(named, ticket);
    return { status: 200, body: { held: true } };
  }
  if (path.endsWith("/releases")) {
    gateway.releases.push(body as ReleaseRequest);
    return gateway.releaseTo === "silent" ? undefined : { status: 200, body: { to: gateway.releaseTo } };
  }
  gateway.claimed.push(body);
  if (gateway.unanswered.has(named as SaleId)) return { status: 200, body: { ticket: null } };
  if (gateway.taken.some((each) => each.id === named)) return problem(409, "taken");
  const ticket = tickets.get(named);
  return ticket === undefined ? problem(404, "notFound") : { status: 200, body: { ticket } };
}

/** A ticket that another till of the store holds, as the list names it. */
export function heldElsewhere(sale: SaleId): HeldSale {
  return {
    id: sale,
    till: "till-a2" as TillId,
    tillLabel: "A2",
    staff: "staff-2" as StaffId,
    total: money(2_560, "CNY"),
    itemCount: 2,
    heldAt: at,
  };
}
