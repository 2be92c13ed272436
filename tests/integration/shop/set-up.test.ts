import { generateKeyPairSync } from "node:crypto";
import { writeXlsx } from "hucre";
import iconv from "iconv-lite";
import { beforeAll, describe, expect, it } from "vitest";
import type { StoreId } from "../../../src/domain/identifier.ts";
import { credentialsContext } from "../../../src/gateway/payments/accounts.ts";
import { applyRules } from "../../../src/gateway/shop/rules.ts";
import { alipayTestKeys } from "../../conformance/providers/alipay-stage.ts";
import { testKeys } from "../../conformance/providers/wechat-stage.ts";
import { activatedTill, type SigningTill } from "../../fakes/signing-till.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { chargeAt, plays } from "../office/office-stage.ts";
import { ask, ownerOf, type OfficeAsk } from "../staff/office-people.ts";
import { alipayForm, firstStore, ownConfiguration, providersAtHand, wechatPayForm } from "./own-shop.ts";

let bench: GatewayBench;
let owner: OfficeAsk;
let store: StoreId;
let till: SigningTill;
beforeAll(async () => {
  bench = await gatewayBench({ config: ownConfiguration, fetch: providersAtHand() });
  owner = await ownerOf(bench);
});

const audits = async (act: string): Promise<number> => {
  const rows = await bench.parts.database.selectFrom("audit_entry").select("id").where("act", "=", act).execute();
  return rows.length;
};

describe("an own shop begins with nothing but its owner", () => {
  it("who may set it up and see nothing else", async () => {
    const session = (await owner("GET", "session")).json();
    expect([session.acts, session.stores, session.shop]).toEqual([["editShop", "editProducts"], [], "岭上便利"]);
    expect((await owner("GET", "shop")).json()).toMatchObject({
      kind: "own",
      stores: [],
      products: 0,
      timeZone: "Asia/Shanghai",
    });
    for (const path of ["sales", "staff", "audit"]) expect((await owner("GET", path)).statusCode).toBe(403);
  });

  it("a store comes with its tags and the counter's rules; a second one of its name does not", async () => {
    const made = await owner("POST", "stores", firstStore);
    expect(made.statusCode).toBe(200);
    store = made.json().id;
    const rows = await bench.parts.database.selectFrom("tag").select("holder").where("store", "=", store).execute();
    expect(rows.map(({ holder }) => holder).toSorted()).toEqual(["gateway", "office"]);
    expect((await owner("POST", "stores", firstStore)).json().code).toBe("taken");
    expect((await owner("POST", "stores", { ...firstStore, name: "x", zone: "Nowhere/At" })).json().code).toBe(
      "badRequest",
    );
    expect((await owner("GET", "session")).json().acts).toContain("seeFigures");
    expect(await audits("storeAdded")).toBe(1);
  });

  it("a store's name and address may change, and tills hear of it", async () => {
    const { v, address, phone, displayLanguage } = firstStore;
    const change = { v, name: "岭上便利 一店", address, phone, displayLanguage };
    expect((await owner("PUT", `stores/${store}`, change)).statusCode).toBe(200);
    expect((await owner("GET", "shop")).json().stores[0]).toMatchObject({ name: "岭上便利 一店", currency: "CNY" });
    expect((await owner("PUT", "stores/nowhere", change)).statusCode).toBe(403);
    expect(await audits("storeChanged")).toBe(1);
  });

  it("a till is added once a label, and becomes a device by its code", async () => {
    const made = await owner("POST", "tills", { v: 1, store, label: "A1" });
    expect(made.statusCode).toBe(200);
    expect((await owner("POST", "tills", { v: 1, store, label: "A1" })).json().code).toBe("taken");
    const { code } = (await owner("POST", "activation-codes", { v: 1, till: made.json().id })).json();
    till = await activatedTill(bench.gateway.app.server, bench.parts.clock, code);
    expect(till.answer.settings).toMatchObject({ label: "A1", channels: [], rules: { tips: [500] } });
    expect((await owner("GET", "shop")).json().tills).toMatchObject([{ label: "A1", isActivated: true }]);
  });

  it("the rules of the configuration reach its stores at the next start", async () => {
    await applyRules(bench.parts, { tips: [1_000] });
    expect((await till.ask({ path: "/v1/till" })).json().rules.tips).toEqual([1_000]);
  });
});

