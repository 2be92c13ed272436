import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import type { AuditPage } from "../../../src/contract/audit.ts";
import { instant } from "../../../src/domain/clock.ts";
import { audit } from "../../../src/gateway/audit/audit.ts";
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
const secrets: string[] = [ownersPassword];
beforeAll(async () => {
  bench = await gatewayBench();
  owner = await ownerOf(bench);
});

async function log(query = "", who = owner): Promise<AuditPage> {
  const answer = await who("GET", `audit${query}`);
  expect(answer.statusCode).toBe(200);
  return answer.json<AuditPage>();
}

it("says who did what to whom, what it was before and after, and who else agreed", async () => {
  secrets.push((await owner("POST", "activation-codes", { v: 1, till: "till-a1" })).json().code);
  secrets.push((await agreed(bench, owner)("POST", "staff/staff-1/pins", { v: 1 })).json().pin);
  await agreed(bench, owner)("PUT", "staff/staff-1", {
    v: 1,
    name: "王芳",
    roles: [{ store: "heping", role: "supervisor" }],
  });
  await agreed(bench, owner)("PUT", "permissions", {
    v: 1,
    store: "heping",
    role: "cashier",
    act: "discount",
    rule: { upTo: 500, alone: null },
  });
  const { entries } = await log();
  const changes = entries.filter(({ act }) => act !== "approvalGiven");
  expect(changes.slice(0, 4)).toMatchObject([
    {
      act: "permissionChanged",
      store: "heping",
      who: "owner",
      subject: "cashier/discount",
      before: null,
      after: { upTo: 500 },
    },
    {
      act: "roleChanged",
      subject: "staff-1",
      subjectName: "王芳",
      before: { role: "cashier" },
      after: { role: "supervisor" },
    },
    { act: "pinRenewed", subject: "staff-1", who: "owner", secondPerson: "staff-5" },
    { act: "activationCodeMade", subject: "till-a1", subjectName: "A1", store: "heping" },
  ]);
});

it("a refused sign-in is written with its address, and nobody's name", async () => {
  await ask(bench, "", "POST", "sign-ins", { v: 1, name: "王芳", password: "guessed password" });
  secrets.push("guessed password");
  const [entry] = (await log("?act=signInRefused")).entries;
  expect(entry).toMatchObject({ who: null, after: { why: "signedOut", address: "127.0.0.1" } });
});

it("a bank account is written as one, once for every change, and by its name", async () => {
  const keep = (name: string) => owner("PUT", "banks/icbc-main", { v: 1, store: "heping", name });
  for (const name of ["工行", "工行", "工行 基本户", "工行 基本户"]) expect((await keep(name)).statusCode).toBe(200);
  const { entries, names } = await log("?act=bankKept");
  expect(entries.map(({ subject, before, after }) => ({ subject, before, after }))).toEqual([
    { subject: "icbc-main", before: { name: "工行" }, after: { name: "工行 基本户" } },
    { subject: "icbc-main", before: null, after: { name: "工行" } },
  ]);
  expect(names.find(({ id }) => id === "icbc-main")?.name).toBe("工行 基本户");
  expect(names.find(({ id }) => id === "till-a1")).toEqual({
    id: "till-a1",
    name: "A1",
    store: "heping",
    channel: null,
  });
  expect((await log("?act=billHandedIn")).count).toBe(0);
});

it("is found by text, person, act and day, and pages meet without a gap or a repeat", async () => {
  const at = bench.parts.clock.now();
  for (let i = 0; i < 230; i++) {
    const entry = { store: "heping", who: "staff-4", act: "rulesChanged", subject: `s${i}` } as const;
    await audit(bench.parts.database, bench.parts.random, {
      ...entry,
      reason: i % 2 === 0 ? "50%_off" : null,
      at: instant(at + 3 * 86_400_000 + i),
    });
  }
  const seen: string[] = [];
  for (let before: string | null = ""; before !== null;) {
    const page: AuditPage = await log(`?who=staff-4${before === "" ? "" : `&before=${before}`}`);
    expect(page.count).toBe(230);
    seen.push(...page.entries.map(({ subject }) => subject));
    before = page.next;
  }
  expect(seen).toEqual(Array.from({ length: 230 }, (_, i) => `s${229 - i}`));
  expect((await log(`?query=${encodeURIComponent("50%_")}`)).count).toBe(115);
  expect((await log("?query=50_")).count).toBe(0);
  expect((await log("?act=pinRenewed")).count).toBe(1);
  const day = new Date(at + 3 * 86_400_000).toLocaleDateString("sv", { timeZone: "Asia/Shanghai" });
  const later = new Date(at + 5 * 86_400_000).toLocaleDateString("sv", { timeZone: "Asia/Shanghai" });
  expect((await log(`?from=${day}`)).count).toBe(230);
  expect((await log(`?from=${later}`)).count).toBe(0);
  expect((await log(`?to=${day}`)).count).toBeGreaterThan(230);
});

it("is taken away as a file, oldest first, and that too is written down", async () => {
  const answer = await owner("GET", "audit/file?language=en&who=staff-4");
  const lines = answer.body.trimEnd().split("\r\n");
  expect([lines.length, lines[1]?.includes("s0"), lines.at(-1)?.includes("s229")]).toEqual([231, true, true]);
  // a day in the file is the day of the shop
  expect(lines[1]).toMatch(/^"?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00/);
  const all = await owner("GET", "audit/file?language=ja");
  expect([all.body.includes("ログイン"), all.body.includes("signedIn"), all.body.includes("heping,")]).toEqual([
    true,
    false,
    false,
  ]);
  expect((await log("?act=auditExported&who=owner")).entries.at(-1)).toMatchObject({
    who: "owner",
    after: { who: "staff-4" },
  });
});

it("a supervisor is not shown it, a manager of one store nothing of another's", async () => {
  await makeRole(bench, "staff-5", "manager", false);
  const manager = await invitedTo(bench, owner, "staff-5");
  secrets.push(passwordOf("staff-5"));
  const entry = { who: "owner", act: "rulesChanged", subject: "elsewhere", at: bench.parts.clock.now() } as const;
  await audit(bench.parts.database, bench.parts.random, { ...entry, store: "jiangbian" });
  expect((await log("?query=elsewhere", manager)).count).toBe(0);
  expect((await log("?query=elsewhere")).count).toBe(1);
  expect((await manager("GET", "audit?store=jiangbian")).json().count).toBe(0);
});

it("stands only with what caused it, and holds no secret", async () => {
  const { database, random, clock } = bench.parts;
  const failing = database.transaction().execute(async (step) => {
    await audit(step, random, {
      store: null,
      who: "owner",
      act: "rulesChanged",
      subject: "rolled-back",
      at: clock.now(),
    });
    throw new Error("on purpose");
  });
  await expect(failing).rejects.toThrow("on purpose");
  expect((await log("?query=rolled-back")).count).toBe(0);
  const { rows } = await sql<{
    all: string;
  }>`select string_agg(audit_entry::text, ' ') as all from audit_entry`.execute(database);
  for (const secret of secrets) expect([secret, rows[0]?.all.includes(secret)]).toEqual([secret, false]);
  expect(secrets.length).toBeGreaterThan(4);
});
