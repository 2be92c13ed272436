import { beforeEach, describe, expect, it } from "vitest";
import type { FlowKind, FlowRow } from "../../../src/domain/bills/bill.ts";
import type { StoreId } from "../../../src/domain/identifier.ts";
import { minorUnits, money } from "../../../src/domain/money.ts";
import { payerWords } from "../../../src/domain/settlement/match-payouts.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { post } from "../../../src/gateway/books/post.ts";
import { voucherOf } from "../../../src/gateway/close/voucher.ts";
import { matchBank } from "../../../src/gateway/settlement/match-bank.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { openMender } from "../../fakes/mender.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const next = noon("2026-11-21");
const later = noon("2026-11-23");
const balance = accounts.balance(account.id);
const transit = accounts.payoutInTransit(account.id);
const icbc = accounts.bank("icbc");
const bank = { store: "heping", id: "icbc" };

let shop: MatchedShop;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
});

type Moved = readonly [kind: FlowKind, amount: number, voucher: string, words: string];

/** Takes in a flow of these rows, the balance running on from `opening`; answers its closing. */
async function flow(of: string, opening: number, ...moved: readonly Moved[]): Promise<number> {
  let closing = opening;
  const rows = moved.map(([kind, amount, voucher, words], i): FlowRow => {
    closing += amount;
    const own = { line: i + 1, number: `${of}/${i}`, transaction: `42${voucher}`, voucher, words, note: "" };
    return { ...own, kind, at: noon(of), amount: minorUnits(amount), balance: minorUnits(closing), isJoined: false };
  });
  await shop.flow(of, rows, next);
  return closing;
}

const payout = (amount: number, number = "PAYOUT-0001"): Moved => ["payout", -amount, number, "提现"];
const fee = (amount: number): Moved => ["fee", -amount, "PAYOUT-0001", "提现手续费"];
const payouts = () => shop.database.selectFrom("payout").select(["number", "amount", "state"]).execute();

describe("a corrected fund flow", () => {
  beforeEach(async () => {
    await shop.bill(day, [], next);
    await flow(day, 100_000, payout(5000), fee(5));
  });

  it("with another payout and fee moves the ledger to its own closing", async () => {
    const closing = await flow(day, 100_000, payout(4000), fee(4));
    expect(await shop.balance(balance)).toBe(closing);
    expect([await shop.balance(transit), await shop.balance(accounts.fees)]).toEqual([4000, 4]);
    expect(await payouts()).toEqual([{ number: "PAYOUT-0001", amount: 4000, state: "sent" }]);
    expect(await shop.open()).toEqual([]);
  });

  it("stands in the day's voucher among what it rests on", async () => {
    const { bills } = await voucherOf(shop.database, "heping", day, 1);
    const flows = await shop.database.selectFrom("bill").select("id").where("kind", "=", "fundFlow").execute();
    expect(bills).toEqual(flows.map(({ id }) => id));
  });

  it("without the payout takes it back, and gives it again when it comes again", async () => {
    await flow(day, 100_000, ["payment", 0, "X", "交易"]);
    expect(await shop.balance(balance)).toBe(100_000);
    expect(await payouts()).toEqual([]);
    const closing = await flow(day, 100_000, payout(5000));
    expect(await shop.balance(balance)).toBe(closing);
    expect(await shop.balance(transit)).toBe(5000);
  });

  it("with another opening moves what our books began with", async () => {
    const closing = await flow(day, 90_000, payout(5000), fee(5));
    expect(await shop.balance(balance)).toBe(closing);
    expect(await shop.balance(accounts.openingBalance)).toBe(-90_000);
  });

  it("leaves alone what the flow of another day says of the same number", async () => {
    await shop.bill("2026-11-21", [], later);
    await flow("2026-11-21", 94_995, ["payoutReturned", 5000, "PAYOUT-0001", "提现退回"]);
    expect(await shop.open()).toEqual(["break payoutReturned 5000"]);
    await flow(day, 100_000, payout(5000), fee(5), ["payment", 0, "X", "交易"]);
    expect(await shop.open()).toEqual(["break payoutReturned 5000"]);
    expect([await shop.balance(transit), await shop.balance(balance)]).toEqual([0, 99_995]);
    await flow("2026-11-21", 94_995, ["payment", 0, "X", "交易"]);
    expect(await shop.open()).toEqual([]);
    expect([await shop.balance(transit), await shop.balance(balance)]).toEqual([5000, 94_995]);
  });

  it("frees the bank's line that had brought the payout as it was, which then says what it brings now", async () => {
    const match = await broughtByBank();
    await match();
    expect([await shop.balance(transit), await shop.balance(icbc)]).toEqual([0, 5000]);
    await flow(day, 100_000, payout(4000), fee(5));
    expect([await shop.balance(transit), await shop.balance(icbc)]).toEqual([4000, 0]);
    await match();
    expect([await shop.balance(transit), await shop.balance(icbc)]).toEqual([-1000, 5000]);
    expect(await shop.open()).toEqual(["break settlementOver 1000"]);
    // what somebody had accepted is taken back when the flow says that there was nothing to accept
    expect(await openMender(shop, later).mend("accept")).toEqual({ state: "done", failed: [] });
    expect(await shop.balance(transit)).toBe(0);
    await flow(day, 100_000, payout(5000), fee(5));
    await match();
    const { settlementDifferences } = accounts;
    expect([await shop.balance(transit), await shop.balance(settlementDifferences)]).toEqual([0, 0]);
    expect(await shop.open()).toEqual([]);
  });

  it("that says of a payout which seemed to have come that it went back leaves nothing of it at the bank", async () => {
    const match = await broughtByBank();
    await match();
    expect([await shop.balance(transit), await shop.balance(icbc)]).toEqual([0, 5000]);
    await shop.bill("2026-11-21", [], later);
    await flow("2026-11-21", 94_995, ["payoutReturned", 5000, "PAYOUT-0001", "提现退回"]);
    await match();
    expect([await shop.balance(transit), await shop.balance(icbc)]).toEqual([0, 0]);
    expect((await shop.open()).toSorted()).toEqual(["break creditUnknown 5000", "break payoutReturned 5000"]);
    // and it has come when the flow says so no more
    await flow("2026-11-21", 94_995, ["payment", 0, "X", "交易"]);
    await match();
    expect([await shop.balance(transit), await shop.balance(icbc), await shop.open()]).toEqual([0, 5000, []]);
  });
});