describe("a payment account", () => {
  const rows = () => bench.parts.database.selectFrom("provider_account").selectAll().execute();

  it("of a wrong form is refused field by field, and nobody is asked", async () => {
    const form = {
      ...wechatPayForm([store]),
      mchid: "12",
      appid: "x",
      apiV3Key: "short",
      privateKey: "no",
      publicKey: "no",
    };
    const answer = (await owner("POST", "provider-accounts", form)).json();
    expect(answer.kind).toBe("faults");
    expect(answer.faults.map(({ field, why }: { field: string; why: string }) => `${field}:${why}`)).toEqual([
      "mchid:merchantForm",
      "appid:appForm",
      "apiV3Key:secretForm",
      "privateKey:privateKey",
      "publicKey:publicKey",
    ]);
    const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({
      type: "pkcs8",
      format: "pem",
    });
    const pair = (await owner("POST", "provider-accounts", { ...wechatPayForm([store]), privateKey: other })).json();
    expect(pair.faults).toEqual([{ field: "certificate", why: "keyOfAnother" }]);
    const own = { ...alipayForm([store]), publicKey: alipayTestKeys.app.public_key_pem };
    expect((await owner("POST", "provider-accounts", own)).json().faults).toEqual([
      { field: "publicKey", why: "keyOfAnother" },
    ]);
    expect(await rows()).toEqual([]);
  });

  it.each([
    [
      "another's private key",
      () => ({ privateKey: alipayTestKeys.app.private_key_pkcs8_pem, certificate: testKeys.merchant.serial_no }),
      "ownKey",
    ],
    [
      "another public key of WeChat Pay",
      () => ({ publicKey: testKeys.platform_certificate.public_key_pem }),
      "answerKey",
    ],
  ])("of WeChat Pay's with %s is tried and not taken", async (_what, change, why) => {
    const answer = (await owner("POST", "provider-accounts", { ...wechatPayForm([store]), ...change() })).json();
    expect(answer).toMatchObject({ kind: "failed", why });
    expect(await rows()).toEqual([]);
  });

  it.each([
    ["another's private key", () => ({ privateKey: testKeys.merchant.private_key_pem }), ["ownKey", "answerKey"]],
    ["another public key of Alipay's", () => ({ publicKey: testKeys.merchant.public_key_pem }), ["answerKey"]],
  ])("of Alipay's with %s is tried and not taken", async (_what, change, whys) => {
    const answer = (await owner("POST", "provider-accounts", { ...alipayForm([store]), ...change() })).json();
    expect(answer.kind).toBe("failed");
    expect(whys).toContain(answer.why);
    expect(await rows()).toEqual([]);
  });

  it("with the right keys is tested, kept sealed, put to use, and takes money at once", async () => {
    const answer = (await owner("POST", "provider-accounts", wechatPayForm([store]))).json();
    expect(answer).toEqual({ kind: "inUse", id: `wechat-pay-${testKeys.mchid}` });
    expect((await owner("POST", "provider-accounts", alipayForm([store]))).json().kind).toBe("inUse");
    const kept = JSON.stringify(await rows());
    expect(kept).not.toContain(testKeys.api_v3_key);
    expect(kept).not.toContain("PRIVATE KEY");
    const shown = JSON.stringify((await owner("GET", "shop")).json());
    expect(shown).toContain(testKeys.mchid);
    expect(shown).not.toContain(testKeys.api_v3_key);
    const jobs = await bench.parts.database.selectFrom("job").select("kind").where("kind", "=", "bills").execute();
    expect(jobs).toHaveLength(2);
    const channels = (await till.ask({ path: "/v1/till" })).json();
    expect(JSON.stringify(channels)).toContain("wechat");
    const paid = await chargeAt(till, bench.parts.clock, 1_250, plays.pays);
    expect(paid.body.state).toBe("captured");
  });

  it("of the same merchant is the same account: wrong keys leave the old ones, right ones take their place", async () => {
    const before = await rows();
    const wrong = { ...wechatPayForm([store]), publicKey: testKeys.platform_certificate.public_key_pem };
    expect((await owner("POST", "provider-accounts", wrong)).json().kind).toBe("failed");
    expect(await rows()).toEqual(before);
    const bySerial = { ...wechatPayForm([store]), certificate: testKeys.merchant.serial_no.toLowerCase() };
    expect((await owner("POST", "provider-accounts", bySerial)).json().kind).toBe("inUse");
    expect(await rows()).toHaveLength(2);
    expect((await chargeAt(till, bench.parts.clock, 990, plays.pays)).body.state).toBe("captured");
    expect(await audits("accountKept")).toBe(3);
  });

  it("speaks with the keys that are in its row now, whichever gateway has put them there", async () => {
    const id = `wechat-pay-${testKeys.mchid}`;
    const { database, keys } = bench.parts;
    const [kept] = (await rows()).filter((row) => row.id === id);
    const plain = Buffer.from(keys.open(kept!.secrets_sealed, credentialsContext(id))).toString();
    const other = { ...JSON.parse(plain), merchantPrivateKeyPem: alipayTestKeys.app.private_key_pkcs8_pem };
    const put = (sealed: Uint8Array) =>
      database.updateTable("provider_account").set({ secrets_sealed: sealed }).where("id", "=", id).execute();
    await put(keys.seal(Buffer.from(JSON.stringify(other)), credentialsContext(id)));
    expect((await chargeAt(till, bench.parts.clock, 120, plays.pays)).body.state).toBe("declined");
    await put(kept!.secrets_sealed);
    expect((await chargeAt(till, bench.parts.clock, 130, plays.pays)).body.state).toBe("captured");
  });

  it("is of stores that are there, and no demo shop takes one, though a till more", async () => {
    const demo = await gatewayBench({ fetch: providersAtHand() });
    const demoOwner = await ownerOf(demo);
    const stores = ["heping" as StoreId];
    expect((await demoOwner("POST", "provider-accounts", wechatPayForm(stores))).json().code).toBe("forbidden");
    expect((await demoOwner("POST", "tills", { v: 1, store: "heping", label: "A9" })).statusCode).toBe(200);
    expect((await demoOwner("GET", "shop")).json()).toMatchObject({ kind: "demo", accounts: [], products: 202 });
    const elsewhere = { ...wechatPayForm(["nowhere" as StoreId]) };
    expect((await owner("POST", "provider-accounts", elsewhere)).statusCode).toBe(404);
  });
});

