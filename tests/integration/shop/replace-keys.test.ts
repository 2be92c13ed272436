import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import type { StoreId } from "../../../src/domain/identifier.ts";
import { alipayTestKeys } from "../../conformance/providers/alipay-stage.ts";
import { testKeys } from "../../conformance/providers/wechat-stage.ts";
import { holdAccount, lockAccounts } from "../../../src/gateway/payments/account-lock.ts";
import { agreedToKeys } from "../../../src/gateway/shop/keys-agreed.ts";
import { choosePin } from "../../../src/gateway/staff/edit-staff.ts";
import { activatedTill, type SigningTill } from "../../fakes/signing-till.ts";
import { until } from "../counter/until.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { waitsFor } from "../held-lock.ts";
import { chargeAt, plays } from "../office/office-stage.ts";
import { ownerOf, type OfficeAsk } from "../staff/office-people.ts";
import { alipayForm, firstStore, ownConfiguration, providersAtHand, wechatPayForm } from "./own-shop.ts";

const managersPin = "246810";
const account = `wechat-pay-${testKeys.mchid}`;
let bench: GatewayBench;
let owner: OfficeAsk;
let store: StoreId;
let till: SigningTill;
let manager = "";
beforeAll(async () => {
  bench = await gatewayBench({ config: ownConfiguration, fetch: providersAtHand() });
  owner = await ownerOf(bench);
  store = (await owner("POST", "stores", firstStore)).json().id;
  const made = await owner("POST", "tills", { v: 1, store, label: "A1" });
  const { code } = (await owner("POST", "activation-codes", { v: 1, till: made.json().id })).json();
  till = await activatedTill(bench.gateway.app.server, bench.parts.clock, code);
  const person = { v: 1, name: "周店长", roles: [{ store, role: "manager" }] };
  manager = (await owner("POST", "staff", person)).json().id;
  await bench.parts.database.transaction().execute((step) => choosePin(step, bench.parts, manager, managersPin));
});

const waiting = async (): Promise<number> => {
  const { rows } = await sql<{ readonly n: number }>`
    select count(*)::integer as n from pg_locks where locktype = 'advisory' and not granted
  `.execute(bench.parts.database);
  return rows[0]?.n ?? 0;
};
const put = (body: object) => owner("POST", "provider-accounts", body);
const sealed = () =>
  bench.parts.database
    .selectFrom("provider_account")
    .innerJoin("store_account", "store_account.account", "provider_account.id")
    .select(["provider_account.id", "secrets_sealed", "store"])
    .orderBy("id")
    .execute();
const otherKeys = () => ({ ...wechatPayForm([store]), certificate: testKeys.merchant.serial_no.toLowerCase() });
const agreedTo = async (id: string) =>
  (await owner("POST", `approvals/${id}/beside`, { v: 1, by: manager, pin: managersPin })).json();

