import { parseEntry } from "../../src/contract/journal.ts";
import { follows, headAfter, headOfActivation, type JournalEntry } from "../../src/domain/journal.ts";
import { sha256Hex } from "../../src/storage/sha256.ts";
import type { Order } from "../../src/gateway/sandbox/wechat-pay/order.ts";
import type { Evidence } from "./evidence.ts";

/** Exceptions a day of faults may leave for a person; anything else is ours to explain. */
const allowedExceptions = new Set(["saleLeftOpen", "lateCapture"]);

/** Every broken promise the evidence shows, as sentences; none is what we want. */
export function brokenPromises(evidence: Evidence): string[] {
  const broken: string[] = [];
  const claim = (fact: boolean, sentence: string): void => {
    if (!fact) broken.push(sentence);
  };
  checkCaptures(evidence, claim);
  checkSales(evidence, claim);
  checkDeadlines(evidence, claim);
  checkJournal(evidence, claim);
  checkMoney(evidence, claim);
  checkPeople(evidence, claim);
  return broken;
}

type Claim = (fact: boolean, sentence: string) => void;

/** Invariant a: an attempt is captured at most once, at the provider and in the books. */
function checkCaptures({ provider, gateway }: Evidence, claim: Claim): void {
  const paid = new Map<string, number>();
  for (const line of provider.lines) {
    const event = JSON.parse(line) as { event: string; outTradeNo?: string; order?: Order };
    const id = event.outTradeNo ?? event.order?.outTradeNo ?? "";
    if (event.event === "paid" || (event.event === "ordered" && event.order?.state === "SUCCESS"))
      paid.set(id, (paid.get(id) ?? 0) + 1);
  }
  for (const [id, times] of paid) claim(times === 1, `a: ${id} was paid ${times} times`);
  const charged = countBy(provider.charges.map(({ attempt }) => attempt));
  for (const [id, times] of charged) claim(times === 1, `a: ${id} was charged ${times} times`);
  const postings = countBy(
    unique(
      gateway.transfers.filter(({ event }) => event === "captured"),
      ({ posting }) => posting,
    ).map(({ subject }) => subject),
  );
  for (const [id, times] of postings) claim(times === 1, `a: ${id} was posted as captured ${times} times`);
  for (const [id, times] of countBy(gateway.tenders.flatMap(({ attempt }) => (attempt === null ? [] : [attempt])))) {
    claim(times === 1, `a: ${id} is a tender of ${times} sales`);
  }
}

/** Invariant b, and each sale and each receipt number once, on the till as in the gateway's books. */
function checkSales({ till, gateway }: Evidence, claim: Claim): void {
  const completed = gateway.sales.filter(({ state }) => state === "completed");
  for (const sale of completed) {
    const tendered = total(gateway.tenders.filter((tender) => tender.sale === sale.id));
    claim(tendered === sale.total, `b: sale ${sale.id} of ${sale.total} was tendered ${tendered}`);
  }
  for (const row of till.sales) {
    const tendered = row.body.tenders.reduce((sum, { amount }) => sum + amount.amount, 0);
    claim(tendered === row.body.sale.total.amount, `b: the till's sale ${row.id} was tendered ${tendered}`);
  }
  for (const [receipt, times] of countBy(completed.map((sale) => sale.receipt ?? "none")))
    claim(times === 1, `receipt ${receipt} was given ${times} times`);
  const completions = countBy(
    entriesOf(gateway.entries).flatMap((entry) =>
      entry.kind === "saleCompleted" ? [entry.body.sale.id as string] : [],
    ),
  );
  for (const [id, times] of completions) claim(times === 1, `sale ${id} was completed ${times} times`);
  claim(
    sameSet(
      completed.map(({ id }) => id),
      till.sales.map(({ id }) => id),
    ),
    "the till and the gateway hold other sales",
  );
}

/** Invariant d: nothing that can charge leaves the gateway after its deadline. */
function checkDeadlines({ provider, deadlines }: Evidence, claim: Claim): void {
  for (const { attempt, at } of provider.charges) {
    const deadline = deadlines.get(attempt);
    claim(
      deadline !== undefined && at <= deadline,
      `d: ${attempt} was charged ${at - (deadline ?? 0)} ms after its deadline`,
    );
  }
}

