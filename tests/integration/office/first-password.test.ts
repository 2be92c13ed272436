import { expect, it } from "vitest";
import { passwordLengthMin } from "../../../src/contract/office.ts";
import { oneTimePasswordMs, resetOwner } from "../../../src/gateway/office/owner.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";

async function signIn(
  bench: GatewayBench,
  password: string,
  newPassword?: string,
  address = "10.0.0.1",
): Promise<string> {
  const answer = await bench.gateway.app.server.inject({
    method: "POST",
    url: "/v1/office/sign-ins",
    remoteAddress: address,
    headers: { host: "localhost", origin: "http://localhost", "content-type": "application/json" },
    payload: JSON.stringify({ v: 1, password, ...(newPassword === undefined ? {} : { newPassword }) }),
  });
  return answer.statusCode === 200 ? "in" : String(answer.json().code);
}

it("the one-time password is good until its fifteen minutes are over, and once even when two come together", async () => {
  const bench = await gatewayBench();
  const once = await resetOwner(bench.parts);
  bench.parts.clock.move(oneTimePasswordMs - 30_000);
  expect(await signIn(bench, once)).toBe("forbidden");
  expect(await signIn(bench, once, "x".repeat(passwordLengthMin - 1))).toBe("badRequest");
  expect(await signIn(bench, once, once)).toBe("forbidden");
  const both = await Promise.all([
    signIn(bench, once, "the first of the two"),
    signIn(bench, once, "the other of the two"),
  ]);
  expect(both.toSorted()).toEqual(["in", "signedOut"]);
  const [first] = both;
  expect(await signIn(bench, first === "in" ? "the first of the two" : "the other of the two")).toBe("in");
});

it("a new one-time password ends every session and the password before it", async () => {
  const bench = await gatewayBench();
  await signIn(bench, await resetOwner(bench.parts), "the owner's password");
  const sessions = () =>
    bench.parts.database.selectFrom("office_session").select("hash").where("revoked_at", "is", null).execute();
  expect(await sessions()).toHaveLength(1);
  await resetOwner(bench.parts);
  expect(await sessions()).toHaveLength(0);
  expect(await signIn(bench, "the owner's password")).toBe("signedOut");
});

it("tries are counted by address and over all addresses, and only hashes of passwords and sessions are stored", async () => {
  const bench = await gatewayBench();
  const once = await resetOwner(bench.parts);
  for (let i = 0; i < 5; i++) expect(await signIn(bench, "wrong", undefined, "10.0.0.2")).toBe("signedOut");
  expect(await signIn(bench, once, "a password that is right", "10.0.0.2")).toBe("tooManyTries");
  expect(await signIn(bench, once, "a password that is right", "10.0.0.3")).toBe("in");
  await bench.parts.database.updateTable("limited_try").set({ count: 100 }).where("subject", "=", "office").execute();
  expect(await signIn(bench, "a password that is right", undefined, "10.0.0.4")).toBe("tooManyTries");
  bench.parts.clock.move(600_000);
  expect(await signIn(bench, "a password that is right", undefined, "10.0.0.4")).toBe("in");
  const owner = await bench.parts.database.selectFrom("office_person").selectAll().executeTakeFirstOrThrow();
  expect(Buffer.from(owner.password ?? []).toString("latin1")).not.toContain("a password");
  expect(owner.password?.length).toBeGreaterThanOrEqual(32);
});
