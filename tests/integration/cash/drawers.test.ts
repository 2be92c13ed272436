import { beforeEach, describe, expect, it } from "vitest";
import { parseEntry } from "../../../src/contract/journal.ts";
import { projectEntry } from "../../../src/gateway/journal/project.ts";
import { oneSafeAtATime } from "../../../src/gateway/cash/one-safe-at-a-time.ts";
import { applyRules } from "../../../src/gateway/shop/rules.ts";
import { openMender } from "../../fakes/mender.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { waitsFor } from "../held-lock.ts";
import { ownerOf } from "../staff/office-people.ts";
import {
  businessDay,
  cashBalances,
  cashDifferences,
  cashTill,
  cashier,
  store,
  supervisor,
  yes,
  yuan,
} from "./cash-stage.ts";

let bench: GatewayBench;
let drawer: ReturnType<typeof cashTill>;
beforeEach(async () => {
  bench = await gatewayBench();
  drawer = cashTill(await bench.till("till-a1"));
});
const balances = () => cashBalances(bench.parts.database);
const differences = () => cashDifferences(bench.parts.database);
const taken = async (texts: readonly string[]): Promise<void> => {
  expect((await drawer.drain(texts)).statusCode).toBe(200);
};

describe("the drawer's account", () => {
  it("is what lies in the drawer at any time, over two shifts", async () => {
    await taken([drawer.open(yuan(200))]);
    expect(await balances()).toEqual({ "drawer/till-a1": 200, safe: -200 });
    await taken([drawer.sell(800)]);
    expect(await balances()).toEqual({ "drawer/till-a1": 1000, safe: -200 });
    await taken([drawer.handOver(yuan(850), yuan(150)), drawer.close(yuan(1000), yuan(850))]);
    expect(await balances()).toEqual({ "drawer/till-a1": 150, safe: 650 });
    await taken([drawer.open(yuan(200), yuan(150))]);
    expect(await balances()).toEqual({ "drawer/till-a1": 200, safe: 600 });
  });

  it("keeps all when nobody was there to receive it, and the same float is not taken from the safe again", async () => {
    await taken([drawer.open(yuan(200)), drawer.sell(800), drawer.close(yuan(1000), yuan(0))]);
    expect(await balances()).toEqual({ "drawer/till-a1": 1000, safe: -200 });
    await taken([drawer.open(yuan(1000), yuan(1000))]);
    expect(await balances()).toEqual({ "drawer/till-a1": 1000, safe: -200 });
  });

  it("is emptied into the safe by a Z of a build that knew no hand-over, and the next float comes from there whole", async () => {
    await taken([drawer.open(yuan(200)), drawer.sell(800), drawer.close(yuan(1000), null)]);
    expect(await balances()).toEqual({ safe: 800 });
    await taken([drawer.open(yuan(200))]);
    expect(await balances()).toEqual({ "drawer/till-a1": 200, safe: 600 });
  });

  it("of a till that lost its ledger goes on from what the books have in it", async () => {
    await taken([drawer.open(yuan(200)), drawer.sell(800), drawer.close(yuan(1000), yuan(0))]);
    drawer = cashTill(await bench.till("till-a1"));
    await taken([drawer.open(yuan(990))]);
    expect(await balances()).toEqual({ "drawer/till-a1": 990, safe: -200, cashPending: 10 });
  });

  it("what is missing of what was left is a difference of the shift that opened", async () => {
    await taken([drawer.open(yuan(200)), drawer.close(yuan(200), yuan(0)), drawer.open(yuan(190), yuan(200))]);
    expect(await balances()).toEqual({ "drawer/till-a1": 190, safe: -200, cashPending: 10 });
    const number = `${drawer.session()}.float`;
    expect(await differences()).toEqual([{ class: "drawerShort", state: "break", amount: -10, number }]);
    await taken([drawer.close(yuan(190), yuan(0))]);
    expect(await differences()).toMatchObject([{ number, state: "break" }]);
  });
});

it("cash that was missing and turned up lies in the safe: nobody lost it, once", async () => {
  await taken([drawer.open(yuan(200)), drawer.close(yuan(170), yuan(0))]);
  expect(await balances()).toEqual({ "drawer/till-a1": 170, safe: -200, cashPending: 30 });
  const { mend, breaks } = openMender(bench.parts, bench.parts.clock.now());
  const items = await breaks();
  expect(await mend("found", {}, items)).toEqual({ state: "done", failed: [] });
  expect(await mend("found", {}, items)).toBe("changed");
  expect(await balances()).toEqual({ "drawer/till-a1": 170, safe: -170 });
  expect(await differences()).toMatchObject([{ class: "drawerShort", state: "mended" }]);
});

it("cash that turned up comes into a safe that nobody is counting: the count would find it over", async () => {
  await taken([drawer.open(yuan(200)), drawer.close(yuan(170), yuan(0))]);
  const { database, clock } = bench.parts;
  const { mend, breaks } = openMender({ database }, clock.now());
  const items = await breaks();
  const put = async () => {
    await mend("found", {}, items);
  };
  expect(await waitsFor(database, (step) => oneSafeAtATime(step, store), put)).toBe(true);
  expect(await balances()).toMatchObject({ safe: -170 });
});

