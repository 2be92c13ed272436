import type { JournalEntry } from "../../src/domain/journal.ts";
import { tagOf } from "../../src/domain/identifier.ts";
import type { SaleRow } from "../../src/storage/database.ts";
import { countBy, entriesOf, total, type Claim } from "./claims.ts";
import type { Evidence, TillEvidence } from "./evidence.ts";

/** A refund that the provider has said to take on, or that is over: silence afterwards takes nothing back. */
function isTakenOn({ state, memo }: Evidence["gateway"]["refunds"][number]): boolean {
  return state === "paidOtherwise" || ((memo as { readonly booked?: object | null }).booked ?? null) !== null;
}

/**
 * Invariant c, payment by payment: what the provider kept is what completed sales count of it, tip included, less their refunds
 * (nothing is open at the day's end); and no payment gives back more than it took.
 */
export function checkMoney({ provider, gateway, tills }: Evidence, claim: Claim): void {
  const sales = tills.flatMap((till) => till.sales);
  const counted = new Map<string, number>();
  const add = (attempt: string, amount: number): void =>
    void counted.set(attempt, (counted.get(attempt) ?? 0) + amount);
  for (const tender of sales.flatMap(({ body }) => body.tenders)) {
    if (tender.kind === "payment") add(tender.attempt, tender.amount.amount + tender.tip.amount);
    if (tender.kind === "refund") add(tender.attempt, tender.amount.amount);
  }
  // a refund that the provider has not taken on yet is owed: the money is still there
  for (const refund of gateway.refunds.filter((each) => !isTakenOn(each))) add(refund.attempt, refund.amount);
  const orders = new Map(provider.orders.map((order) => [order.order, order]));
  for (const id of new Set([...orders.keys(), ...counted.keys()])) {
    const order = orders.get(id);
    const [moved, back] = [order?.moved ?? 0, order?.back ?? 0];
    const sold = counted.get(id) ?? 0;
    claim(moved - back === sold, `c: ${id}: ${moved} moved, ${back} went back, sales count ${sold}`);
    claim(back <= moved, `c: ${id}: ${back} went back of ${moved}`);
  }
  const promised = new Map<string, number>();
  const isAnyAlone = sales.some(isAlone);
  const shown = new Set(
    gateway.exceptions.filter(({ kind }) => kind === "refundAboveLeft").map(({ subject }) => subject),
  );
  // promised by a till that was cut off, above what is left: never sent, and before a person
  const standing = gateway.refunds.filter(({ id, state }) => !(isAnyAlone && state === "owed" && shown.has(id)));
  for (const { attempt, amount } of standing) promised.set(attempt, (promised.get(attempt) ?? 0) + amount);
  for (const [id, amount] of promised) {
    const moved = orders.get(id)?.moved ?? 0;
    claim(amount <= moved, `c: ${id}: ${amount} is promised back of ${moved}`);
  }
}

/** Invariant c for goods: no line comes back more than it was sold, and the money given back for a sale is never above its total. */
export function checkReturns(evidence: Evidence, claim: Claim): void {
  const { tills, gateway } = evidence;
  const sales = new Map(tills.flatMap((till) => till.sales.map((row) => [row.id as string, row.body])));
  const lines = new Map<string, { thousandths: number; amount: number }>();
  for (const { original, line, thousandths, amount } of gateway.returned) {
    const so = lines.get(`${original}/${line}`) ?? { thousandths: 0, amount: 0 };
    lines.set(`${original}/${line}`, { thousandths: so.thousandths + thousandths, amount: so.amount + amount });
  }
  for (const [key, back] of lines) {
    const [id = "", number = ""] = key.split("/");
    const line = sales.get(id)?.sale.lines.find((each) => String(each.line) === number);
    const [sold, amount] = [line?.quantity.thousandths ?? 0, line?.amount.amount ?? 0];
    // a till that was cut off may take back what another has taken back: a fact, and a person must know
    if (isKnown(evidence, id)) continue;
    claim(back.thousandths <= sold, `c: of line ${key} ${back.thousandths} came back of ${sold}`);
    claim(back.amount <= amount, `c: for line ${key} ${back.amount} fen went back of ${amount}`);
  }
}

/** Whether a return of `original` was made by a till alone, and one of its returns is before a person. */
function isKnown({ tills, gateway }: Evidence, original: string): boolean {
  const returns = tills
    .flatMap((till) => till.sales)
    .filter(({ body }) => body.sale.lines.some(({ returnOf }) => returnOf?.sale === original));
  const shown = new Set(
    gateway.exceptions.filter(({ kind }) => kind === "refundAboveLeft").map(({ subject }) => subject),
  );
  return returns.some(isAlone) && returns.some(({ id }) => shown.has(id));
}