describe("the keys of a payment account", () => {
  it("are one person's to set up and to mend until money was taken with them", async () => {
    expect((await put(wechatPayForm([store]))).json()).toEqual({ kind: "inUse", id: account });
    expect((await put(otherKeys())).json().kind).toBe("inUse");
    expect((await put(wechatPayForm([store]))).json().kind).toBe("inUse");
    expect((await chargeAt(till, bench.parts.clock, 1_250, plays.pays)).body.state).toBe("captured");
  });

  it("wait for a first payment that is just being written, and then need another person's yes", async () => {
    const { database } = bench.parts;
    let commit = (): void => undefined;
    const held = new Promise<void>((resolve) => (commit = resolve));
    await database.updateTable("payment_attempt").set({ account: null }).execute();
    const writing = database.transaction().execute(async (step) => {
      await holdAccount(step, account);
      await step.updateTable("payment_attempt").set({ account }).execute();
      await held;
    });
    const asked = put(otherKeys());
    await until(waiting, (n) => n > 0);
    commit();
    await writing;
    expect((await asked).statusCode).toBe(202);
  });

  it("that have taken money are replaced only with another person's yes to exactly these", async () => {
    const before = await sealed();
    const asked = await put(otherKeys());
    expect(asked.statusCode).toBe(202);
    expect(await sealed()).toEqual(before);
    const approval = asked.json().proposed as string;
    expect((await put({ ...otherKeys(), approval })).json().code).toBe("approvalNeeded");
    expect(await agreedTo(approval)).toMatchObject({ state: "given", by: manager });
    // the yes was to those keys
    expect((await put({ ...wechatPayForm([store]), approval })).json().code).toBe("approvalNeeded");
    expect(await sealed()).toEqual(before);
    expect((await put({ ...otherKeys(), approval })).json()).toEqual({ kind: "inUse", id: account });
    expect(await sealed()).not.toEqual(before);
    expect((await put({ ...otherKeys(), approval })).json().code).toBe("approvalNeeded");
    const told = await bench.parts.database
      .selectFrom("audit_entry")
      .select(["who", "second_person"])
      .where("act", "=", "accountKept")
      .orderBy("at", "desc")
      .executeTakeFirst();
    expect(told).toEqual({ who: "owner", second_person: manager });
    expect((await chargeAt(till, bench.parts.clock, 990, plays.pays)).body.state).toBe("captured");
  });

  it("are not one person's because the account is given to an empty store besides", async () => {
    const empty = (await owner("POST", "stores", { ...firstStore, name: "空店" })).json().id as StoreId;
    const asked = await put(wechatPayForm([store, empty]));
    expect(asked.statusCode).toBe(202);
    // where the account is in use today, and nowhere else
    const about = bench.parts.database.selectFrom("approval").select(["store", "stores"]);
    expect(await about.where("id", "=", asked.json().proposed).execute()).toEqual([{ store, stores: null }]);
    expect(await agreedTo(asked.json().proposed)).toMatchObject({ state: "given", by: manager });
  });

  it("do not change while a payment is being written with them", async () => {
    const pays = () => chargeAt(till, bench.parts.clock, 330, plays.pays);
    expect(await waitsFor(bench.parts.database, (step) => lockAccounts(step, [account]), pays)).toBe(true);
  });

  it("are nobody's to replace whose role may not do it in a store that they are given", async () => {
    const pass = { person: manager, staff: manager, roles: new Map([[store, "owner"]]), permissions: new Map() };
    const wanted = {
      id: account,
      body: wechatPayForm([store, "elsewhere" as StoreId]),
      channel: "wechat",
      credentials: {},
    };
    const done = await bench.parts.database
      .transaction()
      .execute((step) => agreedToKeys(step, bench.parts, pass as never, wanted));
    expect(done).toEqual({ ok: false, refusal: "forbidden" });
    expect(
      await bench.parts.database.selectFrom("approval").select("id").where("asked_by", "=", manager).execute(),
    ).toEqual([]);
  });

  it("are nowhere in what waits: who looks sees the merchant, the app and a fingerprint", async () => {
    const asked = await put(wechatPayForm([store]));
    expect(asked.statusCode).toBe(202);
    const rows = await bench.parts.database.selectFrom("approval").selectAll().execute();
    const audits = await bench.parts.database.selectFrom("audit_entry").selectAll().execute();
    const shown = (await owner("GET", "approvals")).json();
    const text = JSON.stringify([rows, audits, shown]);
    for (const secret of [testKeys.api_v3_key, ...testKeys.merchant.private_key_pem.split("\n").slice(1, -2)])
      expect(text).not.toContain(secret);
    expect(text).not.toContain("PRIVATE");
    const { shown: lines } = rows.find(({ id }) => id === asked.json().proposed)!;
    expect(lines).toMatchObject([
      { label: "before", text: expect.stringContaining(`${account} · ${testKeys.appid} · `), more: firstStore.name },
      { label: "after", text: expect.stringContaining(testKeys.appid) },
    ]);
  });

  it("of another merchant do not take the place of such an account in a store by one person either", async () => {
    const before = await sealed();
    const other = { ...wechatPayForm([store]), mchid: "1900000999" };
    const asked = await put(other);
    // the provider does not know that merchant, or another person is asked: never is it in use
    expect(asked.json().kind).not.toBe("inUse");
    expect(await sealed()).toEqual(before);
    await bench.parts.database
      .insertInto("provider_account")
      .values({
        ...(await row(account)),
        id: "alipay-of-before",
        provider: "alipay",
        secrets_sealed: await alipayKeys(),
      })
      .execute();
    await bench.parts.database
      .insertInto("store_account")
      .values({ store, account: "alipay-of-before", channel: "alipay" })
      .execute();
    await bench.parts.database.updateTable("payment_attempt").set({ account: "alipay-of-before" }).execute();
    expect((await put(alipayForm([store]))).statusCode).toBe(202);
    expect((await sealed()).map(({ id }) => id)).toEqual(["alipay-of-before", account]);
  });
});

const row = (id: string) =>
  bench.parts.database
    .selectFrom("provider_account")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirstOrThrow()
    .then(({ terms, timings, settings, ...rest }) => ({
      ...rest,
      terms: JSON.stringify(terms),
      timings: JSON.stringify(timings),
      settings: JSON.stringify(settings),
    }));
const alipayKeys = async () =>
  bench.parts.keys.seal(
    Buffer.from(JSON.stringify({ appId: "2021000000000000", appPrivateKey: alipayTestKeys.app.private_key_pkcs8_pem })),
    "credentials/alipay-of-before",
  );
