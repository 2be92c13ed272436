import { beforeAll, describe, expect, it } from "vitest";
import type { StaffPeople } from "../../../src/contract/people.ts";
import { officeSessionMs } from "../../../src/gateway/office/office-session.ts";
import { invitationMs } from "../../../src/gateway/office/invite.ts";
import { gatewayBench, testConfiguration, type GatewayBench } from "../gateway-bench.ts";
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
beforeAll(async () => {
  bench = await gatewayBench();
  owner = await ownerOf(bench);
  await makeRole(bench, "staff-5", "manager");
  manager = await invitedTo(bench, owner, "staff-5");
});
const signIn = (name: string | undefined, password: string) =>
  ask(bench, "", "POST", "sign-ins", { v: 1, password, ...(name === undefined ? {} : { name }) });
const person = async (id: string) =>
  (await owner("GET", "staff")).json<StaffPeople>().people.find((each) => each.id === id);

describe("signing in", () => {
  it("goes by name and password, nobody's name being the owner's", async () => {
    expect((await signIn("李敏", passwordOf("staff-5"))).json()).toMatchObject({ who: "staff-5", name: "李敏" });
    expect((await signIn(undefined, ownersPassword)).json()).toMatchObject({ who: "owner" });
    for (const [name, password] of [
      ["李敏", ownersPassword],
      [undefined, passwordOf("staff-5")],
      ["王芳", passwordOf("staff-5")],
    ] as const)
      expect((await signIn(name, password)).json().code).toBe("signedOut");
    bench.parts.clock.move(600_000);
  });

  it("an invitation is good for one, for a day, and the newest one only", async () => {
    const invite = async () =>
      (await agreed(bench, owner)("POST", "staff/staff-4/invitations", { v: 1 })).json<{ code: string }>().code;
    const take = (code: string) =>
      ask(bench, "", "POST", "invitations", { v: 1, code, password: "another long password" });
    const first = await invite();
    const second = await invite();
    expect((await take(first)).json().code).toBe("codeInvalid");
    const both = await Promise.all([take(second), take(second)]);
    expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 422]);
    const stale = await invite();
    bench.parts.clock.move(invitationMs);
    expect((await take(stale)).json().code).toBe("codeInvalid");
    const short = await invite();
    const answer = await ask(bench, "", "POST", "invitations", { v: 1, code: short, password: "too short" });
    expect(answer.json().code).toBe("badRequest");
    bench.parts.clock.move(-invitationMs);
  });

  it("two of one name cannot both sign in", async () => {
    await bench.parts.database.updateTable("staff").set({ name: "李敏" }).where("id", "=", "staff-2").execute();
    expect((await agreed(bench, owner)("POST", "staff/staff-2/invitations", { v: 1 })).json().code).toBe("taken");
    await bench.parts.database.updateTable("staff").set({ name: "陈亮" }).where("id", "=", "staff-2").execute();
  });

  it("wrong passwords for one person lock that person only, from every address", async () => {
    const from = (address: string, password: string, name = "李敏") =>
      bench.gateway.app.server.inject({
        method: "POST",
        url: "/v1/office/sign-ins",
        remoteAddress: address,
        headers: { host: "localhost", origin: "http://localhost", "content-type": "application/json" },
        payload: JSON.stringify({ v: 1, name, password }),
      });
    bench.parts.clock.move(600_001);
    for (let i = 0; i < 10; i++) expect((await from(`10.0.1.${i}`, "wrong")).json().code).toBe("signedOut");
    expect((await from("10.0.2.1", passwordOf("staff-5"))).json().code).toBe("tooManyTries");
    expect((await from("10.0.2.2", ownersPassword, "")).statusCode).toBe(200);
    bench.parts.clock.move(600_001);
    expect((await from("10.0.2.3", passwordOf("staff-5"))).statusCode).toBe(200);
  });

  it("at an IP address passkeys are refused with what to do", async () => {
    const config = { ...testConfiguration, gateway: { ...testConfiguration.gateway, officeHost: "127.0.0.2" } };
    const other = await gatewayBench({ config });
    const answer = await other.gateway.app.server.inject({
      method: "POST",
      url: "/v1/office/passkey-sign-ins/options",
      headers: { host: "127.0.0.2", origin: "http://127.0.0.2" },
    });
    expect([answer.json().code, answer.json().detail]).toEqual([
      "noPasskeys",
      expect.stringContaining("127.0.0.2: give it a name"),
    ]);
  });

  it("a passkey's answer that nobody's challenge asked for opens nothing", async () => {
    const credential = {
      id: "x",
      rawId: "x",
      type: "public-key",
      response: { clientDataJSON: "e30" },
      clientExtensionResults: {},
    };
    expect((await ask(bench, "", "POST", "passkey-sign-ins", { v: 1, credential })).json().code).toBe("signedOut");
    expect((await owner("POST", "passkeys", { v: 1, label: "mine", credential })).json().code).toBe("badRequest");
  });
});

