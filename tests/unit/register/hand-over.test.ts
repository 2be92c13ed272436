import { describe, expect, test } from "vitest";
import type { StaffId } from "../../../src/domain/identifier.ts";
import type { ReceiptBlock } from "../../../src/domain/receipt.ts";
import {
  closeFor,
  count,
  entries,
  fen,
  lastOf,
  lookMs,
  pin,
  sellMilk,
  shiftWith,
  supervisor,
} from "../../fakes/shift-till.ts";
import { registerBench, type RegisterBench } from "../../fakes/register-bench.ts";

const cashier = "staff-1" as StaffId;

/** A counted drawer of `counted` fen, and the form that hands it over. */
async function toHandOver(float: number, counted: number): Promise<RegisterBench> {
  const bench = await shiftWith(float);
  await sellMilk(bench);
  await count(bench, counted);
  await bench.clock.advance(lookMs);
  bench.register.beginHandOver();
  return bench;
}

describe("handing over", () => {
  test("takes a second person's PIN, and then hand-over and Z are facts of one moment", async () => {
    const bench = await toHandOver(20_000, 21_280);
    const { register } = bench;
    expect(register.state.get().counter).toMatchObject({ kind: "handOver", result: { counted: { amount: 21_280 } } });
    await register.handOver(fen(20_000), [{ worth: 1_000, count: 1 }]);
    expect(register.state.get().counter).toMatchObject({ kind: "secondPerson", act: "handOver", size: 1_280 });
    expect((await entries(bench)).some(({ kind }) => kind === "cashHandedOver")).toBe(false);
    await register.approve(supervisor, pin);
    const kinds = (await entries(bench)).map(({ kind }) => kind);
    expect(kinds.slice(-2)).toEqual(["cashHandedOver", "sessionClosed"]);
    const { session } = (await lastOf(bench, "cashHandedOver")).body;
    expect(await lastOf(bench, "cashHandedOver")).toMatchObject({
      staff: cashier,
      approval: { act: "handOver", by: supervisor, subject: session, size: 1_280 },
      body: { amount: { amount: 1_280 }, kept: { amount: 20_000 }, notes: [{ worth: 1_000, count: 1 }] },
    });
    expect((await lastOf(bench, "sessionClosed")).body.shift?.cash).toMatchObject({
      counted: { amount: 21_280 },
      handedOver: { amount: 1_280 },
      kept: { amount: 20_000 },
    });
    expect(register.state.get()).toMatchObject({ phase: "signOn", who: null, left: { amount: 20_000 } });
  });

  test("left again leads back to what the count came to, from where it can be begun anew", async () => {
    const { register } = await toHandOver(20_000, 21_280);
    register.leaveHandOver();
    expect(register.state.get().counter).toMatchObject({
      kind: "count",
      nth: 1,
      result: { counted: { amount: 21_280 } },
    });
    register.beginHandOver();
    expect(register.state.get().counter.kind).toBe("handOver");
  });

  test("of all that was counted works while the gateway is silent, as it is all through this test", async () => {
    const bench = await toHandOver(20_000, 21_280);
    await bench.register.handOver(fen(0), []);
    await bench.register.approve(supervisor, pin);
    expect((await lastOf(bench, "cashHandedOver")).body).toMatchObject({
      amount: { amount: 21_280 },
      kept: { amount: 0 },
    });
  });

  test("is never received by who hands it over, and a wrong PIN hands nothing over", async () => {
    const bench = await toHandOver(20_000, 21_280);
    const { register } = bench;
    await register.handOver(fen(20_000), []);
    await register.approve(cashier, pin);
    expect(register.state.get().counter).toMatchObject({ kind: "secondPerson", refusal: "notEntitled" });
    await register.approve(supervisor, "000000");
    expect(register.state.get().counter).toMatchObject({ kind: "secondPerson", refusal: "wrongPin" });
    expect((await entries(bench)).some(({ kind }) => kind === "cashHandedOver")).toBe(false);
    await register.cancelSecondPerson();
    expect(register.state.get().counter).toMatchObject({ kind: "handOver" });
  });

  test("is asked of nobody on a phone: whoever receives it stands beside", async () => {
    const asked: string[] = [];
    const bench = await registerBench((_method, path) => {
      asked.push(path);
      return path.startsWith("/v1/approvers") ? { status: 200, body: { count: 1 } } : undefined;
    });
    await sellMilk(bench);
    await count(bench, 1_280);
    await bench.clock.advance(lookMs);
    bench.register.beginHandOver();
    await bench.register.handOver(fen(0), []);
    await bench.clock.advance(lookMs);
    expect(bench.register.state.get().counter).toMatchObject({ kind: "secondPerson", act: "handOver" });
    expect(bench.register.state.get().counter).not.toHaveProperty("phone");
    expect(asked.some((path) => path.startsWith("/v1/approvers"))).toBe(false);
  });

  test("more than is there, or nothing, is not handed over", async () => {
    const bench = await toHandOver(20_000, 21_280);
    for (const kept of [-1, 21_280, 21_281]) {
      await bench.register.handOver(fen(kept), []);
      expect(bench.register.state.get().counter.kind).toBe("handOver");
    }
  });

  test("nobody there: the shift closes, says that all stays, and the next one begins with it", async () => {
    const bench = await toHandOver(20_000, 21_280);
    const { register } = bench;
    await register.closeShift();
    expect((await lastOf(bench, "sessionClosed")).body.shift?.cash).toMatchObject({
      handedOver: { amount: 0 },
      kept: { amount: 21_280 },
    });
    await register.signOn(cashier, pin);
    expect(register.state.get()).toMatchObject({ phase: "openShift", left: { amount: 21_280 } });
    await register.openShift(fen(21_280));
    expect((await lastOf(bench, "sessionOpened")).body).toEqual({
      float: fen(21_280),
      carried: false,
      left: fen(21_280),
    });
  });

  test("money that moved while the receiver was asked makes the count untrue", async () => {
    const bench = await toHandOver(20_000, 21_280);
    const { register, ledger } = bench;
    await register.handOver(fen(20_000), []);
    const row = await ledger.database.session.get("session");
    if (row === undefined) throw new Error("a shift is open");
    await ledger.database.session.put({ ...row, session: { ...row.session, state: "open" } });
    await register.approve(supervisor, pin);
    expect(register.state.get()).toMatchObject({
      counter: { kind: "count", result: null },
      notice: { kind: "refused", why: "countUntrue" },
    });
    expect((await entries(bench)).some(({ kind }) => kind === "cashHandedOver")).toBe(false);
  });
});

