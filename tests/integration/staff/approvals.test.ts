import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { approvalLiveMs, type ApprovalTold, type OpenApprovals } from "../../../src/contract/approvals.ts";
import { makeId, type ApprovalId, type SaleId, type StaffId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { askApproval, decideApproval, useApproval, type Asking } from "../../../src/gateway/approvals/approval.ts";
import { entitle } from "../../../src/gateway/approvals/entitle.ts";
import { tillDecider } from "../../../src/gateway/approvals/entitled-people.ts";
import { officePerson } from "../../../src/gateway/office/person.ts";
import { checkSecondPerson } from "../../../src/gateway/returns/second-person.ts";
import { systemRandom } from "../../../src/gateway/system-clock.ts";
import type { SigningTill } from "../../fakes/signing-till.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import {
  agreed,
  ask,
  invitedTo,
  makeRole,
  ownerOf,
  ownersPassword,
  passwordOf,
  type OfficeAsk,
} from "./office-people.ts";

let bench: GatewayBench;
let owner: OfficeAsk;
let manager: OfficeAsk;
let till: SigningTill;
beforeAll(async () => {
  bench = await gatewayBench();
  owner = await ownerOf(bench);
  manager = await invitedTo(bench, owner, "staff-5");
  till = await bench.till("till-a1");
});

const asking: Asking = {
  store: "heping",
  act: "return",
  subject: "the-return",
  size: 5_000,
  amount: money(5_000, "CNY"),
  reason: "",
  shown: [],
  askedBy: "staff-1",
  till: null,
  isLive: true,
};
const use = { store: "heping", act: "return", subject: "the-return", size: 5_000, askedBy: "staff-1" } as const;
const yes = { yes: true, method: "pin" } as const;
const managerThere = tillDecider("staff-5" as StaffId, "heping", "manager");
async function given(changed: Partial<Asking> = {}): Promise<string> {
  const { database } = bench.parts;
  const id = await askApproval(database, bench.parts, { ...asking, ...changed });
  expect((await decideApproval(database, bench.parts, id, managerThere, yes)).ok).toBe(true);
  return id;
}
const useAs = (id: string, changed: object = {}) =>
  useApproval(bench.parts.database, id, { ...use, ...changed }, bench.parts.clock.now());

describe("an approval", () => {
  it("is used once, even by two at once", async () => {
    const id = await given();
    const both = await Promise.all(
      [1, 2].map(() =>
        bench.parts.database.transaction().execute((step) => useApproval(step, id, use, bench.parts.clock.now())),
      ),
    );
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    expect(await useAs(id)).toMatchObject({ refusal: "approvalUsed" });
  });

  it.each([
    ["another act", { act: "paidOut" }, "approvalOther"],
    ["another thing", { subject: "another-return" }, "approvalOther"],
    ["a larger amount", { size: 5_001 }, "approvalOther"],
    ["somebody else's", { askedBy: "staff-2" }, "approvalOther"],
    ["another store", { store: "jiangbian" }, "approvalUnknown"],
    ["the chain", { store: null }, "approvalUnknown"],
  ])("is not good for %s", async (_what, changed, refusal) => {
    expect(await useAs(await given(), changed)).toMatchObject({ ok: false, refusal });
  });

  it("is good for less than was asked", async () => {
    expect(await useAs(await given(), { size: 4_999 })).toMatchObject({ ok: true });
  });

  it("that nobody gave, or somebody refused, is none", async () => {
    const { database } = bench.parts;
    const open = await askApproval(database, bench.parts, asking);
    expect(await useAs(open)).toMatchObject({ refusal: "approvalOpen" });
    await decideApproval(database, bench.parts, open, managerThere, { yes: false, method: "password" });
    expect(await useAs(open)).toMatchObject({ refusal: "approvalRefused" });
    expect(await decideApproval(database, bench.parts, open, managerThere, yes)).toMatchObject({ refusal: "decided" });
  });

  it("asked live is given within two minutes, and used within two more", async () => {
    const { database, clock } = bench.parts;
    const late = await askApproval(database, bench.parts, asking);
    clock.move(approvalLiveMs);
    expect(await decideApproval(database, bench.parts, late, managerThere, yes)).toMatchObject({ refusal: "expired" });
    expect(await useAs(late)).toMatchObject({ refusal: "approvalExpired" });
    const old = await given();
    clock.move(approvalLiveMs + 1);
    expect(await useAs(old)).toMatchObject({ refusal: "approvalExpired" });
    const waits = await given({ isLive: false });
    clock.move(86_400_000);
    expect(await useAs(waits)).toMatchObject({ ok: true });
    clock.move(-86_400_000 - 2 * approvalLiveMs - 1);
  });

  it.each([
    ["oneself", tillDecider("staff-1" as StaffId, "heping", "manager")],
    ["a cashier", tillDecider("staff-2" as StaffId, "heping", "cashier")],
    ["a manager of another store", tillDecider("staff-9" as StaffId, "jiangbian", "manager")],
  ])("is never given by %s", async (_who, decider) => {
    const { database } = bench.parts;
    const id = await askApproval(database, bench.parts, asking);
    expect(await decideApproval(database, bench.parts, id, decider, yes)).toMatchObject({ refusal: "forbidden" });
  });

  it("is never one's own through another role: the owner and who is owner at a till are one", async () => {
    const { database } = bench.parts;
    const office = { id: "owner", roleIn: () => "owner" as const };
    await makeRole(bench, "staff-2", "owner");
    const byStaff = await askApproval(database, bench.parts, { ...asking, askedBy: "staff-2" });
    expect(await decideApproval(database, bench.parts, byStaff, office, yes)).toMatchObject({ refusal: "forbidden" });
    const byOwner = await askApproval(database, bench.parts, { ...asking, askedBy: "owner" });
    const staff = tillDecider("staff-2" as StaffId, "heping", "owner");
    expect(await decideApproval(database, bench.parts, byOwner, staff, yes)).toMatchObject({ refusal: "forbidden" });
    expect(await decideApproval(database, bench.parts, byOwner, managerThere, yes)).toMatchObject({ ok: true });
    await makeRole(bench, "staff-2", "cashier", false);
  });
});

