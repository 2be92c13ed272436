import { IDBDatabase } from "fake-indexeddb";
import { afterEach, describe, expect, test, vi } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import { parseEntry } from "../../../src/contract/journal.ts";
import { acknowledge, outboxState, readOutbox } from "../../../src/storage/outbox.ts";
import { commitMaxMs, createLedger } from "../../../src/storage/ledger.ts";
import { sha256Hex } from "../../../src/storage/sha256.ts";
import { virtualClock } from "../../conformance/providers/virtual-clock.ts";
import { activatedLedger, emptyPlatform } from "../../fakes/activated-ledger.ts";
import { LedgerDatabase } from "../../../src/storage/database.ts";

const clock = () => virtualClock(instant(1_795_500_000_000));
const opened = { kind: "sessionOpened", body: { float: { amount: 0, currency: "CNY" } } } as never;

afterEach(() => void vi.restoreAllMocks());

test("every transaction that can hold money is strict", async () => {
  const asked: { readonly mode: string; readonly durability: string; readonly stores: string }[] = [];
  const begin = IDBDatabase.prototype.transaction;
  vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (this: IDBDatabase, ...given) {
    const [stores, mode = "readonly", options] = given as [string | string[], string?, { durability?: string }?];
    asked.push({ mode, durability: options?.durability ?? "default", stores: [stores].flat().join() });
    return begin.apply(this, given);
  });
  const ledger = await activatedLedger(clock());
  await ledger.transact(async (transaction) => {
    transaction.nextReceipt();
    await transaction.append(opened);
  });
  await acknowledge(ledger.database, 1, 1);
  await ledger.run((database) => database.pin.put({ staff: "staff-1" as never, wrongTries: 1, lockedUntil: null }));
  const writing = asked.filter(({ mode }) => mode === "readwrite");
  expect(writing.length).toBeGreaterThanOrEqual(4);
  expect(writing.filter(({ durability }) => durability !== "strict")).toEqual([]);
});

test("a transaction that fails writes nothing: no entry, no head, no receipt number", async () => {
  const ledger = await activatedLedger(clock());
  const failed = await ledger.transact(async (transaction) => {
    transaction.nextReceipt();
    await transaction.append(opened);
    await transaction.database.entry.add({ series: 1, number: 1, at: instant(1), text: "taken" });
  });
  expect(failed.ok).toBe(false);
  expect(await ledger.database.entry.count()).toBe(0);
  expect(await ledger.database.head.get(1)).toMatchObject({ number: 0, receipts: 0 });
});

test("a receipt's number that no entry says is not given: the transaction fails and writes nothing", async () => {
  const ledger = await activatedLedger(clock());
  const given = ledger.transact(async (transaction) => {
    await transaction.append(opened);
    return transaction.nextReceipt();
  });
  await expect(given).rejects.toThrow("a receipt's number is written with an entry");
  expect(await ledger.database.entry.count()).toBe(0);
});

test("transactions started at once are numbered without a gap and chained", async () => {
  const ledger = await activatedLedger(clock());
  await Promise.all(Array.from({ length: 20 }, () => ledger.transact((transaction) => transaction.append(opened))));
  const entries = await ledger.database.entry.toArray();
  expect(entries.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  entries.slice(1).forEach(({ text }, i) => {
    const parsed = parseEntry(text);
    expect(parsed.ok && parsed.value.prev).toBe(sha256Hex(entries[i]?.text ?? ""));
  });
});

describe("a till whose storage is gone does not sell", () => {
  test("a wiped database refuses to sell", async () => {
    const ledger = await activatedLedger(clock());
    expect((await ledger.transact((transaction) => transaction.append(opened))).ok).toBe(true);
    await Promise.all(ledger.database.tables.map((each) => each.clear()));
    expect(await ledger.transact((transaction) => transaction.append(opened))).toMatchObject({
      ok: false,
      refusal: { kind: "wiped" },
    });
    expect(await ledger.database.entry.count()).toBe(0);
  });

  test("a browser that was never a till is told so", async () => {
    const database = new LedgerDatabase(emptyPlatform());
    const ledger = createLedger({ database, clock: clock(), sha256: sha256Hex, offsetMs: () => 0 });
    expect(await ledger.transact((transaction) => transaction.append(opened))).toMatchObject({
      ok: false,
      refusal: { kind: "notActivated" },
    });
  });

  test("a commit that never ends is stuck after ten seconds, and not before", async () => {
    const time = clock();
    const ledger = await activatedLedger(time);
    let result: unknown = null;
    void ledger.run(() => new Promise<never>(() => undefined)).then((value) => void (result = value));
    await time.advance(commitMaxMs - 1);
    expect(result).toBeNull();
    await time.advance(1);
    expect(result).toMatchObject({ ok: false, refusal: { kind: "stuck" } });
  });

  test.each([
    ["QuotaExceededError", "full"],
    ["UnknownError", "failed"],
  ])("%s is told as %s", async (name, kind) => {
    const ledger = await activatedLedger(clock());
    expect(await ledger.run(() => Promise.reject(new DOMException("x", name)))).toMatchObject({
      ok: false,
      refusal: { kind },
    });
  });
});

describe("the outbox", () => {
  test("an acknowledgement never goes back and never beyond what was written", async () => {
    const ledger = await activatedLedger(clock());
    for (let i = 0; i < 5; i++) await ledger.transact((transaction) => transaction.append(opened));
    const acknowledged = async () => (await ledger.database.head.get(1))?.acknowledged;
    for (const [told, held] of [
      [3, 3],
      [1, 3],
      [3, 3],
      [99, 5],
      [0, 5],
    ] as const) {
      await acknowledge(ledger.database, 1, told);
      expect(await acknowledged()).toBe(held);
    }
    expect(await outboxState(ledger.database)).toEqual({ unsent: 0, oldestAt: null });
    expect(await readOutbox(ledger.database, 10, 1_000_000)).toBeNull();
  });

  test("a batch is the oldest of what is unsent, within its limits, and always one", async () => {
    const ledger = await activatedLedger(clock());
    for (let i = 0; i < 5; i++) await ledger.transact((transaction) => transaction.append(opened));
    await acknowledge(ledger.database, 1, 2);
    const texts = (await ledger.database.entry.toArray()).map(({ text }) => text);
    expect(await readOutbox(ledger.database, 2, 1_000_000)).toEqual({ series: 1, after: 2, texts: texts.slice(2, 4) });
    expect((await readOutbox(ledger.database, 10, 1))?.texts).toEqual(texts.slice(2, 3));
  });
});
