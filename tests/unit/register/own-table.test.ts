import { describe, expect, test } from "vitest";
import { approvalLiveMs, approvalPollMs } from "../../../src/contract/approvals.ts";
import type { StaffId } from "../../../src/domain/identifier.ts";
import type { Permissions } from "../../../src/domain/permissions.ts";
import { milk, registerBench, type Answering, type RegisterBench } from "../../fakes/register-bench.ts";
import { completed, fen, pin, state, supervisor } from "../../fakes/returning-till.ts";
import { closeFor } from "../../fakes/shift-till.ts";

const bottle = { ...milk, id: "100080" as never, price: 100 as never, listPrice: null, isDeposit: true };
const cashier = "staff-1" as StaffId;
const manager = "staff-5";

/** A till whose staff list brought this table, opened anew so that it is read from storage. */
async function tillWith(permissions: Permissions, answering: Answering = () => undefined): Promise<RegisterBench> {
  const before = await registerBench(answering);
  const { database } = before.ledger;
  const row = await database.staff.get("staff");
  if (row === undefined) throw new Error("the bench has a staff list");
  await database.staff.put({ key: "staff", list: { ...row.list, permissions } });
  return before.reopened();
}

async function handIn(bench: RegisterBench, count: number): Promise<void> {
  await bench.register.add(bottle);
  bench.register.setQuantity(1, count);
  await bench.register.beginTender();
}

const empties = (upTo: "any" | "never" | "refused" | number, alone: { each: number; times: number } | null = null) =>
  ({ cashier: { cashForEmpties: { upTo, alone } } }) satisfies Permissions;

describe("the shop's own table, without the gateway", () => {
  test("allows more than the house's", async () => {
    const bench = await tillWith(empties(9_000));
    await handIn(bench, 90);
    expect(state(bench).counter.kind).toBe("giveBack");
  });

  test("allows less", async () => {
    const bench = await tillWith(empties("never"));
    await handIn(bench, 1);
    expect(state(bench).counter).toMatchObject({ kind: "secondPerson", mayBeAlone: false });
  });

  test("or nothing, whoever stands beside", async () => {
    const bench = await tillWith(empties("refused"));
    await handIn(bench, 1);
    expect(state(bench).notice).toMatchObject({ kind: "refused", why: "notPermitted" });
  });

  test("bounds what a supervisor's yes is good for", async () => {
    const bench = await tillWith({ ...empties("never"), supervisor: { cashForEmpties: { upTo: 200, alone: null } } });
    await handIn(bench, 3);
    await bench.register.approve(supervisor, pin);
    expect(state(bench).counter).toMatchObject({ kind: "secondPerson", refusal: "notEntitled" });
  });
});

describe("a PIN that the cashier had made for another", () => {
  const tillKnowing = async (pinKnownTo?: readonly StaffId[]): Promise<RegisterBench> => {
    const before = await tillWith(empties("never"));
    const { database } = before.ledger;
    const { list } = (await database.staff.get("staff"))!;
    const staff = list.staff.map((each) =>
      each.id === supervisor && pinKnownTo !== undefined ? { ...each, pinKnownTo: [...pinKnownTo] } : each,
    );
    await database.staff.put({ key: "staff", list: { ...list, staff } });
    return before.reopened();
  };

  test("is no yes to what the cashier asks, also without the gateway, and says so", async () => {
    const bench = await tillKnowing([cashier]);
    await handIn(bench, 1);
    await bench.register.approve(supervisor, pin);
    expect(state(bench).counter).toMatchObject({ kind: "secondPerson", refusal: "knownPin" });
  });

  test("is none where the gateway says so though the till's list does not yet", async () => {
    const asked: unknown[] = [];
    const bench = await tillWith(empties("never"), (_method, path, body) => {
      if (path !== "/v1/sign-ons" || (body as { asker?: string }).asker === undefined) return undefined;
      asked.push(body);
      return { status: 403, body: { type: "about:blank", code: "knownPin", title: "knownPin", status: 403 } };
    });
    await handIn(bench, 1);
    await bench.register.approve(supervisor, pin);
    expect(asked).toEqual([{ v: 1, staff: supervisor, pin, asker: cashier }]);
    expect(state(bench).counter).toMatchObject({ kind: "secondPerson", refusal: "knownPin" });
  });

  test.each([
    ["another had it made", ["staff-9" as StaffId]],
    ["the list is an older build's", undefined],
  ])("is one where %s", async (_why, pinKnownTo) => {
    const bench = await tillKnowing(pinKnownTo);
    await handIn(bench, 1);
    await bench.register.approve(supervisor, pin);
    expect(state(bench).counter.kind).toBe("giveBack");
  });
});