describe("on the approver's own phone", () => {
  const fresh = () => makeId<ApprovalId>(bench.parts.clock.now(), till.answer.settings.tag, systemRandom);
  const body = (id: string) => ({
    v: 1,
    id,
    act: "return",
    subject: "01KA1B2C3DTA10AAAAAAAAAAAA",
    size: 5_000,
    amount: money(5_000, "CNY"),
    reason: "",
    shown: [{ label: "what", text: "milk" }],
    asker: "staff-1",
  });
  const waiting = async () => (await manager("GET", "approvals")).json<OpenApprovals>().approvals;
  const told = async (id: string) => (await till.ask({ path: `/v1/approvals/${id}` })).json<ApprovalTold>();

  it("a till asks, an entitled person says yes with a password, and the till is told who and how", async () => {
    const id = fresh();
    expect((await till.ask({ method: "POST", path: "/v1/approvals", body: body(id) })).json()).toMatchObject({
      state: "open",
    });
    const shown = { id, isMine: true, askedByName: "王芳", till: "A1", amount: { amount: 5_000 } };
    expect((await waiting()).find((each) => each.id === id)).toMatchObject(shown);
    const decision = (password: string) => manager("POST", `approvals/${id}/decisions`, { v: 1, yes: true, password });
    expect((await decision("not the password")).json().code).toBe("wrongPassword");
    expect((await told(id)).state).toBe("open");
    expect((await decision(passwordOf("staff-5"))).json()).toMatchObject({ state: "given", by: "staff-5" });
    expect(await told(id)).toMatchObject({
      state: "given",
      approval: { act: "return", by: "staff-5", method: "password", size: 5_000 },
    });
  });

  it("the gateway takes that approval for just the act it was for, and its answer may be lost", async () => {
    const id = fresh();
    await till.ask({ method: "POST", path: "/v1/approvals", body: body(id) });
    await manager("POST", `approvals/${id}/decisions`, { v: 1, yes: true, password: passwordOf("staff-5") });
    const subject = body(id).subject as SaleId;
    const check = (size: number, sale: string, by = "staff-5", asker = "staff-1") =>
      checkSecondPerson(bench.parts, "heping" as never, [{ act: "return", size }], {
        asker: asker as StaffId,
        approval: { by: by as StaffId, approval: id },
        subject: sale,
        amount: size,
      });
    expect(await check(5_001, subject)).toMatchObject({ ok: false });
    expect(await check(5_000, "another sale")).toMatchObject({ ok: false });
    expect(await check(5_000, subject, "staff-4")).toMatchObject({ ok: false });
    expect(await check(5_000, subject, "staff-5", "staff-2")).toMatchObject({ ok: false });
    expect(await check(5_000, subject)).toMatchObject({ ok: true, value: { by: "staff-5", method: "password" } });
    expect(await check(5_000, subject)).toMatchObject({ ok: true });
  });

  it("another till is told nothing of it, and takes nothing back", async () => {
    const id = fresh();
    await till.ask({ method: "POST", path: "/v1/approvals", body: body(id) });
    const other = await bench.till("till-a2");
    expect((await other.ask({ path: `/v1/approvals/${id}` })).json().code).toBe("notFound");
    expect(
      (await other.ask({ method: "POST", path: `/v1/approvals/${id}/withdrawals`, body: { v: 1 } })).json().code,
    ).toBe("notFound");
    expect((await other.ask({ method: "POST", path: "/v1/approvals", body: body(id) })).json().code).toBe("otherTag");
    expect(
      (await till.ask({ method: "POST", path: `/v1/approvals/${id}/withdrawals`, body: { v: 1 } })).json().state,
    ).toBe("withdrawn");
    expect((await waiting()).map((each) => each.id)).not.toContain(id);
  });

  it("a till knows how many could be asked: those with a password or passkey, not those with a PIN alone", async () => {
    const count = async (asker: string) =>
      (await till.ask({ path: `/v1/approvers?act=return&size=5000&asker=${asker}` })).json().count;
    expect(await count("staff-1")).toBe(2);
    expect(await count("staff-5")).toBe(1);
  });
});