describe("sessions", () => {
  it("are each person's own, end when they are ended, and after twelve hours", async () => {
    const { sessions } = (await manager("GET", "me")).json();
    const others = sessions.filter(({ isThis }: { isThis: boolean }) => !isThis);
    expect(sessions.length - others.length).toBe(1);
    expect((await owner("DELETE", `me/sessions/${sessions[0].id}`)).json().code).toBe("notFound");
    expect(
      (await owner("DELETE", `sessions/${sessions.find(({ isThis }: { isThis: boolean }) => isThis).id}`)).statusCode,
    ).toBe(200);
    expect((await manager("GET", "me")).json().code).toBe("signedOut");
    manager = await invitedTo(bench, owner, "staff-5");
    bench.parts.clock.move(officeSessionMs);
    expect((await manager("GET", "me")).json().code).toBe("signedOut");
    bench.parts.clock.move(-officeSessionMs);
  });

  it("a changed password needs the old one and ends the person's other sessions", async () => {
    const wrong = await manager("PUT", "me/password", {
      v: 1,
      password: "not the old one",
      newPassword: "a new long password",
    });
    expect(wrong.json().code).toBe("wrongPassword");
    expect(
      (
        await manager("PUT", "me/password", {
          v: 1,
          password: passwordOf("staff-5"),
          newPassword: "a new long password",
        })
      ).statusCode,
    ).toBe(200);
    expect((await manager("GET", "me")).json().code).toBe("signedOut");
    expect((await owner("GET", "me")).statusCode).toBe(200);
  });
});

describe("staff", () => {
  it("are added with a PIN that is shown once and signs on at a till, and are gone when they leave", async () => {
    const roles = [{ store: "heping", role: "cashier" }];
    const { id, pin } = (await agreed(bench, owner)("POST", "staff", { v: 1, name: "新来的", roles })).json();
    const till = await bench.till("till-a1");
    const on = (secret: string) =>
      till.ask({ method: "POST", path: "/v1/sign-ons", body: { v: 1, staff: id, pin: secret } });
    expect((await on(pin)).statusCode).toBe(200);
    expect(JSON.stringify(await person(id))).not.toContain(pin);
    const fresh = (await agreed(bench, owner)("POST", `staff/${id}/pins`, { v: 1 })).json().pin;
    expect((await on(pin)).json().code).toBe("wrongPin");
    expect((await on(fresh)).statusCode).toBe(200);
    expect((await agreed(bench, owner)("POST", `staff/${id}/leavings`, { v: 1 })).statusCode).toBe(200);
    expect((await on(fresh)).json().code).toBe("wrongPin");
    expect((await till.ask({ path: "/v1/staff" })).json().staff.map((each: { id: string }) => each.id)).not.toContain(
      id,
    );
    expect((await agreed(bench, owner)("POST", `staff/${id}/pins`, { v: 1 })).json().code).toBe("notFound");
  });

  it("are changed by a manager only with another person's yes to just that change", async () => {
    manager = await invitedTo(bench, owner, "staff-5");
    const change = (role: string, approval?: string) =>
      manager("PUT", "staff/staff-1", {
        v: 1,
        name: "王芳",
        roles: [{ store: "heping", role }],
        ...(approval === undefined ? {} : { approval }),
      });
    const asked = await change("supervisor");
    expect(asked.statusCode).toBe(202);
    const { proposed } = asked.json();
    expect((await change("supervisor", proposed)).json().code).toBe("approvalNeeded");
    const decide = (who: OfficeAsk, password: string) =>
      who("POST", `approvals/${proposed}/decisions`, { v: 1, yes: true, password });
    expect((await decide(manager, passwordOf("staff-5"))).json().code).toBe("forbidden");
    expect((await decide(owner, "wrong password")).json().code).toBe("wrongPassword");
    expect((await decide(owner, ownersPassword)).json()).toMatchObject({ state: "given", by: "owner" });
    expect((await change("manager", proposed)).json().code).toBe("approvalNeeded");
    expect((await person("staff-1"))?.roles).toEqual([{ store: "heping", role: "cashier" }]);
    expect((await change("supervisor", proposed)).statusCode).toBe(200);
    expect((await person("staff-1"))?.roles).toEqual([{ store: "heping", role: "supervisor" }]);
    expect((await change("supervisor", proposed)).json().code).toBe("approvalNeeded");
    expect(
      (await manager("POST", "staff", { v: 1, name: "x", roles: [{ store: "heping", role: "owner" }] })).json().code,
    ).toBe("forbidden");
  });
});
