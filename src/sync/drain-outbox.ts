import { journalBatchMax, journalReceipt } from "../contract/journal.ts";
import { headText } from "../contract/request-signature.ts";
import type { Sha256 } from "../domain/journal.ts";
import type { LedgerDatabase } from "../storage/database.ts";
import { readInstall } from "../storage/install.ts";
import { acknowledge, readOutbox } from "../storage/outbox.ts";
import type { GatewayClient, Signer } from "./gateway-client.ts";

/** Bytes of entries in one batch: below the gateway's body limit of 4 MiB with room for JSON's escapes. */
export const batchBytesMax = 1_500_000;
const drainWithinMs = 30_000;

/** `empty`: all acknowledged; `sent`: some were, ask again; `kept`: nothing moved, try later. */
export type DrainOutcome =
  | { readonly kind: "empty" }
  | { readonly kind: "sent"; readonly upTo: number }
  | { readonly kind: "kept"; readonly why: string };

export type DrainParts = {
  readonly database: LedgerDatabase;
  readonly client: GatewayClient;
  readonly signer: () => Signer | null;
  readonly sha256: Sha256;
};

/**
 * Sends one batch of the journal's unacknowledged tail, in order, with the signed head after it, and marks what the gateway
 * says it holds. Nothing is deleted, and nothing is ever skipped: what was not acknowledged is sent again.
 */
export async function drainOutbox(parts: DrainParts): Promise<DrainOutcome> {
  const install = await readInstall(parts.database);
  const signer = parts.signer();
  const batch = await readOutbox(parts.database, journalBatchMax, batchBytesMax);
  if (install === null || signer === null || batch === null) return { kind: "empty" };
  const till = install.settings.till;
  const last = batch.texts.at(-1) ?? "";
  const head = { till, series: batch.series, number: batch.after + batch.texts.length, hash: parts.sha256(last) };
  const signature = await signer.sign(headText(head));
  const answer = await parts.client.ask(
    {
      method: "POST",
      path: `/v1/tills/${encodeURIComponent(till)}/journal`,
      body: {
        v: 1,
        series: batch.series,
        entries: batch.texts,
        head: { number: head.number, hash: head.hash, signature },
      },
      withinMs: drainWithinMs,
    },
    journalReceipt,
  );
  if (answer.kind === "silence") return { kind: "kept", why: answer.why };
  if (answer.kind === "problem") return { kind: "kept", why: answer.problem.code };
  if (answer.value.series !== batch.series || answer.value.number <= batch.after)
    return { kind: "kept", why: "nothing acknowledged" };
  await acknowledge(parts.database, batch.series, answer.value.number);
  return { kind: "sent", upTo: answer.value.number };
}