describe("a list of products", () => {
  const heads = ["编码", "名称", "条码", "分类", "售价", "单位"];
  const good = ["1001", "岭上矿泉水", "6901234567892", "饮料", "2.50", "瓶"];
  const csv = (...lines: (readonly string[])[]): Buffer =>
    Buffer.from([heads, ...lines].map((line) => line.join(",")).join("\r\n"));
  const hand = (file: Buffer, more = "") =>
    bench.gateway.app.server
      .inject({
        method: "PUT",
        url: `/v1/office/products/list?name=a.csv&tax=1300${more}`,
        headers: {
          host: "localhost",
          origin: "http://localhost",
          cookie: cookie,
          "content-type": "application/octet-stream",
        },
        payload: file,
      })
      .then((answer) => answer.json());
  let cookie = "";
  beforeAll(async () => {
    const password = "the owner's long password";
    const signed = await ask(bench, "", "POST", "sign-ins", { v: 1, password });
    cookie = String(signed.headers["set-cookie"]).split(";")[0] ?? "";
  });
  const count = async (): Promise<number> => (await owner("GET", "shop")).json().products;

  it("is only shown until it is taken", async () => {
    const shown = await hand(csv(good));
    const categories = [{ en: "饮料" }];
    expect(shown).toMatchObject({ kind: "shown", lines: 1, added: 1, changed: 0, same: 0, categories });
    expect(await count()).toBe(0);
  });

  it("with a wrong line is refused whole, or taken without it", async () => {
    const file = csv(good, ["1002", "", "6901234567893", "饮料", "x", "斤"]);
    const shown = await hand(file);
    expect(shown.troubles.map(({ line, column, why }: Record<string, string>) => [line, column, why])).toEqual([
      [3, "price", "priceForm"],
      [3, "name", "noName"],
      [3, "unit", "weightUnit"],
    ]);
    expect((await hand(file, "&take=yes")).kind).toBe("refused");
    expect(await count()).toBe(0);
    expect(await hand(file, "&take=yes&leaveOut=yes")).toMatchObject({ kind: "taken", added: 1, wrongLines: 1 });
    expect(await count()).toBe(1);
    expect(await audits("productsTaken")).toBe(1);
  });

  it("again changes nothing, changed lines change, and a till has them", async () => {
    expect(await hand(iconv.encode(csv(good).toString(), "gb18030"), "&take=yes")).toMatchObject({ added: 0, same: 1 });
    expect(await hand(csv(good.with(4, "2.80")), "&take=yes")).toMatchObject({ kind: "taken", changed: 1 });
    const page = (await till.ask({ path: "/v1/catalog?after=0" })).json();
    expect(page.products).toMatchObject([{ id: "1001", price: 280, initials: "lskqs" }]);
    expect(page.categories).toMatchObject([{ names: { "zh-CN": "饮料" } }]);
  });

  it("of 10,000 articles in a sheet is taken within a few seconds while others are answered", async () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => [
      `X${i}`,
      `岭上商品 ${i}`,
      "",
      "散货",
      1 + (i % 90) / 10,
      "件",
    ]);
    const file = Buffer.from(await writeXlsx({ sheets: [{ name: "a", rows: [heads, ...rows] }] } as never));
    const began = performance.now();
    const taking = hand(file, "&take=yes");
    let slowest = 0;
    const meanwhile = async (): Promise<void> => {
      const asked = performance.now();
      await till.ask({ path: "/v1/till" });
      slowest = Math.max(slowest, performance.now() - asked);
    };
    while ((await Promise.race([taking.then(() => "over"), meanwhile()])) !== "over");
    expect(await taking).toMatchObject({ kind: "taken", added: 10_000, wrongLines: 0 });
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(slowest).toBeLessThan(5_000);
    expect((await hand(file, "&take=yes")).same).toBe(10_000);
  });

  it("whose heads nobody knows asks which column is what", async () => {
    const file = Buffer.from("甲,乙,丙\n1,水,2.5\n");
    expect(await hand(file)).toMatchObject({
      kind: "shown",
      columns: null,
      lines: 0,
      head: [
        ["甲", "乙", "丙"],
        ["1", "水", "2.5"],
      ],
    });
    const none = { nameEn: null, nameJa: null, barcode: null, category: null, listPrice: null, unit: null, tax: null };
    const columns = encodeURIComponent(JSON.stringify({ code: "甲", name: "乙", price: "丙", ...none }));
    expect(await hand(file, `&columns=${columns}`)).toMatchObject({ lines: 1, added: 1 });
    expect((await hand(Buffer.from("PK\u0003\u0004broken"))).code).toBe("badRequest");
  });
});
