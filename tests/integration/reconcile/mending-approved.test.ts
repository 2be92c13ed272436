import { beforeAll, describe, expect, it } from "vitest";
import type { AuditPage } from "../../../src/contract/audit.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { until } from "../counter/until.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { invitedTo, ownerOf, passwordOf, type OfficeAsk } from "../staff/office-people.ts";

let bench: GatewayBench;
let owner: OfficeAsk;
let manager: OfficeAsk;
beforeAll(async () => {
  bench = await gatewayBench();
  owner = await ownerOf(bench);
  manager = await invitedTo(bench, owner, "staff-5");
  await bench.gateway.start();
  return () => bench.gateway.stop();
});

/** A break of the store's, as matching would have left it. */
async function found(number: string, type: string, amount: number): Promise<{ store: string; id: string }> {
  const id = `wechat/payment/${number}/${type}`;
  const row = { id, number, class: type, amount, store: "heping", account: "wechat", side: "payment", currency: "CNY" };
  await bench.parts.database
    .insertInto("difference")
    .values({
      ...row,
      state: "break",
      until: null,
      cause: "",
      day: "2026-11-20",
      business_date: "2026-11-20",
      attempt: null,
      sale: null,
      till: null,
      staff: null,
      channel: null,
      bill: null,
      detail: json({}),
      posting: "",
      round: 1,
      opened_at: 1,
      seen_at: 1,
      closed_at: null,
      closed_by: null,
    })
    .execute();
  return { store: "heping", id };
}
const lost = async (): Promise<number> => {
  const rows = await bench.parts.database
    .selectFrom("ledger_transfer")
    .select("amount")
    .where("debit", "=", accounts.loss)
    .execute();
  return rows.reduce((all, { amount }) => all + amount, 0);
};
const stateOf = async (id: string): Promise<string> =>
  (await bench.parts.database.selectFrom("difference").select("state").where("id", "=", id).executeTakeFirstOrThrow())
    .state;

describe("what costs money", () => {
  it("is not done by one person: nothing is posted until another has agreed, and then once", async () => {
    const item = await found("N1", "withUsNotWithThem", -8800);
    const request = { v: 1, items: [item], action: "writeOff", reason: "never came" };
    const proposed = (await owner("POST", "mendings", request)).json();
    expect(proposed.kind).toBe("proposed");
    expect([await stateOf(item.id), await lost()]).toEqual(["break", 0]);
    const twice = await owner("POST", "mendings", request);
    expect(twice.statusCode).toBe(400);
    const yes = { v: 1, by: "staff-5", password: passwordOf("staff-5") };
    expect((await owner("POST", `approvals/${proposed.approval}/beside`, yes)).statusCode).toBe(200);
    // the permission it goes by is not what was approved: the log knows by which action
    const log = (await owner("GET", "audit?act=approvalGiven")).json<AuditPage>();
    expect(log.entries[0]).toMatchObject({ action: "writeOff", subject: expect.stringMatching(/^mending\//) });
    await until(
      () => stateOf(item.id),
      (state) => state === "mended",
    );
    expect(await lost()).toBe(8800);
  });

  it("says whether money was over, of several only where all were", async () => {
    const [over, more, short] = [
      await found("N5", "amountDiffers", 100),
      await found("N6", "amountDiffers", 300),
      await found("N7", "amountDiffers", -200),
    ];
    const proposed = async (...items: readonly object[]) => {
      const asked = await owner("POST", "mendings", { v: 1, items, action: "writeOff", reason: "as counted" });
      const { mendings } = (await owner("GET", `mendings?about=${over.id}`)).json();
      expect((await owner("DELETE", `approvals/${asked.json().approval}`)).statusCode).toBe(200);
      return mendings.find(({ state }: { state: string }) => state === "proposed").isOver;
    };
    expect(await proposed(over, more)).toBe(true);
    expect(await proposed(over, short)).toBe(null);
  });

  it("ends at once when it is taken back or refused, and may be proposed anew", async () => {
    const item = await found("N3", "withUsNotWithThem", -100);
    const request = { v: 1, items: [item], action: "writeOff", reason: "never came" };
    const shown = async (who: OfficeAsk) => (await who("GET", `mendings?about=${item.id}`)).json().mendings[0];
    const first = (await owner("POST", "mendings", request)).json();
    expect(await shown(owner)).toMatchObject({ state: "proposed", part: "asks", waitsFor: ["李敏"], isOver: false });
    expect(await shown(manager)).toMatchObject({ part: "decides" });
    expect((await manager("DELETE", `approvals/${first.approval}`)).statusCode).toBe(404);
    expect((await owner("DELETE", `approvals/${first.approval}`)).statusCode).toBe(200);
    expect(await shown(owner)).toMatchObject({ state: "refused", waitsFor: null, decidedBy: null });
    const second = (await owner("POST", "mendings", request)).json();
    await manager("POST", `approvals/${second.approval}/decisions`, { v: 1, yes: false });
    expect(await shown(manager)).toMatchObject({ state: "refused", part: "looks", decidedBy: "李敏" });
  });

  it("is done as it was agreed, whatever it needs besides", async () => {
    const item = await found("N2", "refundStuck", 12);
    const parameters = { paidFrom: "safe", proof: "slip 17" };
    const request = { v: 1, items: [item], action: "payOtherwise", reason: "the card is gone", parameters };
    const { approval, mending } = (await owner("POST", "mendings", request)).json();
    // whoever agrees on the break's own page reads what the approval's card says
    const [shown] = (await manager("GET", `mendings?about=${item.id}`)).json().mendings;
    expect(shown.named).toEqual([
      { label: "paidFrom", text: "safe" },
      { label: "proof", text: "slip 17" },
    ]);
    const yes = { v: 1, by: "staff-5", password: passwordOf("staff-5") };
    await owner("POST", `approvals/${approval}/beside`, yes);
    const decided = async () =>
      bench.parts.database
        .selectFrom("mending")
        .select(["state", "decided_by"])
        .where("id", "=", mending)
        .executeTakeFirstOrThrow();
    const { state } = await until(decided, (row) => row.state !== "proposed");
    // nobody owes this refund, so it cannot be done; but the yes was for just this, and is not taken for another
    expect(state).toBe("stale");
  });
});