describe("the next float", () => {
  test("less than was left is asked about once, and then it is a fact", async () => {
    const bench = await shiftWith(20_000);
    const { register, clock } = bench;
    await closeFor(bench, 20_000);
    await register.signOn(cashier, pin);
    await register.openShift(fen(19_000));
    expect(register.state.get()).toMatchObject({
      phase: "openShift",
      notice: { kind: "slip", due: { amount: 20_000 } },
    });
    await clock.advance(lookMs);
    await register.openShift(fen(19_000));
    expect((await lastOf(bench, "sessionOpened")).body).toMatchObject({ float: fen(19_000), left: fen(20_000) });
  });
});

describe("the slip", () => {
  test("names both people, the notes and what stays, after the Z; the last one is printed again as a copy", async () => {
    const bench = await toHandOver(20_000, 21_280);
    const { register, papers, clock } = bench;
    const before = papers.length;
    await register.handOver(fen(20_000), [{ worth: 1_000, count: 1 }]);
    await register.approve(supervisor, pin);
    await clock.advance(lookMs);
    const slips = () => papers.filter(({ job }) => job.startsWith("shift-hand-over-")).map(({ document }) => document);
    expect(papers.slice(before).map(({ job }) => job.replace(/-\d+$/, ""))).toEqual(["shift-z", "shift-hand-over"]);
    const [slip] = slips();
    const said = texts(slip?.blocks ?? []);
    expect(said).toEqual(
      expect.arrayContaining(["缴款人", "收款人", "签字", "¥10.00 × 1", "缴款金额", "¥12.80", "¥200.00"]),
    );
    const people = register.state.get().people;
    for (const id of [cashier, supervisor]) expect(said).toContain(people.find((each) => each.id === id)?.name);
    await register.signOn(cashier, pin);
    await register.openShift(fen(20_000));
    await register.showShift();
    await register.reprintShift();
    await clock.advance(lookMs);
    expect(slips()).toHaveLength(2);
    const [, again] = slips();
    const marked = texts(again?.blocks ?? []).filter((text) => /COPY 1/.test(text));
    expect([marked.length, texts(again?.blocks ?? []).length]).toEqual([1, said.length + 1]);
  });
});

function texts(blocks: readonly ReceiptBlock[]): readonly string[] {
  return blocks.flatMap((block) =>
    block.kind === "text" ? [block.text] : block.kind === "pair" ? [block.left, block.right] : [],
  );
}
