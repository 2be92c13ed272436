import { instant } from "../../../src/domain/clock.ts";
import { makeId, type SaleId, type SessionId, type StaffId, type Tag } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { pieces } from "../../../src/domain/quantity.ts";
import { balanceOf, openSale, saleAfter, type Sale, type SaleEvent } from "../../../src/domain/sale.ts";
import { taxRate } from "../../../src/domain/tax.ts";
import { cashTender } from "../../../src/domain/tender.ts";
import { completeSale } from "../../../src/register/paying/complete-sale.ts";
import { LedgerDatabase } from "../../../src/storage/database.ts";
import { createLedger } from "../../../src/storage/ledger.ts";
import { sha256Hex } from "../../../src/storage/sha256.ts";
import { browserClock } from "../../e2e/devices/pages/browser-clock.ts";

const tag = "A1" as Tag;
const random = { bytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)) };
const names = { "zh-CN": "岭禾纯牛奶 250毫升", en: "Linghe milk 250 ml", ja: "リンホー牛乳 250ml" };
const linesOfSale = 8;

function event(sale: Sale, step: SaleEvent): Sale {
  const next = saleAfter(sale, step);
  if (!next.ok) throw new Error(next.refusal);
  return next.value;
}

/** A ticket of eight lines, ready to be paid. */
function ticket(): Sale {
  const now = browserClock.now();
  let sale = openSale({
    id: makeId<SaleId>(now, tag, random),
    session: makeId<SessionId>(now, tag, random),
    staff: "staff-1" as StaffId,
    taxMode: "included",
    currency: "CNY",
    openedAt: now,
  });
  for (let line = 0; line < linesOfSale; line++)
    sale = event(sale, {
      kind: "addLine",
      line: {
        product: `10000${line}` as never,
        names,
        barcode: "6901234567892" as never,
        quantity: pieces(2),
        unitPrice: money(450 + line, "CNY"),
        listPrice: money(500 + line, "CNY"),
        taxRate: taxRate(1300),
      },
    });
  return event(sale, { kind: "beginTender" });
}

const database = new LedgerDatabase({ indexedDB, IDBKeyRange });
const ledger = createLedger({ database, clock: browserClock, sha256: sha256Hex, offsetMs: () => 0 });

async function prepare(): Promise<IDBDatabase> {
  await database.install.put({
    key: "install",
    series: 1,
    settings: { till: "till-a1", label: "A1", tag, store: { id: "store-a" } },
    publicKey: "",
    gatewayKey: "",
  } as never);
  await database.head.put({ series: 1, number: 0, hash: "0".repeat(64), acknowledged: 0, receipts: 0 });
  return new Promise((done, failed) => {
    const opening = indexedDB.open("raw", 1);
    opening.addEventListener("upgradeneeded", () => {
      const { result } = opening;
      const sales = result.createObjectStore("sale", { keyPath: "id" });
      for (const index of ["completedAt", "receipt", "session"]) sales.createIndex(index, index);
      result.createObjectStore("entry", { keyPath: ["series", "number"] });
      result.createObjectStore("head", { keyPath: "series" });
    });
    opening.addEventListener("success", () => done(opening.result));
    opening.addEventListener("error", () => failed(opening.error));
  });
}

/** The same three rows as a sale's commit writes, without a library and without reading anything first. */
function commitRaw(raw: IDBDatabase, sale: unknown, entry: unknown, head: unknown): Promise<number> {
  const startedAt = performance.now();
  return new Promise((done, failed) => {
    const transaction = raw.transaction(["sale", "entry", "head"], "readwrite", { durability: "strict" });
    transaction.objectStore("sale").add(sale);
    transaction.objectStore("entry").add(entry);
    transaction.objectStore("head").put(head);
    transaction.addEventListener("complete", () => done(performance.now() - startedAt));
    transaction.addEventListener("abort", () => failed(transaction.error));
  });
}

async function commitSale(): Promise<{ ms: number; written: unknown }> {
  const sale = ticket();
  const due = balanceOf(sale);
  const tender = cashTender(due, money(due.amount + 100, "CNY"));
  if (!tender.ok) throw new Error(tender.refusal);
  const now = instant(Date.now());
  const steps = { firstLineAt: now, lastLineAt: now, payAt: now, steps: 2 };
  const startedAt = performance.now();
  const written = await ledger.transact((transaction) => completeSale(transaction, sale, [tender.value], steps));
  const ms = performance.now() - startedAt;
  if (!written.ok) throw new Error(written.refusal.detail);
  return { ms, written: written.value };
}

/** Completes `count` sales by the ledger, each followed by the same rows written raw; the first tenth only warms up. */
export async function measure(count: number): Promise<{ readonly sale: number[]; readonly raw: number[] }> {
  const raw = await prepare();
  const figures = { sale: [] as number[], raw: [] as number[] };
  const warm = Math.ceil(count / 10);
  for (let n = 1; n <= count + warm; n++) {
    const done = await commitSale();
    const [entry, head] = await Promise.all([database.entry.get([1, n]), database.head.get(1)]);
    const rawMs = await commitRaw(raw, done.written, entry, head);
    if (n <= warm) continue;
    figures.sale.push(done.ms);
    figures.raw.push(rawMs);
  }
  return figures;
}
