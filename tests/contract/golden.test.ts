import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { activationRequest } from "../../src/contract/activation.ts";
import { journalBatch, parseEntry } from "../../src/contract/journal.ts";
import { chargeRequest } from "../../src/contract/payment.ts";
import { signOnRequest } from "../../src/contract/sign-on.ts";
import type { JournalEntry, JournalFact } from "../../src/domain/journal.ts";

/** Written by the build that first spoke each version. Lines are added, never changed: tills of that build are still out there. */
const files = [
  { file: "v1/entries.jsonl", lines: 24, sha256: "ee2bde3b27356a75b2276b32ba266ebd5acaeb3b34a7041b27ab5e726802bc9c" },
  { file: "v1/requests.jsonl", lines: 4, sha256: "55db3785807675f48c5ddf92f5427804b8cd33ac7e61c97474bf5c7e662a3acc" },
] as const;

const kinds: { readonly [Kind in JournalFact["kind"]]: true } = {
  sessionOpened: true,
  cashierChanged: true,
  sessionClosed: true,
  pinRefused: true,
  fragileStorageAllowed: true,
  paymentAttempted: true,
  attemptAbandoned: true,
  saleParked: true,
  saleCompleted: true,
  saleVoided: true,
  receiptReprinted: true,
  drawerCounted: true,
  cashHandedOver: true,
  shiftReported: true,
  paidIn: true,
  paidOut: true,
  drawerOpened: true,
  tenderReturned: true,
  unverifiedRemoved: true,
  saleHeld: true,
};

function linesOf(file: string): string[] {
  return readFileSync(new URL(`golden/${file}`, import.meta.url), "utf8")
    .trimEnd()
    .split("\n");
}

test.each(files)("the first $lines lines of $file are as they were written", ({ file, lines, sha256 }) => {
  const held = linesOf(file).slice(0, lines);
  expect(
    createHash("sha256")
      .update(`${held.join("\n")}\n`)
      .digest("hex"),
  ).toBe(sha256);
});

describe("journal entries of version 1", () => {
  const texts = linesOf("v1/entries.jsonl");

  test.each(texts.map((text) => ({ text, kind: (JSON.parse(text) as JournalEntry).kind })))(
    "$kind is understood, and nothing of it is dropped",
    ({ text }) => {
      const parsed = parseEntry(text);
      expect(parsed.ok).toBe(true);
      if (parsed.ok) expect(parsed.value).toMatchObject({ approval: null, ...JSON.parse(text) });
    },
  );

  test("there is one of each kind", () => {
    expect(new Set(texts.map((text) => (JSON.parse(text) as JournalEntry).kind))).toEqual(new Set(Object.keys(kinds)));
  });

  test("an entry of a kind or version not known yet keeps its envelope, and is not understood", () => {
    const [text = ""] = texts;
    const unknown = parseEntry(JSON.stringify({ ...JSON.parse(text), kind: "giftCardSold" }));
    expect(unknown).toMatchObject({ ok: false, refusal: { envelope: { till: "till-a1" } } });
    expect(parseEntry(text.slice(1))).toMatchObject({ ok: false, refusal: { envelope: null } });
  });
});

describe("requests of version 1", () => {
  type Sent = { readonly method: string; readonly path: string; readonly body: unknown };
  const schemas = [
    { route: /^POST \/v1\/activations$/, schema: activationRequest },
    { route: /^POST \/v1\/sign-ons$/, schema: signOnRequest },
    { route: /^PUT \/v1\/payments\/[0-9A-Z]{26}$/, schema: chargeRequest },
    { route: /^POST \/v1\/tills\/till-a1\/journal$/, schema: journalBatch },
  ];
  const sent = linesOf("v1/requests.jsonl").map((line) => JSON.parse(line) as Sent);

  test.each(schemas)("$route is there and understood, and nothing of it is dropped", ({ route, schema }) => {
    const requests = sent.filter(({ method, path }) => route.test(`${method} ${path}`));
    expect(requests.length).toBeGreaterThan(0);
    for (const { body } of requests) expect(schema.parse(body)).toMatchObject(body as object);
  });
});