describe("in the office", () => {
  const asked = {
    store: "heping",
    act: "mend",
    subject: "item-1",
    size: 100,
    amount: null,
    reason: "x",
    shown: [],
  } as const;
  const entitledAs = async (who: string, approval?: string) => {
    const person = await officePerson(bench.parts.database, who);
    const pass = { ...person!, until: 0, session: "" };
    return bench.parts.database
      .transaction()
      .execute((step) => entitle(step, bench.parts, pass, { ...asked, approval }));
  };
  let proposed = "";
  beforeEach(async () => {
    const first = await entitledAs("staff-5");
    proposed = (first as { refusal: { proposed: string } }).refusal.proposed;
  });

  it("an act that needs another waits for one, beside by password or later, and then goes on once", async () => {
    expect(await entitledAs("staff-5", proposed)).toMatchObject({ refusal: "approvalOpen" });
    const beside = (by: string, secret: object) =>
      manager("POST", `approvals/${proposed}/beside`, { v: 1, by, ...secret });
    expect((await beside("staff-5", { password: passwordOf("staff-5") })).json().code).toBe("forbidden");
    expect((await beside("owner", { password: "wrong" })).json().code).toBe("wrongPassword");
    expect(
      (await owner("POST", `approvals/${proposed}/beside`, { v: 1, by: "owner", password: ownersPassword })).json()
        .code,
    ).toBe("notFound");
    expect((await beside("owner", { password: ownersPassword })).json()).toMatchObject({ state: "given" });
    expect(await entitledAs("staff-5", proposed)).toEqual({ ok: true, value: { secondPerson: "owner" } });
    expect(await entitledAs("staff-5", proposed)).toMatchObject({ refusal: "approvalUsed" });
  });

  it("the only one who could say yes goes without, and stands on the list of acts done alone", async () => {
    const lonely = await gatewayBench();
    await ownerOf(lonely);
    for (const { id } of await lonely.parts.database.selectFrom("staff").select("id").execute())
      await makeRole(lonely, id, "cashier");
    const person = await officePerson(lonely.parts.database, "owner");
    const run = () =>
      lonely.parts.database
        .transaction()
        .execute((step) =>
          entitle(step, lonely.parts, { ...person!, until: 0, session: "" }, { ...asked, approval: undefined }),
        );
    expect(await run()).toEqual({ ok: true, value: { secondPerson: null } });
    const list = await lonely.parts.database.selectFrom("act_alone").select(["act", "who", "reason"]).execute();
    expect(list).toEqual([{ act: "mend", who: "owner", reason: "x" }]);
    await makeRole(lonely, "staff-3", "manager");
    expect(await run()).toMatchObject({ refusal: { proposed: expect.any(String) } });
  });

  it("what was done alone is reviewed by another, never by who did it", async () => {
    const rule = { upTo: "never", alone: { each: 10_000, times: 1 } };
    const change = { v: 1, store: "heping", role: "cashier", act: "return", rule };
    expect((await manager("PUT", "permissions", change)).json().code).toBe("forbidden");
    expect((await agreed(bench, owner)("PUT", "permissions", change)).statusCode).toBe(200);
    expect((await owner("PUT", "permissions", { ...change, act: "writeOff" })).json().code).toBe("badRequest");
    const pin = (await agreed(bench, owner)("POST", "staff/staff-1/pins", { v: 1 })).json().pin;
    const alone = (size: number, subject: string) =>
      checkSecondPerson(bench.parts, "heping" as never, [{ act: "return", size }], {
        asker: "staff-1" as StaffId,
        approval: { by: "staff-1" as StaffId, pin, reason: "nobody else" },
        subject,
        amount: size,
      });
    expect(await alone(10_001, "s1")).toMatchObject({ ok: false });
    expect(await alone(10_000, "s1")).toMatchObject({ ok: true, value: { method: "alone", by: "staff-1" } });
    expect(await alone(100, "s2")).toMatchObject({ ok: false, refusal: { kind: "forbidden" } });
    const cashier = await invitedTo(bench, owner, "staff-1");
    expect((await cashier("GET", "alone")).json().code).toBe("forbidden");
    const { acts, open } = (await manager("GET", "alone")).json();
    expect([open, acts[0]]).toMatchObject([1, { who: "staff-1", act: "return", reason: "nobody else", isMine: true }]);
    await makeRole(bench, "staff-1", "manager");
    expect((await cashier("POST", `alone/${acts[0].id}/reviews`, { v: 1, note: "" })).json().code).toBe("notFound");
    expect((await manager("POST", `alone/${acts[0].id}/reviews`, { v: 1, note: "seen" })).json()).toMatchObject({
      open: 0,
    });
    expect((await owner("POST", `alone/${acts[0].id}/reviews`, { v: 1, note: "" })).json().code).toBe("notFound");
    await makeRole(bench, "staff-1", "cashier", false);
  });
});

it("nobody who is signed out decides anything", async () => {
  expect((await ask(bench, "", "GET", "approvals")).json().code).toBe("signedOut");
});