/** A bank whose line names the payout, and the matching of it. */
async function broughtByBank(): Promise<() => Promise<void>> {
  await shop.database
    .insertInto("bank_account")
    .values({ ...bank, name: "工行", columns: json({}), made_at: 0 })
    .execute();
  const said = {
    time: "",
    balance: null,
    counterparty: "财付通",
    text: "提现 PAYOUT-0001",
    reference: "",
    statement: "S",
  };
  await shop.database
    .insertInto("bank_line")
    .values({ ...said, store: "heping", bank: "icbc", id: "L1", day: "2026-11-21", amount: 5000 })
    .execute();
  return () => matchBank(shop.database, bank, [{ ...account, words: payerWords["wechat"] ?? [] }], later);
}

describe("the ledger's balance with the provider", () => {
  it("that is not what bill and flow come to is a difference of that day, until it is right again", async () => {
    await shop.bill(day, [], next);
    await flow(day, 100_000, payout(5000));
    const stray = { debit: transit, credit: balance, amount: money(-100, "CNY") };
    const posting = {
      store: "heping" as StoreId,
      posting: `payout/${account.id}/PAYOUT-0001/stray`,
      event: "payoutSent",
    };
    await post(shop.database, { ...posting, subject: "PAYOUT-0001", businessDate: day, transfers: [stray] }, next);
    await shop.bill(day, [], next, "again");
    expect(await shop.open()).toEqual(["break balanceDiffers -100"]);
    await flow(day, 100_000, payout(5000), ["payment", 0, "X", "交易"]);
    expect(await shop.open()).toEqual([]);
    expect(await shop.balance(balance)).toBe(95_000);
  });

  it("begins with the earliest flow, also one that comes after later ones", async () => {
    await shop.bill(day, [], next);
    const closing = await flow(day, 100_000, payout(5000));
    await shop.bill("2026-11-19", [], next);
    await flow("2026-11-19", 102_000, payout(1000, "PAYOUT-0000"));
    expect(await shop.open()).toEqual(["break balanceDiffers -1000"]);
    await flow("2026-11-19", 101_000, payout(1000, "PAYOUT-0000"));
    expect(await shop.open()).toEqual([]);
    expect(await shop.balance(balance)).toBe(closing);
    expect(await shop.balance(accounts.openingBalance)).toBe(-101_000);
  });
});

describe("a fund flow that opens at nothing", () => {
  it("as a corrected one takes back what the books began with", async () => {
    await shop.bill(day, [], next);
    await flow(day, 100_000, payout(300));
    await flow(day, 0, payout(300));
    expect(await shop.balance(accounts.openingBalance)).toBe(0);
  });

  it("is taken also after one of a later day, which had opened the books", async () => {
    await shop.bill("2026-11-21", [], later);
    const closing = await flow("2026-11-21", 300, payout(100, "PAYOUT-0002"));
    await shop.bill(day, [tradeRow("PORTAL-1", 300, noon(day), { fee: 0 })], later);
    await flow(day, 0, ["payment", 300, "PORTAL-1", "交易"]);
    expect([await shop.balance(accounts.openingBalance), await shop.balance(balance)]).toEqual([0, closing]);
  });
});
