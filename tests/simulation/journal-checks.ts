import { parseEntry } from "../../src/contract/journal.ts";
import { follows, headAfter, headOfActivation } from "../../src/domain/journal.ts";
import { sha256Hex } from "../../src/storage/sha256.ts";
import type { Claim } from "./claims.ts";
import type { Evidence, TillEvidence } from "./evidence.ts";

/** Invariant e: every entry reached the gateway once, in order and chained, as the bytes the till wrote, or is still on the till. */
export function checkJournal({ tills, gateway }: Evidence, claim: Claim): void {
  for (const till of tills) {
    checkChain(till, claim);
    const arrived = gateway.entries.filter((entry) => entry.till === till.id);
    claim(
      arrived.length === till.head.acknowledged,
      `e: ${arrived.length} entries of ${till.id} arrived, ${till.head.acknowledged} are acknowledged`,
    );
    claim(
      till.head.acknowledged === till.head.number,
      `e: ${till.head.number - till.head.acknowledged} entries of ${till.id} were never sent`,
    );
    arrived.forEach(({ number, text }, nth) =>
      claim(
        number === nth + 1 && text === till.entries[nth]?.text,
        `e: entry ${number} of ${till.id} at the gateway is not the till's`,
      ),
    );
  }
}

function checkChain(till: TillEvidence, claim: Claim): void {
  const { settings, series, publicKey } = till.install;
  let head = headOfActivation({ till: settings.till, series, publicKey }, sha256Hex);
  for (const { text } of till.entries) {
    const parsed = parseEntry(text);
    claim(
      parsed.ok && follows(head, parsed.value),
      `e: entry ${head.number + 1} of ${till.id} does not follow the one before`,
    );
    head = headAfter(head, text, sha256Hex);
  }
  claim(
    head.number === till.head.number && head.hash === till.head.hash,
    `e: the head of ${till.id} is not that of its entries`,
  );
}

/**
 * Invariant h: what somebody was told stands, whatever died afterwards: a receipt on paper is a completed sale on the till and
 * at the gateway, and what the gateway said it holds it holds.
 */
export function checkRestarts({ tills, gateway }: Evidence, claim: Claim): void {
  const completed = new Set(gateway.sales.filter(({ state }) => state === "completed").map(({ id }) => id));
  for (const till of tills) {
    const own = new Set<string>(till.sales.map(({ id }) => id));
    for (const job of till.printed.filter((name) => !name.startsWith("shift-") && !name.includes("-copy-")))
      claim(own.has(job) && completed.has(job), `h: the receipt of ${job} is on paper, and the sale is gone`);
    const held = gateway.entries.filter((entry) => entry.till === till.id).length;
    claim(
      held >= till.acknowledged,
      `h: the gateway told ${till.id} of ${till.acknowledged} entries and holds ${held}`,
    );
  }
}
