import type { Report } from "../../../src/contract/reports.ts";
import { plusMs, type Instant } from "../../../src/domain/clock.ts";
import type { PaymentId, RefundId, SaleId } from "../../../src/domain/identifier.ts";
import type { CompletedSale } from "../../../src/domain/journal.ts";
import { linesLeft, returnByQuantity, tendersOf } from "../../../src/domain/returns.ts";
import { snapshotOf } from "../../../src/domain/sale-snapshot.ts";
import type { Sale } from "../../../src/domain/sale.ts";
import type { BusinessDate } from "../../../src/domain/till-session.ts";
import { resetOwner } from "../../../src/gateway/office/owner.ts";
import { newId } from "../../fakes/sample-sale.ts";
import { complete, exchange, soldSale, ticket, type Played } from "../../fakes/random-sale.ts";
import type { SigningTill } from "../../fakes/signing-till.ts";
import type { GatewayBench } from "../gateway-bench.ts";

const password = "a long new password";

/** The office's page as a client that is signed in. */
export async function officeOf(bench: GatewayBench) {
  let cookie = "";
  const ask = (method: "GET" | "POST" | "PUT" | "DELETE", url: string, body?: unknown) =>
    bench.gateway.app.server.inject({
      method,
      url,
      headers: { host: "localhost", origin: "http://localhost", "content-type": "application/json", cookie },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
  const once = await resetOwner(bench.parts);
  const signed = await ask("POST", "/v1/office/sign-ins", { v: 1, password: once, newPassword: password });
  cookie = String(signed.headers["set-cookie"]).split(";")[0] ?? "";
  return {
    ask,
    get cookie() {
      return cookie;
    },
    async report(query: Record<string, string>): Promise<Report> {
      const answer = await ask("GET", `/v1/office/reports?${new URLSearchParams(query)}`);
      if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${answer.body}`);
      return answer.json<Report>();
    },
  };
}

const at = 1 as Instant;
const steps = { firstLineAt: at, lastLineAt: at, payAt: at, tenderAt: at, completedAt: at, steps: 1 };

/** What a till's journal says of `sale`, whose lines name `products` in turn. */
export function completedOf(sale: Sale, id: SaleId, receipt: string, products: readonly string[]): CompletedSale {
  const lines = sale.lines.map((line, nth) => ({ ...line, product: products[nth % products.length] as never }));
  return {
    sale: { ...snapshotOf({ ...sale, lines }), id },
    receipt,
    tenders: sale.tenders,
    carried: sale.carried,
    approvals: [],
    steps,
    drawer: false,
  };
}

/** A completed sale as it is played, and, when `back` says so, a second one that takes its first line back against `instead`. */
export function playOut(
  till: SigningTill,
  played: Played,
  products: readonly string[],
  back: Played | null,
): readonly CompletedSale[] {
  const sold = complete(ticket(played), played);
  const id = newId<SaleId>(till.answer.settings.tag);
  const first = completedOf(sold, id, `A1-1-${id.slice(-4)}`, products);
  if (back === null) return [first];
  const left = linesLeft({ ...soldSale(sold), id }, [])[0];
  if (left === undefined) return [first];
  const line = returnByQuantity({ id, receipt: first.receipt }, left, left.quantity);
  if (!line.ok) return [first];
  const second = complete(exchange(sold, [line.value], back.scanned), back, tendersOf(sold));
  const other = newId<SaleId>(till.answer.settings.tag);
  const tenders = second.tenders.map((tender) =>
    tender.kind === "refund"
      ? { ...tender, refund: newId<PaymentId>(till.answer.settings.tag) as never as RefundId }
      : tender,
  );
  return [first, completedOf({ ...second, tenders }, other, `A1-1-${other.slice(-4)}`, products)];
}

/** Delivers `sales` as entries of `businessDate`, a minute apart from `from` on, by a device whose clock is `offsetMs` behind. */
export async function deliver(
  till: SigningTill,
  sales: readonly CompletedSale[],
  businessDate: string,
  from: Instant,
  staff: string,
  offsetMs = 0,
): Promise<readonly string[]> {
  const texts = sales.map((body, nth) =>
    till.write(
      { kind: "saleCompleted", body },
      {
        at: plusMs(from, nth * 60_000 - offsetMs),
        offsetMs,
        businessDate: businessDate as BusinessDate,
        staff: staff as never,
      },
    ),
  );
  const answer = await till.drain(texts);
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${answer.body}`);
  return texts;
}
