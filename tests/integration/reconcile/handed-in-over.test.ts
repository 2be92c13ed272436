import { sql } from "kysely";
import { beforeEach, expect, it } from "vitest";
import { localTime, plusDays } from "../../../src/domain/local-time.ts";
import { openPostgres } from "../../../src/gateway/store/database.ts";
import { testKeys } from "../../conformance/providers/wechat-stage.ts";
import { paymentCells, wechatFile } from "../../unit/bills/wechat-file.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { quickTimings, sandboxAtHand } from "../office/office-stage.ts";
import { invitedTo, makeRole, ownerOf, passwordOf, type OfficeAsk } from "../staff/office-people.ts";

let bench: GatewayBench;
let owner: OfficeAsk;
let account: string;
let day: string;

/** What the provider delivered, by itself, after the day was over. */
beforeEach(async () => {
  const { account: sample, fetch } = sandboxAtHand(quickTimings);
  bench = await gatewayBench({ fetch }, [sample]);
  owner = await ownerOf(bench);
  await makeRole(bench, "staff-5", "manager");
  await invitedTo(bench, owner, "staff-5");
  const row = await bench.parts.database.selectFrom("provider_account").select("id").executeTakeFirstOrThrow();
  account = row.id;
  day = plusDays(localTime(bench.parts.clock.now(), "Asia/Shanghai").date, -2);
  expect((await handIn(3)).statusCode).toBe(200);
  await bench.parts.database.updateTable("bill").set({ origin: "fetched" }).execute();
});

/** A file of so many payments of 56.00. */
function fileOf(rows: number): Uint8Array {
  const cells = Array.from({ length: rows }, (_, n) =>
    paymentCells({
      商户号: testKeys.mchid,
      交易时间: `${day} 09:01:0${n}`,
      商户订单号: `T${n}`,
      微信订单号: `420000000${n}`,
    }),
  );
  return Buffer.from(wechatFile(cells));
}

const handIn = (rows: number, approval = "", bytes = fileOf(rows), isAgain = false) => {
  const more = { ...(approval === "" ? {} : { approval }), ...(isAgain ? { again: "yes" } : {}) };
  const file = new URLSearchParams({ account, kind: "trade", day, name: "edited.csv", ...more });
  return owner("PUT", `bills/file?${file}`, bytes);
};
/** The other person says yes beside the one who asked. */
const beside = async (id: string) => {
  const yes = { v: 1, by: "staff-5", password: passwordOf("staff-5") };
  expect((await owner("POST", `approvals/${id}/beside`, yes)).statusCode).toBe(200);
};
const shownOf = async (id: string): Promise<Record<string, string>> => {
  const card = (await owner("GET", "approvals")).json().approvals.find((each: { id: string }) => each.id === id);
  return Object.fromEntries(card.shown.map(({ label, text }: { label: string; text: string }) => [label, text]));
};
const bills = () =>
  bench.parts.database.selectFrom("bill").select(["version", "state", "row_count"]).orderBy("version").execute();
const delivered = { version: 1, state: "current", row_count: 3 };

it("a file that takes the place of what the provider delivered is never one person's", async () => {
  const asked = await handIn(2);
  expect(asked.statusCode).toBe(202);
  const { proposed } = asked.json<{ proposed: string }>();
  expect(await bills()).toEqual([delivered]);
  const card = (await owner("GET", "approvals")).json().approvals.find(({ id }: { id: string }) => id === proposed);
  expect(card.shown).toEqual([
    { label: "account", text: account, more: "wechat" },
    { label: "what", text: "edited.csv", more: day },
    { label: "before", text: "3 16800" },
    { label: "after", text: "2 11200" },
  ]);
  await beside(proposed);
  // a yes to that file is none to another
  expect((await handIn(1, proposed)).statusCode).toBe(403);
  expect(await bills()).toEqual([delivered]);
  expect((await handIn(2, proposed)).statusCode).toBe(200);
  expect(await bills()).toEqual([
    { ...delivered, state: "replaced" },
    { version: 2, state: "current", row_count: 2 },
  ]);
  const entries = (await owner("GET", "audit?act=billHandedIn")).json().entries;
  expect(entries[0]).toMatchObject({ subject: `${account}/trade/${day}/2`, secondPerson: "staff-5" });
});