/** Invariant e: every entry reached the gateway once, in order and chained, as the bytes the till wrote. */
function checkJournal({ till, gateway }: Evidence, claim: Claim): void {
  let head = headOfActivation(
    { till: till.install.settings.till, series: till.install.series, publicKey: till.install.publicKey },
    sha256Hex,
  );
  for (const { text } of till.entries) {
    const parsed = parseEntry(text);
    claim(
      parsed.ok && follows(head, parsed.value),
      `e: entry ${head.number + 1} of the till does not follow the one before`,
    );
    head = headAfter(head, text, sha256Hex);
  }
  claim(
    head.number === till.head.number && head.hash === till.head.hash,
    "e: the till's head is not that of its entries",
  );
  claim(
    gateway.entries.length === till.head.acknowledged,
    `e: ${gateway.entries.length} entries arrived, ${till.head.acknowledged} are acknowledged`,
  );
  claim(
    till.head.acknowledged === till.head.number,
    `e: ${till.head.number - till.head.acknowledged} entries were never sent`,
  );
  gateway.entries.forEach(({ number, text }, i) =>
    claim(number === i + 1 && text === till.entries[i]?.text, `e: entry ${number} at the gateway is not the till's`),
  );
}

/** What the provider kept of each order is in the books and is a tender of exactly one completed sale, or a late capture a person sees. */
function checkMoney({ provider, gateway, till }: Evidence, claim: Claim): void {
  const late = new Set(gateway.lateCaptures.map(({ attempt }) => attempt));
  const ids = new Set([...provider.ledger.orders.keys(), ...gateway.attempts.map(({ id }) => id)]);
  for (const id of ids) {
    const order = provider.ledger.orders.get(id);
    const kept = order === undefined || order.paidAt === null ? 0 : order.total - order.givenBack;
    const booked = total(gateway.transfers.filter(({ subject, credit }) => subject === id && credit === "suspense"));
    const tendered = total(gateway.tenders.filter(({ attempt }) => attempt === id));
    if (late.has(id)) continue;
    claim(kept === booked, `money: the provider kept ${kept} of ${id}, the books say ${booked}`);
    claim(kept === tendered, `money: the provider kept ${kept} of ${id}, completed sales count ${tendered}`);
  }
  const open =
    total(gateway.transfers.filter(({ credit }) => credit === "suspense")) -
    total(gateway.transfers.filter(({ debit }) => debit === "suspense"));
  claim(open === 0, `money: ${open} fen wait in suspense although nothing is open`);
  const drawer = total(gateway.transfers.filter(({ debit }) => debit.startsWith("drawer/")));
  const cash = till.sales
    .flatMap(({ body }) => body.tenders)
    .reduce((sum, tender) => sum + (tender.kind === "cash" ? tender.amount.amount : 0), 0);
  claim(drawer === cash, `money: the drawer's account says ${drawer}, the till took ${cash} in cash`);
}

/** Nothing waits for a person that our own work should have settled, and nothing broke on the way. */
function checkPeople({ gateway, till }: Evidence, claim: Claim): void {
  for (const { kind, subject } of gateway.exceptions)
    claim(allowedExceptions.has(kind), `a person is asked about ${kind} of ${subject}`);
  for (const line of gateway.trouble) claim(false, `the gateway's log: ${line.slice(0, 400)}`);
  for (const attempt of till.attempts) claim(attempt.resolved === 1, `the till still waits for ${attempt.id}`);
}

function entriesOf(entries: Evidence["gateway"]["entries"]): JournalEntry[] {
  return entries.flatMap(({ text }) => {
    const parsed = parseEntry(text);
    return parsed.ok ? [parsed.value] : [];
  });
}

function total(rows: readonly { readonly amount: number }[]): number {
  return rows.reduce((sum, { amount }) => sum + amount, 0);
}

function countBy(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function unique<Value>(values: readonly Value[], key: (value: Value) => string): Value[] {
  return [...new Map(values.map((value) => [key(value), value])).values()];
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && new Set([...a, ...b]).size === a.length;
}
