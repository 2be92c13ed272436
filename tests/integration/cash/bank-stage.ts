import { expect } from "vitest";
import type { OfficeCash } from "../../../src/contract/cash.ts";
import type { MendingAction } from "../../../src/domain/reconciliation/mending.ts";
import { instantOfLocal, localTime, plusDays } from "../../../src/domain/local-time.ts";
import { depositDueKind, depositDueWork } from "../../../src/gateway/cash/deposit.ts";
import { execute } from "../../../src/gateway/mend/execute.ts";
import { propose } from "../../../src/gateway/mend/propose.ts";
import { sampleDay } from "../../../src/gateway/sample-shop/shop.ts";
import { openItems } from "../../../src/gateway/office/ledger/open-items.ts";
import { matchBank } from "../../../src/gateway/settlement/match-bank.ts";
import { json, type Database } from "../../../src/gateway/store/database.ts";
import { gatewayBench } from "../gateway-bench.ts";
import { quickTimings, sandboxAtHand } from "../office/office-stage.ts";
import { invitedTo, makeRole, ownerOf, type OfficeAsk } from "../staff/office-people.ts";
import { cashBalances, cashDifferences, cashTill, store, withYes, yuan } from "./cash-stage.ts";

export const bank = { store, id: "icbc" };
export const bankLine = {
  store,
  bank: "icbc",
  time: "",
  balance: null,
  counterparty: "",
  reference: "",
  statement: "s",
};
const paying = [{ id: "wechat-sandbox", homeStore: store, words: [/财付通/u] }];

export type BankStage = Awaited<ReturnType<typeof openBankStage>>;

/** A shop whose safe has 8000 that its manager may take to the bank, and a bank whose lines come as a test says. */
export async function openBankStage() {
  const bench = await gatewayBench({}, [sandboxAtHand(quickTimings).account]);
  const { database, clock } = bench.parts;
  // between midnight and the cut the shop's day is another than the bank's
  const { date } = localTime(clock.now(), sampleDay.zone);
  clock.move(instantOfLocal(date, 12 * 60, sampleDay.zone) - clock.now());
  const owner = await ownerOf(bench);
  await makeRole(bench, "staff-5", "manager");
  const manager = await invitedTo(bench, owner, "staff-5");
  await database
    .insertInto("bank_account")
    .values({ ...bank, name: "工行", columns: json({}), made_at: 0 })
    .execute();
  const drawer = cashTill(await bench.till("till-a1"));
  await drawer.drain([drawer.open(yuan(0)), drawer.sell(8000), drawer.handOver(yuan(8000), yuan(0))]);
  const cash = async (who: OfficeAsk = owner): Promise<OfficeCash> =>
    (await who("GET", `cash?store=${store}`)).json<OfficeCash>();
  const { today } = await cash();
  const match = () => database.transaction().execute((step) => matchBank(step, bank, paying, clock.now()));
  const found = (type: string) =>
    database.selectFrom("difference").select(["store", "id"]).where("class", "=", type).execute();
  /** In a transaction that goes on. */
  const mendIn = async (step: Database, type: string, action: MendingAction, parameters = {}): Promise<void> => {
    const proposal = { items: await found(type), action, reason: "looked at", parameters, by: "owner" };
    const proposed = await propose(step, bench.parts, proposal, clock.now());
    if (!proposed.ok) throw new Error(proposed.refusal);
    const done = await execute(step, { parts: bench.parts } as never, proposed.value.row, "staff-5", null);
    expect(done).toEqual({ state: "done", failed: [] });
  };
  let lines = 0;
  return {
    bench,
    owner,
    manager,
    today,
    cash,
    match,
    mendIn,
    balances: () => cashBalances(database),
    differences: async () =>
      (await cashDifferences(database)).map(({ class: type, state, amount }) => ({ class: type, state, amount })),
    deposit: (amount: number, slip = "CK-2041", more: object = {}) =>
      withYes(manager, "cash/deposits", {
        bank: "icbc",
        slip,
        amount: amount * 100,
        notes: [],
        takenBy: "staff-4",
        // the safe of most of these was never counted
        beyondBooks: true,
        ...more,
      }),
    /** A credit of the bank's, so many days from today, and the matching after it. */
    async credited(amount: number, days: number, text = "现金存入"): Promise<string> {
      const id = `line-${++lines}`;
      const row = { ...bankLine, id, day: plusDays(today, days), amount: Math.round(amount * 100), text };
      await database.insertInto("bank_line").values(row).execute();
      await match();
      return id;
    },
    /** So many days later the job looks at every deposit. */
    async later(days: number): Promise<void> {
      clock.move(days * 86_400_000);
      const jobs = await database.selectFrom("job").selectAll().where("kind", "=", depositDueKind).execute();
      for (const job of jobs)
        if (job.due_at <= clock.now())
          await depositDueWork(bench.parts, { ...job, dueAt: job.due_at, tries: 0 } as never);
    },
    /** The list account's balance and what its open items come to: they must be the same. */
    async inTransit(): Promise<number> {
      const items = await openItems(database, "cashInTransit");
      expect(items?.sum).toEqual(items?.balance);
      return (items?.balance.amount ?? 0) / 100;
    },
    /** Mends the one break of that class, as two people do. */
    mend: (type: string, action: MendingAction, parameters = {}): Promise<void> =>
      database.transaction().execute((step) => mendIn(step, type, action, parameters)),
  };
}