it("after one file that was agreed to, any other is not one person's either, until it is the provider's own again", async () => {
  const { proposed } = (await handIn(2)).json<{ proposed: string }>();
  await beside(proposed);
  expect((await handIn(2, proposed)).statusCode).toBe(200);
  // the same again takes nothing's place
  expect((await handIn(2)).json()).toMatchObject({ isNew: false, isOld: false });
  const asked = await handIn(1);
  expect(asked.statusCode).toBe(202);
  expect(await shownOf(asked.json<{ proposed: string }>().proposed)).toMatchObject({
    before: "2 11200",
    after: "1 5600",
  });
  expect((await bills()).map(({ state }) => state)).toEqual(["replaced", "current"]);
  expect((await handIn(3, "", fileOf(3), true)).json()).toMatchObject({ isNew: true });
  expect((await bills()).map(({ state }) => state)).toEqual(["replaced", "replaced", "current"]);
  // the provider's own bytes, though a person brought them
  expect((await handIn(1)).statusCode).toBe(202);
});

it("a file for a day of which the provider said that there was nothing is not one person's", async () => {
  await bench.parts.database
    .updateTable("bill")
    .set({ state: "empty", sha256: null, row_count: 0, counted: null })
    .execute();
  const asked = await handIn(1);
  expect(asked.statusCode).toBe(202);
  expect(await shownOf(asked.json<{ proposed: string }>().proposed)).toMatchObject({ before: "0 0", after: "1 5600" });
});

it("the same file as the provider's, one that cannot be read, and one for a day that it delivered while it went on need nobody else", async () => {
  expect((await handIn(3)).statusCode).toBe(200);
  expect((await handIn(0, "", Buffer.from("no bill"))).statusCode).toBe(400);
  expect((await bills())[0]).toEqual(delivered);
  const early = bench.parts.clock.now() - 2 * 86_400_000;
  await bench.parts.database.updateTable("bill").set({ at: early, confirmed_at: null }).execute();
  expect((await handIn(2)).statusCode).toBe(200);
});

it("a yes is used up by the file that takes a place, not by being told that the file is old or known", async () => {
  const first = (await handIn(2)).json<{ proposed: string }>().proposed;
  await beside(first);
  expect((await handIn(2, first)).json()).toMatchObject({ isNew: true });
  // as if the provider had corrected its bill: what it delivered first is old
  await bench.parts.database.updateTable("bill").set({ origin: "fetched" }).execute();
  expect((await handIn(3)).json()).toMatchObject({ isNew: false, isOld: true });
  const { proposed } = (await handIn(3, "", fileOf(3), true)).json<{ proposed: string }>();
  await beside(proposed);
  expect((await handIn(3, proposed)).json()).toMatchObject({ isNew: false, isOld: true });
  expect((await handIn(3, proposed, fileOf(3), true)).json()).toMatchObject({ isNew: true });
  // there it stands now: nothing is asked, and the yes is none to put it there anew
  expect((await handIn(3)).json()).toMatchObject({ isNew: false, isOld: false });
  await bench.parts.database.updateTable("bill").set({ state: "replaced" }).where("version", "=", 3).execute();
  await bench.parts.database.updateTable("bill").set({ state: "current" }).where("version", "=", 2).execute();
  expect((await handIn(3, proposed, fileOf(3), true)).statusCode).toBe(403);
});

it("a yes is not used up where storing fails, and the file then counts with it", async () => {
  const { proposed } = (await handIn(2)).json<{ proposed: string }>();
  await beside(proposed);
  const tables = openPostgres(bench.fresh.ownerUrl, () => undefined, 1);
  await sql`alter table bill_chunk add constraint is_full check (n < 0) not valid`.execute(tables);
  expect((await handIn(2, proposed)).statusCode).toBe(500);
  await sql`alter table bill_chunk drop constraint is_full`.execute(tables);
  await tables.destroy();
  expect((await handIn(2, proposed)).json()).toMatchObject({ isNew: true });
});
