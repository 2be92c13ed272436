import { expect, test } from "vitest";
import type { StaffId } from "../../../src/domain/identifier.ts";
import { registerBench, type Answering } from "../../fakes/register-bench.ts";
import { pin } from "../../fakes/returning-till.ts";

const fresh = "246810";
const list = (pinKnownTo: string[]) => ({
  validUntil: Date.parse("2026-12-24T10:00:00+08:00"),
  staff: [{ id: "staff-1", name: "王芳", role: "cashier", salt: "BB", verifier: "BB", pinKnownTo }],
  permissions: {},
});
const refuses =
  (code: string): Answering =>
  (_method, path) =>
    path === "/v1/own-pins"
      ? { status: 401, body: { type: "about:blank", code, title: code, status: 401 } }
      : undefined;
const triesOf = async (bench: Awaited<ReturnType<typeof registerBench>>) =>
  (await bench.ledger.database.pin.get("staff-1" as StaffId))?.wrongTries ?? 0;

test("a PIN of one's own is asked of the gateway in the name of whoever is signed on, and its list holds here at once", async () => {
  const asked: unknown[] = [];
  const bench = await registerBench((method, path, body) => {
    if (path !== "/v1/own-pins") return undefined;
    asked.push([method, body]);
    return { status: 200, body: list([]) };
  });
  expect(await bench.register.changeOwnPin(pin, fresh)).toBe("changed");
  expect(asked).toEqual([["POST", { v: 1, staff: "staff-1", pin, newPin: fresh }]]);
  expect((await bench.ledger.database.staff.get("staff"))?.list.staff[0]?.verifier).toBe("BB");
  expect(JSON.stringify(await bench.ledger.database.entry.toArray())).not.toContain(fresh);
});

test("without the gateway nothing changes, and that is said", async () => {
  const bench = await registerBench();
  const before = await bench.ledger.database.staff.get("staff");
  expect(await bench.register.changeOwnPin(pin, fresh)).toBe("offline");
  expect(await bench.ledger.database.staff.get("staff")).toEqual(before);
});

test("wrong present PINs are counted and lock as at sign-on", async () => {
  const bench = await registerBench(refuses("wrongPin"));
  for (let tries = 1; tries <= 5; tries += 1) {
    expect(await bench.register.changeOwnPin("000000", fresh)).toBe("wrongPin");
    expect(await triesOf(bench)).toBe(tries);
  }
  expect(await bench.register.changeOwnPin(pin, fresh)).toBe("locked");
});

test.each([
  ["123456", "123456", "notNew"],
  ["123456", "12345", "badForm"],
])("%s to %s asks nobody: %s", async (present, next, why) => {
  const bench = await registerBench(() => {
    throw new Error("nobody is asked");
  });
  expect(await bench.register.changeOwnPin(present, next)).toBe(why);
});
