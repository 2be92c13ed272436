import { sql } from "kysely";
import { LedgerDatabase } from "../../src/storage/database.ts";
import { isId } from "../../src/domain/identifier.ts";
import { dayAfter, dayOf } from "../../src/gateway/sandbox/settlement/days.ts";
import type { TradeRow } from "../../src/gateway/sandbox/settlement/trade-row.ts";
import { entriesOf } from "../simulation/claims.ts";
import type { Shop } from "../simulation/shop.ts";
import { startProcess } from "../simulation/virtual-time.ts";
import { bank, partsOf } from "./back-office.ts";
import type { Judged } from "./judge.ts";
import type { OwnFault, Plan } from "./plan.ts";
import { accountOf, readTruth, wallets, type Truth, type Wallet } from "./truth.ts";
import { voucherTrouble } from "./vouchers.ts";

export type Recount = {
  readonly accounts: readonly { readonly account: string; readonly outside: number; readonly ledger: number }[];
  readonly trouble: readonly string[];
  readonly isRight: boolean;
};

/** What a sale is made of in the books; together it is what the journals say was sold. */
const ofSales = /^(?:revenue|outputTax|returns)\/|^(?:rounding|shopDiscount|tipsPayable)$/;
/** By how much each fault of our own side leaves suspense on the debit side, per fen of it. */
const inSuspense: Readonly<Record<string, number>> = {
  captureVoided: -1,
  captureLeftOpen: -1,
  paidTwice: -1,
  tenderDiffers: 1,
  saleUnpaid: 1,
  saleOfDeclined: 1,
  captureUnknown: 1,
  saleOfUnmade: 1,
};
const unheard = new Set(["paidAfterGivingUp", "captureUnknown", "saleOfUnmade"]);

/** Counts every account from the providers' stores, the bank's file, the drawers and the journals, and holds the ledger against it. */
export async function recount({ shop, plan, firstDay, lastDay }: Judged): Promise<Recount> {
  const truth = readTruth(shop.provider.lines, shop.time.clock.now());
  const outside = new Map<string, number>();
  const add = (account: string, fen: number): void => void outside.set(account, (outside.get(account) ?? 0) + fen);
  for (const wallet of wallets) countWallet(truth, plan, wallet, firstDay, lastDay, add);
  for (const { payout, amount } of truth.credits) if (payout !== null) add(`bank/${bank.id}`, amount);
  for (const fault of plan.own) add("suspense", (inSuspense[fault.kind] ?? 0) * fault.amount);
  add("unproven", plan.unproven);
  for (const { amount } of plan.cash.credits) add(`bank/${bank.id}`, amount);
  for (const amount of Object.values(plan.cash.safes)) add("safe", amount);
  add("openingBalance", -plan.cash.opening);
  add("cashInTransit", plan.cash.transit);
  add("cashPending", plan.cash.pending);
  const sold = await soldByJournals(shop);
  add("sales", -sold.sold - plan.written.sold);
  for (const { id } of shop.tills) add(`drawer/${id}`, plan.cash.drawers[id] ?? 0);
  const ledger = await balances(shop);
  const names = [...new Set([...outside.keys(), ...ledger.keys()])].toSorted();
  const accounts = names.map((account) => ({
    account,
    outside: outside.get(account) ?? 0,
    ledger: ledger.get(account) ?? 0,
  }));
  const trouble = [...sold.trouble, ...(await voucherTrouble(shop))];
  const isRight = accounts.every((each) => each.outside === each.ledger) && trouble.length + plan.trouble.length === 0;
  return { accounts, trouble, isRight };
}

type Add = (account: string, fen: number) => void;