/** A return without the gateway: what its second person said has the till's tag. */
export function isAlone({ body }: Pick<SaleRow, "body">): boolean {
  return body.approvals.some(({ act, id }) => act === "return" && !tagOf(id).startsWith("G"));
}

/** Invariant f: the ledger says what the providers, the drawers and the open lists say, account by account. */
export function checkLedger({ provider, gateway, tills }: Evidence, claim: Claim): void {
  const balance = (account: string): number =>
    total(gateway.transfers.filter(({ debit }) => debit === account)) -
    total(gateway.transfers.filter(({ credit }) => credit === account));
  for (const [key, times] of countBy(
    gateway.transfers.filter(({ debit, credit }) => debit === credit).map(({ posting }) => posting),
  ))
    claim(false, `f: ${key} moves money from an account to itself, ${times} times`);
  claim(balance("suspense") === 0, `f: ${balance("suspense")} fen are in suspense although nothing is open`);
  for (const account of ["wechat-sandbox", "alipay-sandbox"]) {
    const orders = provider.orders.filter((order) => order.account === account);
    const kept = orders.reduce(
      (sum, { moved, back, coupon, couponBack }) => sum + moved - coupon - back + couponBack,
      0,
    );
    const receivable = balance(`receivable/${account}`);
    claim(receivable === kept, `f: receivable/${account} is ${receivable}, the provider keeps ${kept}`);
    const open = total(gateway.refunds.filter((refund) => refund.account === account && !isTakenOn(refund)));
    const owed = -balance(`refundsOwed/${account}`);
    claim(owed === open, `f: refundsOwed/${account} is ${owed}, open refunds are ${open}`);
  }
  const unverified = tills
    .flatMap((till) => till.sales)
    .flatMap(({ body }) => body.tenders)
    .reduce((sum, tender) => sum + (tender.kind === "unverified" ? tender.amount.amount : 0), 0);
  claim(balance("unproven") === unverified, `f: unproven is ${balance("unproven")}, tenders are ${unverified}`);
  const safe = tills.reduce((sum, till) => sum + checkDrawer(till, balance(`drawer/${till.id}`), claim), 0);
  claim(balance("safe") === safe, `f: safe is ${balance("safe")}, the tills brought ${safe}`);
}

/**
 * What the till's own facts leave in its drawer: what was counted less what was handed over, and then the next float. Answers what they
 * brought to the safe.
 */
function checkDrawer(till: TillEvidence, booked: number, claim: Claim): number {
  let [inside, handed, toSafe] = [0, 0, 0];
  for (const entry of entriesOf(till.entries)) {
    toSafe += safeIn(entry);
    if (entry.kind === "cashHandedOver") handed = entry.body.amount.amount;
    const closed = entry.kind === "sessionClosed" ? entry.body.shift?.cash : undefined;
    if (entry.kind === "sessionOpened" && !entry.body.carried) {
      const left = entry.body.left?.amount ?? 0;
      claim(left === inside, `f: ${till.id} opens with ${left} left, its facts say ${inside}`);
      inside = entry.body.float.amount;
    } else if (closed !== undefined && closed.counted !== null) {
      claim(closed.expected.amount === inside, `f: the Z of ${till.id} expects ${closed.expected.amount} of ${inside}`);
      inside = closed.counted.amount - handed;
      claim(closed.kept?.amount === inside, `f: the Z of ${till.id} keeps ${closed.kept?.amount} of ${inside}`);
      handed = 0;
    } else inside += cashIn(entry);
  }
  claim(booked === inside, `f: drawer/${till.id} is ${booked}, its facts leave ${inside}`);
  return toSafe;
}

/** What a fact brings into the safe, or takes from there. */
function safeIn(entry: JournalEntry): number {
  switch (entry.kind) {
    case "sessionOpened":
      return entry.body.carried ? 0 : -Math.max(0, entry.body.float.amount - (entry.body.left?.amount ?? 0));
    case "cashHandedOver":
      return entry.body.amount.amount;
    case "paidIn":
    case "paidOut": {
      const { reason, amount } = entry.body;
      if (reason !== "change" && reason !== "safe") return 0;
      return entry.kind === "paidOut" ? amount.amount : -amount.amount;
    }
    default:
      return 0;
  }
}

function cashIn(entry: JournalEntry): number {
  switch (entry.kind) {
    case "paidIn":
      return entry.body.amount.amount;
    case "paidOut":
      return -entry.body.amount.amount;
    case "saleCompleted":
      return entry.body.tenders.reduce((sum, tender) => sum + (tender.kind === "cash" ? tender.amount.amount : 0), 0);
    default:
      return 0;
  }
}