describe("alone", () => {
  test("is done with one's own PIN again and a reason, and stands so in the journal", async () => {
    const bench = await tillWith(empties("never", { each: 500, times: 1 }));
    await handIn(bench, 3);
    expect(state(bench).counter).toMatchObject({ kind: "secondPerson", mayBeAlone: true });
    await bench.register.goAlone("  ", pin);
    expect(state(bench).counter.kind).toBe("secondPerson");
    await bench.register.goAlone("nobody else is here", "000000");
    expect(state(bench).counter).toMatchObject({ kind: "secondPerson", refusal: "wrongPin" });
    await bench.register.goAlone("nobody else is here", pin);
    expect(state(bench).counter.kind).toBe("giveBack");
    await bench.register.giveBack();
    expect((await completed(bench)).approvals).toMatchObject([
      { act: "cashForEmpties", by: cashier, method: "alone", reason: "nobody else is here", size: 300 },
    ]);
  });

  test("only so many times a day, in whatever window", async () => {
    const first = await tillWith(empties("never", { each: 500, times: 1 }));
    await handIn(first, 3);
    await first.register.goAlone("nobody else is here", pin);
    await first.register.giveBack();
    const bench = await first.reopened();
    await handIn(bench, 1);
    // it is not offered any more, and the screen says why
    expect(state(bench).counter).toMatchObject({ mayBeAlone: false, aloneUsedUp: 1 });
    await bench.register.goAlone("still nobody", pin);
    expect(state(bench)).toMatchObject({ counter: { kind: "secondPerson" }, notice: { why: "notPermitted" } });
  });

  test("another shift of the same day gives no more of it, the next day does", async () => {
    const bench = await tillWith(empties("never", { each: 500, times: 1 }));
    const { register } = bench;
    await handIn(bench, 3);
    await register.goAlone("nobody else is here", pin);
    await register.giveBack();
    const nextShift = async () => {
      await closeFor(bench, 0);
      await register.signOn(cashier, pin);
      await register.openShift(fen(0));
      await handIn(bench, 1);
    };
    await nextShift();
    expect(state(bench).counter).toMatchObject({ mayBeAlone: false, aloneUsedUp: 1 });
    await register.cancelSecondPerson();
    register.setQuantity(1, 0);
    await bench.clock.advance(24 * 60 * 60_000);
    await nextShift();
    expect(state(bench).counter).toMatchObject({ mayBeAlone: true });
  });

  test("is not there above its size, and one's own PIN beside is never a second person's", async () => {
    const bench = await tillWith(empties("never", { each: 500, times: 9 }));
    await handIn(bench, 6);
    expect(state(bench).counter).toMatchObject({ kind: "secondPerson", mayBeAlone: false });
    await bench.register.goAlone("nobody", pin);
    await bench.register.approve(cashier, pin);
    expect(state(bench).counter).toMatchObject({ kind: "secondPerson", refusal: "notEntitled" });
  });
});

test("money out keeps what was typed when nobody agreed to it", async () => {
  const bench = await tillWith({});
  await bench.register.showShift();
  bench.register.beginCashMove("paidOut");
  await bench.register.moveCash("paidOut", fen(90_000), "supplies", "slip 17");
  expect(state(bench).counter.kind).toBe("secondPerson");
  await bench.register.cancelSecondPerson();
  const begun = { amount: fen(90_000), reason: "supplies", slip: "slip 17" };
  expect(state(bench).counter).toEqual({ kind: "cashMove", move: "paidOut", begun });
});

test("a price sheet keeps what was typed when nobody agreed to it", async () => {
  const bench = await tillWith({});
  await bench.register.add(milk);
  bench.register.openLine(1);
  await bench.register.discountLine(1, { kind: "percent", basisPoints: 5_000 });
  expect(state(bench).counter.kind).toBe("secondPerson");
  await bench.register.cancelSecondPerson();
  const begun = { kind: "percent", basisPoints: 5_000 };
  expect(state(bench).counter).toEqual({ kind: "line", line: 1, begun });
});

