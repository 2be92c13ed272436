import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { managerAgrees } from "./staff-pin.ts";
import { tracePageTasks } from "../../device-bench/page-tasks.ts";
import { BooksPage, fen, sum } from "./books-page.ts";

let books: BooksPage;
beforeAll(async () => {
  books = await BooksPage.open();
  await books.trade();
  for (const account of ["wechat-sandbox", "alipay-sandbox"]) await books.askFor(account);
});
beforeEach(() => {
  books.faults = [];
  return () => expect(books.faults).toEqual([]);
});
afterAll(() => books?.stop());

async function openDay(account: string): Promise<void> {
  await books.go(`reconciliation/${books.today()}/${account}`);
  await books.at("items-table").waitFor();
}

/** The stored bytes of the day's trade bill of an account. */
async function billBytes(account: string): Promise<Buffer> {
  const id = `${account}/trade/${books.today()}/1`;
  const answer = await books.page.request.get(`${books.shop.office}/v1/office/bills/file?id=${encodeURIComponent(id)}`);
  expect(answer.status()).toBe(200);
  return answer.body();
}

/** Gives the page a file, as a person who drops or chooses one. */
async function giveFile(name: string, bytes: Buffer): Promise<void> {
  await books.go(`bills`);
  if ((await books.at("bill-again").count()) > 0) await books.at("bill-again").click();
  await books.at("bill-file").setInputFiles({ name, mimeType: "application/octet-stream", buffer: bytes });
}

it("the same bill dropped again changes nothing", async () => {
  const before = await books.bills();
  const bytes = await billBytes("wechat-sandbox");
  await books.go(`bills`);
  await books.at("bill-drop").waitFor();
  // dropped beside the place for it, as it happens
  const dropped = await books.page.evaluateHandle(
    (data) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(data)], "trade.csv.gz"));
      return transfer;
    },
    [...bytes],
  );
  await books.page.dispatchEvent('[data-testid="bills-table"]', "drop", { dataTransfer: dropped });
  await books.at("bill-shown").waitFor();
  expect(await books.at("bill-rows").innerText()).toBe("5");
  expect(await books.at("bill-footer").innerText()).toContain("sums of its rows");
  expect(await books.bills()).toBe(before);
  await books.shot("bill-shown");
  expect.soft(await books.wrong()).toEqual([]);
  await books.at("bill-hand-in").click();
  await books.at("bill-taken").waitFor();
  expect(await books.at("bill-taken").getAttribute("data-new")).toBe("false");
  expect(await books.bills()).toBe(before);
});

it("the same rows in other bytes are a second version, and the break stays", async () => {
  await giveFile("trade.csv", gunzipSync(await billBytes("wechat-sandbox")));
  await books.at("bill-hand-in").click();
  await books.at("bill-taken").waitFor();
  expect(await books.at("bill-taken").getAttribute("data-new")).toBe("true");
  await books.page.locator('[data-testid="bill-row"][data-state="replaced"]').waitFor();
  await books.shot("bill-taken");
  expect.soft(await books.wrong()).toEqual([]);
  await openDay("wechat-sandbox");
  expect(await books.row("A1-1-8800").getAttribute("class")).toContain("in-danger");
});

it("Alipay's zip file is read in the page: account, day, rows", async () => {
  await giveFile("alipay.zip", await billBytes("alipay-sandbox"));
  await books.at("bill-shown").waitFor();
  expect(await books.at("bill-shown").innerText()).toContain(`Alipay trade bill · ${books.today()}`);
  expect(await books.at("bill-rows").innerText()).toBe("2");
  await books.at("bill-again").click();
});

it("a file in place of what the provider delivered waits for another person beside it", async () => {
  const { parts } = books.shop;
  // as if the provider had sent it when the day was over
  const whole = { origin: "fetched", confirmed_at: parts.clock.now() + 2 * 86_400_000 } as const;
  const current = parts.database.updateTable("bill").set(whole).where("state", "=", "current");
  await current.where("kind", "=", "trade").where("account", "=", "wechat-sandbox").execute();
  const text = gunzipSync(await billBytes("wechat-sandbox")).toString("utf8");
  await giveFile("edited.csv", Buffer.from(text.replaceAll("SUCCESS,`OTHERS", "SUCCESS,`CMB_DEBIT")));
  await books.at("bill-hand-in").click();
  await books.at("bill-replaces").waitFor();
  await books.shot("bill-replaces");
  expect.soft(await books.wrong()).toEqual([]);
  const before = await books.bills();
  await managerAgrees(parts, books.page);
  await books.at("bill-taken").waitFor();
  expect(await books.bills()).toBe(before + 1);
  const entry = await parts.database
    .selectFrom("audit_entry")
    .select(["after", "second_person"])
    .where("act", "=", "billHandedIn")
    .orderBy("id", "desc")
    .executeTakeFirst();
  expect(entry).toMatchObject({ after: { name: "edited.csv" }, second_person: "staff-5" });
});