describe("a hand-over", () => {
  it("is listed with both people, and posted once however often its entry is projected", async () => {
    const opened = drawer.open(yuan(0));
    const sold = drawer.sell(800);
    const handed = drawer.handOver(yuan(800), yuan(0));
    await taken([opened, sold, handed]);
    const before = await balances();
    expect(before).toEqual({ safe: 800 });
    await drawer.drain([opened, sold, handed]);
    const entry = parseEntry(handed);
    if (!entry.ok) throw new Error("the entry is understood");
    await projectEntry(bench.parts.database, entry.value, bench.parts.clock.now());
    expect(await balances()).toEqual(before);
    const rows = await bench.parts.database.selectFrom("hand_over").selectAll().execute();
    expect(rows).toMatchObject([
      {
        handed_by: cashier,
        received_by: supervisor,
        amount: 80_000,
        kept: 0,
        business_date: businessDay,
        till: "till-a1",
      },
    ]);
  });

  it("that nobody but oneself received, or that another act's yes stands in, has no receiver", async () => {
    const own = yes(drawer.session(), yuan(1), cashier);
    const other = { ...yes(drawer.session(), yuan(1)), act: "recount" } as const;
    await taken([
      drawer.open(yuan(10)),
      drawer.handOver(yuan(1), yuan(9), own),
      drawer.handOver(yuan(1), yuan(8), other),
      drawer.handOver(yuan(1), yuan(7), null),
    ]);
    const rows = await bench.parts.database.selectFrom("hand_over").select("received_by").execute();
    expect(rows.map((row) => row.received_by)).toEqual([null, null, null]);
  });
});

describe("the audit log", () => {
  const logged = () =>
    bench.parts.database
      .selectFrom("audit_entry")
      .select(["act", "store", "who", "subject", "before", "after", "reason", "second_person"])
      .where("who", "=", cashier)
      // two of one millisecond stand in any order
      .orderBy("act", "desc")
      .execute();
  const again = async (text: string): Promise<void> => {
    const entry = parseEntry(text);
    if (!entry.ok) throw new Error("the entry is understood");
    await projectEntry(bench.parts.database, entry.value, bench.parts.clock.now());
  };

  it("tells a recount and a hand-over with what was before, after, and the second person, once each", async () => {
    const opened = drawer.open(yuan(200));
    const counts = [drawer.count(yuan(190), 1), drawer.count(yuan(199), 2)];
    const handed = drawer.handOver(yuan(100), yuan(99));
    await taken([opened, ...counts, handed]);
    await again(counts[1] ?? "");
    await again(handed);
    const told = { store: "heping", who: cashier, subject: "till-a1", second_person: supervisor, reason: null };
    expect(await logged()).toEqual([
      { ...told, act: "drawerRecounted", before: { counted: 19_000 }, after: { counted: 19_900 } },
      { ...told, act: "cashHandedOver", before: { inDrawer: 19_900 }, after: { inDrawer: 9_900 } },
    ]);
  });

  it("tells each yes that was given at a till, and what was done alone with its reason, and a file says to what", async () => {
    const given = { ...yes(drawer.session(), yuan(5)), act: "paidOut" } as const;
    const alone = { ...given, id: "01KA1B2C3DTA10AAAAAAAAAAAA", by: cashier, method: "alone", reason: "Nobody here" };
    const paid = { kind: "paidOut", body: { amount: yuan(5), reason: "supplies", slip: "" } } as const;
    const { till } = drawer;
    const first = till.write(paid, { staff: cashier, approval: given });
    await taken([first, till.write(paid, { staff: cashier, approval: alone as never })]);
    await again(first);
    const after = { act: "paidOut", amount: 500, till: "till-a1" };
    expect(await logged()).toMatchObject([
      { act: "tillApproved", after: { ...after, method: "pin" }, second_person: supervisor, reason: null },
      { act: "doneAlone", after: { ...after, method: "alone" }, second_person: null, reason: "Nobody here" },
    ]);
    const owner = await ownerOf(bench);
    const file = await owner("GET", "audit/file?language=en");
    expect(file.body).toContain("Agreed to at a till · Pay out of the drawer");
  });
});

describe("a small difference", () => {
  const closedOff = async (off: number, small: number): Promise<void> => {
    await applyRules(bench.parts, { smallCashDifference: (small * 100) as never });
    await taken([drawer.open(yuan(200)), drawer.close(yuan(200 + off), yuan(0))]);
  };

  it.each([
    { off: -0.99, small: 1, posted: { loss: 0.99 }, state: "mended" },
    { off: 0.99, small: 1, posted: { otherIncome: -0.99 }, state: "mended" },
    { off: -1, small: 1, posted: { cashPending: 1 }, state: "break" },
    { off: 1, small: 1, posted: { cashPending: -1 }, state: "break" },
    { off: -0.01, small: 0, posted: { cashPending: 0.01 }, state: "break" },
  ])("of $off where the limit is $small is posted as $posted and is $state", async ({ off, small, posted, state }) => {
    await closedOff(off, small);
    expect(await balances()).toEqual({ "drawer/till-a1": 200 + off, safe: -200, ...posted });
    const type = off < 0 ? "drawerShort" : "drawerOver";
    expect(await differences()).toEqual([{ class: type, state, amount: off, number: drawer.session() }]);
  });

  it("is listed still, as ended by itself, and is no break", async () => {
    await closedOff(-0.5, 1);
    const owner = await ownerOf(bench);
    const listed = async (result: string) => (await owner("GET", `reconciliation/items?result=${result}`)).json().items;
    expect(await listed("mended")).toMatchObject([{ result: { kind: "mended", class: "drawerShort", bySelf: true } }]);
    expect(await listed("break")).toEqual([]);
  });

  it("also of what was left ends by itself", async () => {
    await applyRules(bench.parts, { smallCashDifference: 100 as never });
    await taken([drawer.open(yuan(200)), drawer.close(yuan(200), yuan(0)), drawer.open(yuan(199.5), yuan(200))]);
    expect(await balances()).toEqual({ "drawer/till-a1": 199.5, safe: -200, loss: 0.5 });
    expect(await differences()).toMatchObject([{ state: "mended" }]);
  });
});
