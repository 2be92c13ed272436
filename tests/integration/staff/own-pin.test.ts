import { beforeAll, describe, expect, it } from "vitest";
import { choosePin } from "../../../src/gateway/staff/edit-staff.ts";
import type { SigningTill } from "../../fakes/signing-till.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { agreed, makeRole, ownerOf } from "./office-people.ts";

const fresh = "246810";
let bench: GatewayBench;
let till: SigningTill;
let made = "";
beforeAll(async () => {
  bench = await gatewayBench();
  till = await bench.till("till-a1");
  await makeRole(bench, "staff-5", "manager");
  made = (await agreed(bench, await ownerOf(bench))("POST", "staff/staff-1/pins", { v: 1 })).json().pin;
});

const change = async (pin: string, newPin: string, staff = "staff-1") =>
  till.ask({ method: "POST", path: "/v1/own-pins", body: { v: 1, staff, pin, newPin } });
const signsOn = async (pin: string): Promise<number> =>
  (await till.ask({ method: "POST", path: "/v1/sign-ons", body: { v: 1, staff: "staff-1", pin } })).statusCode;
const row = () =>
  bench.parts.database
    .selectFrom("staff")
    .select(["pin_made_by", "secret_sealed"])
    .where("id", "=", "staff-1")
    .executeTakeFirstOrThrow();
const renewals = () =>
  bench.parts.database
    .selectFrom("audit_entry")
    .select(["who", "subject"])
    .where("act", "=", "pinRenewed")
    .where("who", "=", "staff-1")
    .execute();

it("a PIN that nobody had made stays its holder's own", async () => {
  await bench.parts.database.updateTable("staff").set({ pin_made_by: null }).where("id", "=", "staff-5").execute();
  const present = "555555";
  await bench.parts.database.transaction().execute((step) => choosePin(step, bench.parts, "staff-5", present));
  expect((await change(present, "864209", "staff-5")).statusCode).toBe(200);
  const { pin_made_by: madeBy } = await bench.parts.database
    .selectFrom("staff")
    .select("pin_made_by")
    .where("id", "=", "staff-5")
    .executeTakeFirstOrThrow();
  expect(madeBy).toBe("staff-5");
});

describe("one's own PIN, chosen at a till", () => {
  it("needs the present one, and another than that", async () => {
    const before = await row();
    expect(before.pin_made_by).toBe("owner");
    expect((await change("000000", fresh)).json().code).toBe("wrongPin");
    expect((await change(made, made)).json().code).toBe("badRequest");
    expect((await change(made, "24681")).json().code).toBe("badRequest");
    expect((await change(made, fresh, "nobody")).json().code).toBe("wrongPin");
    expect(await row()).toEqual(before);
  });

  it("holds at once, stays known to who had the present one made, stands in the log, and comes with the list of this till", async () => {
    await makeRole(bench, "staff-4", "owner");
    const answer = await change(made, fresh);
    await makeRole(bench, "staff-4", "cashier");
    expect(answer.statusCode).toBe(200);
    expect(answer.json().staff.find(({ id }: { id: string }) => id === "staff-1").pinKnownTo).toEqual(["staff-4"]);
    expect(answer.body).not.toContain(fresh);
    expect((await row()).pin_made_by).toBe("owner");
    expect(await renewals()).toEqual([{ who: "staff-1", subject: "staff-1" }]);
    expect([await signsOn(made), await signsOn(fresh)]).toEqual([401, 200]);
  });

  it("sent again because its answer was lost is right once more, and changes nothing", async () => {
    const before = await row();
    expect((await change(made, fresh)).statusCode).toBe(200);
    expect(await row()).toEqual(before);
    expect(await renewals()).toHaveLength(1);
  });

  it("is no way around the lock: wrong ones count, and then the right one does not help", async () => {
    bench.parts.clock.move(60_001);
    const codes: string[] = [];
    for (let i = 0; i < 6; i += 1) codes.push((await change("000000", `13579${i}`)).json().code);
    // as many as at a sign-on
    expect(codes).toEqual([...Array.from({ length: 4 }, () => "wrongPin"), "locked", "locked"]);
    expect((await change(fresh, "975310")).json().code).toBe("locked");
    expect(await signsOn(fresh)).toBe(423);
  });
});
