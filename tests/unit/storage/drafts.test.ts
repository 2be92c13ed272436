import { expect, test } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import { openSale } from "../../../src/domain/sale.ts";
import { CatalogDatabase } from "../../../src/storage/database.ts";
import { keepDraft } from "../../../src/storage/drafts.ts";
import { emptyPlatform } from "../../fakes/activated-ledger.ts";
import { windowLocks } from "../../fakes/window-locks.ts";

const sale = openSale({
  id: "01JD7Z0000TA10000000000001" as never,
  currency: "CNY",
  taxMode: "included",
  session: "s" as never,
  staff: "staff-1" as never,
  openedAt: instant(1),
});

test("a ticket is taken over from a dead window only, and by one window only", async () => {
  const database = new CatalogDatabase(emptyPlatform());
  const browser = windowLocks();
  const first = browser.window();
  const draft = await keepDraft(database, first, "first");
  await draft.save(sale, instant(2));
  const beside = await keepDraft(database, browser.window(), "beside");
  expect(beside.found).toBeNull();
  expect(await beside.isAlive("first")).toBe(true);
  first.close();
  expect(await beside.isAlive("first")).toBe(false);
  const heir = await keepDraft(database, browser.window(), "heir");
  expect(heir).toMatchObject({ found: sale, window: "first" });
  expect((await keepDraft(database, browser.window(), "late")).found).toBeNull();
});

test("a cleared ticket is found by nobody", async () => {
  const database = new CatalogDatabase(emptyPlatform());
  const browser = windowLocks();
  const first = browser.window();
  const draft = await keepDraft(database, first, "first");
  await draft.save(sale, instant(2));
  await draft.clear();
  first.close();
  expect((await keepDraft(database, browser.window(), "heir")).found).toBeNull();
});
