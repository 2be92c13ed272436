import { json } from "../../../src/gateway/store/database.ts";
import { beforeAll, describe, expect, it } from "vitest";
import type { CatalogPage } from "../../../src/contract/catalog.ts";
import type { StaffList } from "../../../src/contract/sign-on.ts";
import type { TillId } from "../../../src/domain/identifier.ts";
import { pinSecret, pinVerifier } from "../../../src/gateway/staff/pin.ts";
import { makeActivationCode } from "../../../src/gateway/tills/activation.ts";
import { activatedTill, type SigningTill } from "../../fakes/signing-till.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";

let bench: GatewayBench;
let till: SigningTill;
beforeAll(async () => {
  bench = await gatewayBench();
  till = await bench.till("till-a1");
});

const pinOf = (name: string): string => bench.pins.find((each) => each.name === name)?.pin ?? "";
const wrongFor = (name: string): string => (pinOf(name) === "000000" ? "111111" : "000000");
const signOn = (staff: string, pin: string) =>
  till.ask({ method: "POST", path: "/v1/sign-ons", body: { v: 1, staff, pin } });

describe("activation", () => {
  it("gives a till its label, tag, store and a series, and a code only once", async () => {
    const { code } = await makeActivationCode(bench.parts, "till-a2" as TillId);
    const first = await activatedTill(bench.gateway.app.server, bench.parts.clock, code);
    expect(first.answer.settings).toMatchObject({
      till: "till-a2",
      label: "A2",
      tag: "TA20",
      store: { id: "heping", zone: "Asia/Shanghai" },
    });
    await expect(activatedTill(bench.gateway.app.server, bench.parts.clock, code)).rejects.toThrow("codeInvalid");
  });

  it("of a till that has a key begins the next series and revokes the key before", async () => {
    const first = await bench.till("till-b1");
    const second = await bench.till("till-b1");
    expect([first.answer.series, second.answer.series]).toEqual([1, 2]);
    expect((await first.ask({ path: "/v1/till" })).json().code).toBe("revoked");
    expect((await second.ask({ path: "/v1/till" })).statusCode).toBe(200);
  });

  it("refuses a code older than ten minutes", async () => {
    const { code } = await makeActivationCode(bench.parts, "till-a2" as TillId);
    bench.parts.clock.move(600_000);
    await expect(activatedTill(bench.gateway.app.server, bench.parts.clock, code)).rejects.toThrow("codeInvalid");
    bench.parts.clock.move(-600_000);
  });

  it("listens to an address no more after five wrong tries, right code or not, for ten minutes", async () => {
    for (let i = 0; i < 5; i++)
      await expect(activatedTill(bench.gateway.app.server, bench.parts.clock, "0000000000")).rejects.toThrow(
        /codeInvalid|tooManyTries/,
      );
    const { code } = await makeActivationCode(bench.parts, "till-a2" as TillId);
    await expect(activatedTill(bench.gateway.app.server, bench.parts.clock, code)).rejects.toThrow("tooManyTries");
    bench.parts.clock.move(1_300_000);
    const later = await makeActivationCode(bench.parts, "till-a2" as TillId);
    await activatedTill(bench.gateway.app.server, bench.parts.clock, later.code);
    bench.parts.clock.move(-1_300_000);
  });
});