function countWallet(truth: Truth, plan: Plan, wallet: Wallet, firstDay: string, lastDay: string, add: Add): void {
  const account = accountOf(wallet);
  const state = truth.account(wallet);
  const filed = daysBetween(firstDay, lastDay).flatMap((day) => truth.filed(wallet, day));
  const foreign = filed.filter(({ order }) => !isId(order));
  const known = state.rows.filter((row) => isKnown(truth, plan, row));
  const unexplained = unexplainedIn(truth, plan, wallet, filed);
  add(`receivable/${account}`, sum(known) - sum(filed.filter(({ order }) => isId(order))) + unexplained);
  add("unexplained", -unexplained);
  add("otherBusiness", plan.proved[wallet] - sum(foreign));
  add(
    "sales",
    known.reduce((all, row) => all + sign(row) * row.shopCoupon, 0),
  );
  add(
    `balance/${account}`,
    state.terms.opening + filed.reduce((all, row) => all + sign(row) * row.receivable - row.fee, 0),
  );
  add("openingBalance", -state.terms.opening);
  add(
    "fees",
    filed.reduce((all, { fee }) => all + fee, 0),
  );
  for (const { at, kind, amount, fee } of state.movements) {
    if (kind === "payment" || kind === "refund" || dayOf(at) >= lastDay) continue;
    add(`balance/${account}`, amount + fee);
    if (kind === "refundUndone") add(`receivable/${account}`, -amount);
    else add(`payoutInTransit/${account}`, -amount);
    add("fees", -fee);
  }
  const own = new Set(state.payouts.map(({ number }) => number));
  for (const { payout, amount } of truth.credits)
    if (payout !== null && own.has(payout)) add(`payoutInTransit/${account}`, -amount);
  for (const fault of plan.own)
    if (fault.kind === "refundStuck" && fault.wallet === wallet) add(`refundsOwed/${account}`, -fault.amount);
}

function daysBetween(first: string, end: string): readonly string[] {
  const days: string[] = [];
  for (let day = first; day < end; day = dayAfter(day)) days.push(day);
  return days;
}

function sign({ kind }: TradeRow): number {
  return kind === "payment" ? 1 : -1;
}

function sum(rows: readonly TradeRow[]): number {
  return rows.reduce((all, row) => all + sign(row) * row.receivable, 0);
}

/** What our side knows of: made by our tills, heard of, and not refused afterwards. */
function isKnown({ plants }: Truth, plan: Plan, row: TradeRow): boolean {
  if (!isId(row.order) || row.by !== "shop" || row.status === "ABNORMAL" || row.status === "CLOSED") return false;
  const isMade = plants.some(({ made }) => made !== "" && made === row.order);
  return !isMade && !plan.own.some(({ kind, number }) => unheard.has(kind) && number === row.order);
}

/** Money with the provider that no account of ours explains: above zero more than we count. */
function unexplainedIn({ plants }: Truth, plan: Plan, wallet: Wallet, filed: readonly TradeRow[]): number {
  const isOwnFault = ({ kind, wallet: of }: OwnFault): boolean => unheard.has(kind) && of === wallet;
  let fen = plan.own.filter(isOwnFault).reduce((all, { amount }) => all + amount, 0);
  for (const { kind, provider, order, made } of plants) {
    if (provider !== wallet) continue;
    if (kind === "unmadePayment" && order === null) fen += sum(filed.filter((row) => row.order === made));
    if (kind === "outsideRefund" || kind === "chargeback") fen += sum(filed.filter((row) => row.refund === made));
    if (kind === "reversalMissing") fen += sum(filed.filter((row) => row.order === order));
  }
  return fen;
}

/** The ledger's balances over all stores: debits less credits; what sales are made of under one name. */
async function balances(shop: Shop): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ account: string; fen: number }>`
    select account, sum(fen)::bigint as fen from (
      select debit as account, amount as fen from ledger_transfer union all select credit, -amount from ledger_transfer
    ) sides group by account
  `.execute(partsOf(shop).database);
  const found = new Map<string, number>();
  for (const { account, fen } of rows) {
    const name = ofSales.test(account) ? "sales" : account.startsWith("betweenStores/") ? "betweenStores" : account;
    found.set(name, (found.get(name) ?? 0) + fen);
  }
  return found;
}

/** What the tills' own journals say was sold, less what came back; their printed Zs must say the same. */
async function soldByJournals(shop: Shop): Promise<{ readonly sold: number; readonly trouble: readonly string[] }> {
  let sold = 0;
  const trouble: string[] = [];
  for (const place of shop.tills) {
    const ledger = new LedgerDatabase(place.browser.platform(startProcess(shop.time, 0)));
    let [own, inZs] = [0, 0];
    for (const entry of entriesOf(await ledger.entry.toArray())) {
      if (entry.kind === "saleCompleted") own += entry.body.sale.total.amount;
      if (entry.kind === "sessionClosed") inZs += entry.body.shift?.net.amount ?? 0;
    }
    ledger.close();
    if (own !== inZs) trouble.push(`the Zs of ${place.id} say ${inZs}, its sales ${own}`);
    sold += own;
  }
  return { sold, trouble };
}