describe("asked on their own phone", () => {
  /** A gateway at which so many could be asked, and an approval becomes what the test says. */
  function phones(count: number) {
    const told = { state: "open", asked: [] as { id: string }[], withdrawn: 0 };
    const answering: Answering = (method, path, body) => {
      if (path.startsWith("/v1/approvers")) return { status: 200, body: { count } };
      if (path.endsWith("/withdrawals")) told.withdrawn++;
      if (method === "POST" && path === "/v1/approvals") told.asked.push(body as { id: string });
      if (!path.startsWith("/v1/approvals")) return undefined;
      const { id, act, subject, amount, size } = told.asked.at(-1) as never as Record<string, never>;
      const approval = { id, act, subject, amount, size, by: manager, method: "passkey", at: 1 };
      const given = told.state === "given" ? approval : null;
      return {
        status: 200,
        body: { state: told.state, approval: given, expiresAt: Date.parse("2026-11-24T10:30:00+08:00") },
      };
    };
    return { told, answering };
  }

  async function asked(count = 1) {
    const { told, answering } = phones(count);
    const bench = await tillWith({}, answering);
    await handIn(bench, 60);
    await bench.clock.advance(10);
    return { told, bench };
  }

  test("is offered only where somebody could be asked", async () => {
    expect(state((await asked(0)).bench).counter).not.toHaveProperty("phone");
    expect(state((await asked(1)).bench).counter).toMatchObject({ phone: { kind: "offered" } });
  });

  test("a yes goes on exactly as a PIN beside would", async () => {
    const { told, bench } = await asked();
    const done = bench.register.askOnPhone("  a crate of bottles ");
    await bench.clock.advance(approvalPollMs + 10);
    expect(state(bench).counter).toMatchObject({ kind: "secondPerson", phone: { kind: "asking" } });
    told.state = "given";
    await bench.clock.advance(approvalPollMs + 10);
    await done;
    expect(state(bench).counter.kind).toBe("giveBack");
    expect(told.asked).toMatchObject([{ act: "cashForEmpties", size: 6_000, asker: cashier, amount: fen(6_000) }]);
    expect(told.asked).toMatchObject([{ reason: "a crate of bottles" }]);
  });

  test("reads the reason that was chosen on the screen, as its word", async () => {
    const { told, answering } = phones(1);
    const bench = await tillWith({}, answering);
    await bench.register.showShift();
    await bench.register.openDrawer("checkCash");
    await bench.clock.advance(10);
    const done = bench.register.askOnPhone("");
    await bench.clock.advance(10);
    await bench.register.cancelSecondPerson();
    await bench.clock.advance(approvalLiveMs);
    await done;
    expect(told.asked).toMatchObject([{ act: "openDrawer", shown: [{ label: "why", text: "checkCash" }] }]);
  });

  test.each([
    ["refused", "refused"],
    ["expired", "over"],
  ])("a %s one is said, and another may be asked", async (became, shown) => {
    const { told, bench } = await asked();
    const done = bench.register.askOnPhone("");
    told.state = became;
    await bench.clock.advance(approvalPollMs + 10);
    await done;
    expect(state(bench).counter).toMatchObject({ kind: "secondPerson", phone: { kind: shown } });
  });

  test("somebody beside may be quicker; what was asked is taken back", async () => {
    const { told, bench } = await asked();
    const done = bench.register.askOnPhone("");
    await bench.clock.advance(10);
    await bench.register.cancelSecondPerson();
    told.state = "given";
    await bench.clock.advance(approvalLiveMs);
    await done;
    expect([state(bench).counter.kind, told.withdrawn]).toEqual(["goods", 1]);
  });
});

describe("an X report", () => {
  const sums = async (permissions: Permissions): Promise<string> => {
    const bench = await tillWith(permissions);
    await bench.register.add(milk);
    await bench.register.payBy("cash");
    await bench.register.takeCash(fen(1_280));
    await bench.register.showShift();
    await bench.register.reportShift();
    const paper = bench.papers.findLast(({ job }) => job.startsWith("shift-x-"));
    return JSON.stringify(paper?.document);
  };

  test("tells a cashier no sum from which the count could be worked out", async () => {
    expect(await sums({})).not.toContain("12.80");
  });

  test("tells it to whom the shop opens its figures", async () => {
    expect(await sums({ cashier: { seeFigures: { upTo: "any", alone: null } } })).toContain("12.80");
  });
});