describe("people", () => {
  it("are listed for their own store only, with a verifier that the till's pepper checks", async () => {
    const list = (await till.ask({ path: "/v1/staff" })).json<StaffList>();
    expect(list.staff.map(({ name }) => name)).toEqual(["王芳", "陈亮", "赵磊", "李敏"]);
    const fang = list.staff[0]!;
    const secret = await pinSecret(pinOf("王芳"), Buffer.from(fang.salt, "base64url"));
    expect(Buffer.from(pinVerifier(Buffer.from(till.answer.pepper, "base64url"), secret)).toString("base64url")).toBe(
      fang.verifier,
    );
  });

  it("are not listed where their role does nothing at a till, until the shop's table lets it", async () => {
    const { database } = bench.parts;
    const listed = async () =>
      (await till.ask({ path: "/v1/staff" })).json<StaffList>().staff.some(({ id }) => id === "staff-4");
    const become = (role: string) =>
      database
        .updateTable("staff_role")
        .set({ role })
        .where("staff", "=", "staff-4")
        .where("store", "=", "heping")
        .execute();
    await become("accountant");
    expect(await listed()).toBe(false);
    const rule = json({ upTo: "never", alone: null });
    const key = { store: "chain", role: "accountant", act: "return" };
    await database
      .insertInto("permission_rule")
      .values({ ...key, rule, set_by: "owner", set_at: 0 })
      .execute();
    expect(await listed()).toBe(true);
    await database.deleteFrom("permission_rule").execute();
    await become("supervisor");
  });

  it("sign on by their own PIN and by no other", async () => {
    expect((await signOn("staff-1", pinOf("王芳"))).json()).toMatchObject({ staff: "staff-1" });
    expect((await signOn("staff-1", wrongFor("王芳"))).json().code).toBe("wrongPin");
    expect((await signOn("staff-3", pinOf("周婷"))).json().code).toBe("wrongPin");
  });

  it("are locked by the fifth wrong PIN in a row, even for tries made at once, and freed by time", async () => {
    const tries = await Promise.all(Array.from({ length: 8 }, () => signOn("staff-2", wrongFor("陈亮"))));
    const codes = tries.map((answer) => answer.json().code);
    expect(codes.filter((code) => code === "wrongPin")).toHaveLength(4);
    expect(codes.filter((code) => code === "locked")).toHaveLength(4);
    const locked = await signOn("staff-2", pinOf("陈亮"));
    expect([locked.statusCode, locked.json().code]).toEqual([423, "locked"]);
    bench.parts.clock.move(60_001);
    expect((await signOn("staff-2", pinOf("陈亮"))).statusCode).toBe(200);
    bench.parts.clock.move(-60_001);
  });

  it("and neither a PIN nor a pepper stands in the database", async () => {
    const rows = await bench.parts.database.selectFrom("staff").selectAll().execute();
    const keys = await bench.parts.database.selectFrom("till_key").selectAll().execute();
    const dump = Buffer.concat(
      [...rows.flatMap((row) => [row.salt, row.secret_sealed]), ...keys.map((key) => key.pepper_sealed)].map((bytes) =>
        Buffer.from(bytes),
      ),
    );
    for (const { pin } of bench.pins) expect(dump.includes(pin)).toBe(false);
    expect(dump.includes(Buffer.from(till.answer.pepper, "base64url"))).toBe(false);
  });
});

describe("the catalogue", () => {
  it("comes whole from cursor 0, and nothing comes after the last cursor", async () => {
    const page = (await till.ask({ path: "/v1/catalog?after=0" })).json<CatalogPage>();
    expect([page.products.length, page.total, page.more, page.categories.length]).toEqual([202, 202, false, 8]);
    const next = (await till.ask({ path: `/v1/catalog?after=${page.cursor}` })).json<CatalogPage>();
    expect([next.products.length, next.cursor, next.more]).toEqual([0, page.cursor, false]);
  });

  it("cut into pages anywhere brings every product exactly once, and a change later comes alone", async () => {
    const { catalogueAfter, putProducts } = await import("../../../src/gateway/catalogue/catalogue.ts");
    const seen: string[] = [];
    let cursor = 0;
    for (let more = true; more;) {
      const page = await catalogueAfter(bench.parts.database, cursor, 7);
      seen.push(...page.products.map(({ id }) => id));
      ({ cursor, more } = page);
    }
    expect(new Set(seen).size).toBe(202);
    expect(seen).toHaveLength(202);
    const [first] = (await catalogueAfter(bench.parts.database, 0, 1)).products;
    await putProducts(bench.parts.database, [{ ...first!, price: 12_345 as never }]);
    const changed = await catalogueAfter(bench.parts.database, cursor);
    expect(changed.products.map(({ id, price }) => [id, price])).toEqual([[first!.id, 12_345]]);
  });

  it("tells a till that a product is gone, and counts it no more", async () => {
    const { catalogueAfter } = await import("../../../src/gateway/catalogue/catalogue.ts");
    const { products, cursor } = await catalogueAfter(bench.parts.database, 0);
    const gone = products[0]!.id;
    const change = cursor + 1;
    await bench.parts.database.updateTable("product").set({ removed: true, change }).where("id", "=", gone).execute();
    const page = (await till.ask({ path: `/v1/catalog?after=${cursor}` })).json<CatalogPage>();
    expect(page).toMatchObject({ products: [], removed: [gone], cursor: change, total: 201 });
  });
});
