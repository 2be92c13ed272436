import { beforeAll, describe, expect, test } from "vitest";
import { journalFileEnding, type JournalFileHead } from "../../../src/contract/journal-file.ts";
import { instant } from "../../../src/domain/clock.ts";
import { readJournalFile, writeJournalFile, type JournalPart } from "../../../src/page/journal-file.ts";
import { LedgerDatabase } from "../../../src/storage/database.ts";
import { storeInstall } from "../../../src/storage/install.ts";
import { createLedger } from "../../../src/storage/ledger.ts";
import { acknowledge } from "../../../src/storage/outbox.ts";
import { sha256Hex } from "../../../src/storage/sha256.ts";
import { webKeyMaker } from "../../../src/sync/web-keys.ts";
import { virtualClock } from "../../conformance/providers/virtual-clock.ts";
import { emptyPlatform, testSettings } from "../../fakes/activated-ledger.ts";

const { subtle } = globalThis.crypto;
const entries = 1_203;
const acknowledged = 1_200;
let database: LedgerDatabase;
let ownKey: string;
let sign: (text: string) => Promise<string>;

/** A till with a journal longer than two of the pages it is read by; most of it acknowledged. */
beforeAll(async () => {
  const clock = virtualClock(instant(1_795_500_000_000));
  const key = await webKeyMaker(subtle).makeSigningKey();
  ({ publicKey: ownKey, sign } = key);
  database = new LedgerDatabase(emptyPlatform());
  const answer = { settings: testSettings, series: 1, pepper: "", gatewayKey: "", at: clock.now() };
  const keys = { publicKey: ownKey, signingKey: {} as CryptoKey, pepper: {} as CryptoKey };
  await storeInstall(database, answer, keys, sha256Hex);
  const ledger = createLedger({ database, clock, sha256: sha256Hex, offsetMs: () => 0 });
  await ledger.transact(async (transaction) => {
    for (let n = 0; n < entries; n++) await transaction.append({ kind: "drawerOpened", body: { reason: "other" } });
  });
  await acknowledge(database, 1, acknowledged);
});

async function exported(part: JournalPart, signer = true): Promise<string[]> {
  const file = await writeJournalFile(database, signer ? { keyId: "till-a1", sign } : null, part);
  return (await file!.content.text()).trimEnd().split("\n");
}
const read = (lines: readonly string[], key: string | null = ownKey) =>
  readJournalFile(new File([lines.map((line) => `${line}\n`).join("")], "a.kuantai-journal"), {
    sha256: sha256Hex,
    subtle,
    ownKey: key,
  });

describe("a journal that was written to a file", () => {
  test("is named by its till and its entries, and holds each entry's own text", async () => {
    const file = await writeJournalFile(database, null, "all");
    expect(file!.name).toBe(`kuantai-A1-1-1-${entries}${journalFileEnding}`);
    const rows = await database.entry.toArray();
    expect((await exported("all")).slice(1)).toEqual(rows.map((row) => row.text));
  });

  test("reads back whole, from the first entry to the signed last", async () => {
    expect(await read(await exported("all"))).toMatchObject({
      kind: "journal",
      till: "till-a1",
      series: 1,
      chain: { first: 1, last: entries, count: entries },
      isWhole: true,
      end: "own",
    });
  });

  test("may be the unsent part alone, which begins after what was acknowledged", async () => {
    expect(await read(await exported("unsent"))).toMatchObject({
      chain: { first: acknowledged + 1, last: entries, count: entries - acknowledged },
      isWhole: true,
      end: "own",
    });
    await acknowledge(database, 1, entries);
    expect(await writeJournalFile(database, null, "unsent")).toBeNull();
  });

  test("signed by another till is right by its own key, and says that it is another", async () => {
    expect(await read(await exported("all"), null)).toMatchObject({ isWhole: true, end: "theirs" });
  });

  test("without a signature cannot say that it ends where the journal did", async () => {
    expect(await read(await exported("all", false))).toMatchObject({ isWhole: true, end: "unsigned" });
  });

  const head = (change: (head: JournalFileHead) => object) => async () => {
    const [first = "", ...rest] = await exported("all");
    return [JSON.stringify({ ...JSON.parse(first), ...change(JSON.parse(first) as JournalFileHead) }), ...rest];
  };
  test.each([
    ["its last entry cut off", async () => (await exported("all")).slice(0, -1), true, "cut"],
    ["one entry taken out", async () => (await exported("all")).toSpliced(700, 1), false, "own"],
    [
      "one figure changed",
      async () => (await exported("all")).with(700, (await exported("all"))[700]!.replace(`"other"`, `"change"`)),
      false,
      "own",
    ],
    [
      "its last entry changed",
      async () => (await exported("all")).with(entries, (await exported("all")).at(-1)!.replace(`"other"`, `"change"`)),
      true,
      "wrong",
    ],
    ["an end that nobody signed", head(({ head: end }) => ({ head: { ...end, number: entries + 1 } })), true, "wrong"],
    ["another's key", head(() => ({ publicKey: "A".repeat(43) })), false, "wrong"],
    ["a key that is none", head(() => ({ publicKey: "A" })), false, "wrong"],
  ])("with %s does not pass", async (_what, lines, isWhole, end) => {
    expect(await read(await lines())).toMatchObject({ kind: "journal", isWhole, end });
  });

  test.each([
    ["nothing", []],
    ["text", ["hello"]],
    ["entries without whose they are", [`{"till":"till-a1","series":1,"number":1}`]],
    ["a journal of a later version", [`{"kind":"kuantai-journal","v":2}`]],
    ["one endless line", ["x".repeat(3 * 1024 * 1024)]],
  ])("is not %s", async (_what, lines) => {
    expect(await read(lines)).toEqual({ kind: "noJournal", name: "a.kuantai-journal" });
  });
});