it("a file that is no bill of this shop is refused with what to do, and nothing is stored", async () => {
  const before = await books.bills();
  const text = gunzipSync(await billBytes("wechat-sandbox")).toString("utf8");
  const packed = await billBytes("alipay-sandbox");
  const merchant = text.split("`")[3]!.replace(",", "");
  for (const [name, bytes, said] of [
    ["picture.png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 0xff]), "This is no bill"],
    ["cut.csv", Buffer.from(text.slice(0, text.lastIndexOf("总交易单数"))), "not whole"],
    ["theirs.csv", Buffer.from(text.replaceAll(merchant, "1666666666")), "not yours"],
    ["cell.csv", Buffer.from(text.replace("`128.41", "`12x.41")), "column “应结订单金额”"],
    ["broken.csv.gz", (await billBytes("wechat-sandbox")).subarray(0, 200), "not whole"],
    ["broken.zip", packed.subarray(0, 120), "no bill"],
  ] as const) {
    await giveFile(name, Buffer.from(bytes));
    await books.at("bill-refused").waitFor();
    expect.soft(await books.at("bill-refused").innerText(), name).toContain(said);
  }
  await books.shot("bill-refused");
  expect.soft(await books.wrong()).toEqual([]);
  expect(await books.bills()).toBe(before);
});

it("a wrong file that reaches the gateway is kept apart: the bill that counts stays, and no bill is said to be missing", async () => {
  const status = await books.page.evaluate(async (day) => {
    const address = `/v1/office/bills/file?account=wechat-sandbox&kind=trade&day=${day}&name=wrong`;
    return (await fetch(address, { method: "PUT", body: new Blob(["no bill"]) })).status;
  }, books.today());
  expect(status).toBe(400);
  await books.go(`reconciliation/open/breaks`);
  await books.row("A1-1-8800").waitFor();
  expect(await books.at("item-row").count()).toBe(1);
  await books.go(`bills`);
  await books.page.locator('[data-testid="bill-row"][data-state="refused"]').waitFor();
  expect(await books.page.locator('[data-testid="bill-row"][data-state="refused"]').innerText()).toContain(
    "A column is missing",
  );
  expect.soft(await books.wrong()).toEqual([]);
});

it("a bill of a large day is read without holding up the page", async () => {
  const [head = "", ...lines] = gunzipSync(await billBytes("wechat-sandbox"))
    .toString("utf8")
    .split("\r\n");
  const one = lines.find((line) => line.startsWith("`2")) ?? "";
  const large = Buffer.from([head, ...Array<string>(60_000).fill(one), ...lines.slice(-3)].join("\r\n"));
  await books.go(`bills`);
  if ((await books.at("bill-again").count()) > 0) await books.at("bill-again").click();
  const path = join(books.shop.folder, "large.csv");
  writeFileSync(path, large);
  const tasks = await tracePageTasks(books.page, async () => {
    await books.at("bill-file").setInputFiles(path);
    await books.at("bill-shown").waitFor();
  });
  expect(await books.at("bill-rows").innerText()).toBe("60000");
  expect(await books.at("bill-footer").innerText()).toContain("differ");
  expect(tasks.count).toBeGreaterThan(0);
  expect(tasks.longestCpuMs).toBeLessThan(500);
  await books.at("bill-again").click();
});

it("a rate that was agreed stands in the table, minutes for clocks hold, and what cannot be is not taken", async () => {
  await books.at("bills-rates").click();
  await books.at("rate-percent").fill("60");
  await books.at("rate-save").click();
  expect(await books.at("rate-told").innerText()).toContain("from 0 to 10");
  await books.at("rate-account").selectOption("wechat-sandbox");
  await books.at("rate-percent").fill("0.38");
  await books.at("rate-save").click();
  await managerAgrees(books.shop.parts, books.page);
  await books.at("rate-row").first().waitFor();
  expect(await books.at("rates-table").innerText()).toMatch(/WeChat Pay\s+\d{4}-\d{2}-\d{2}\s+0\.38/);
  await books.at("window-pair").fill("300");
  await books.at("window-save").click();
  expect(await books.at("window-told").innerText()).toContain("0 to 120");
  await books.at("window-pair").fill("15");
  await books.at("window-save").click();
  await managerAgrees(books.shop.parts, books.page);
  await books.at("window-told").waitFor();
  const kept = await books.shop.parts.database.selectFrom("matching_window").selectAll().execute();
  expect(kept.map(({ near_minutes: near, pair_minutes: pair }) => [near, pair])).toEqual([[10, 15]]);
  await books.shot("rates");
  expect.soft(await books.wrong()).toEqual([]);
});

it("the ledger's debits are its credits, and a list account comes to its items", async () => {
  await books.at("office-nav-ledger").click();
  await books.at("trial-table").waitFor();
  expect(await books.at("trial-debits").innerText()).toBe(await books.at("trial-credits").innerText());
  expect(fen(await books.at("trial-debits").innerText())).toBe(sum(await books.column("trial-table", "trial-row", 2)));
  await books.shot("ledger");
  expect.soft(await books.wrong()).toEqual([]);
  const receivable = books.page.locator('[data-account="receivable/wechat-sandbox"]');
  await receivable.locator(".opener").click();
  await books.at("items-proof").waitFor();
  expect(await books.at("items-proof").innerText()).toBe("The balance equals its items");
  expect(await books.at("open-item").count()).toBe(1);
  await books.shot("ledger-items");
  expect.soft(await books.wrong()).toEqual([]);
  const file = await books.page.request.get(
    `${books.shop.office}${await books.at("ledger-file").getAttribute("href")}`,
  );
  const text = await file.text();
  expect(text).toContain("Provider receivable wechat-sandbox,receivable/wechat-sandbox");
  expect(text).toContain(`,,${(await books.at("trial-debits").innerText()).replaceAll(",", "")},`);
});
