import {
  journalFileBytesMax,
  journalFileEnding,
  journalFileType,
  readChainEntry,
  readJournalFileHead,
  type JournalFileHead,
} from "../contract/journal-file.ts";
import { headText } from "../contract/request-signature.ts";
import { chainAfter, chainStart, isWhole, type ChainFindings } from "../domain/journal-check.ts";
import { entryBytesMax, headOfActivation, type Sha256 } from "../domain/journal.ts";
import type { LedgerDatabase } from "../storage/database.ts";
import { readInstall } from "../storage/install.ts";
import type { Signer } from "../sync/gateway-client.ts";
import { fromBase64Url } from "../sync/web-keys.ts";

/** The whole journal of this till's series, or the part that the gateway has not acknowledged. */
export type JournalPart = "all" | "unsent";

/** Entries read at once: a longer read would keep a sale waiting. */
const pageEntries = 500;

/** Ed25519 in base64, of either alphabet: 32 bytes and 64. */
const keyForm = /^[\w+/-]{43}=?$/;
const signatureForm = /^[\w+/-]{86}(?:==)?$/;

export type JournalFile = { readonly name: string; readonly content: Blob };

/** The journal as a file, its end signed by the till's key; null when there is nothing to write. */
export async function writeJournalFile(
  database: LedgerDatabase,
  signer: Signer | null,
  part: JournalPart,
): Promise<JournalFile | null> {
  const install = await readInstall(database);
  const head = install === null ? undefined : await database.head.get(install.series);
  if (install === null || head === undefined) return null;
  const { series, publicKey, settings } = install;
  const from = part === "all" ? 1 : head.acknowledged + 1;
  if (from > head.number) return null;
  const end = { number: head.number, hash: head.hash };
  const signature = signer === null ? null : await signer.sign(headText({ till: settings.till, series, ...end }));
  const first: JournalFileHead = {
    kind: "kuantai-journal",
    v: 1,
    till: settings.till,
    series,
    publicKey,
    head: signature === null ? null : { ...end, signature },
  };
  const pages: string[] = [`${JSON.stringify(first)}\n`];
  for (let at = from; at <= end.number; at += pageEntries) {
    const to = Math.min(at + pageEntries - 1, end.number);
    const rows = await database.entry
      .where("[series+number]")
      .between([series, at], [series, to], true, true)
      .toArray();
    pages.push(rows.map((row) => `${row.text}\n`).join(""));
  }
  return {
    name: `kuantai-${settings.label}-${series}-${from}-${end.number}${journalFileEnding}`,
    content: new Blob(pages, { type: journalFileType }),
  };
}

/**
 * How the file ends. `own`: as signed with this till's key; `theirs`: as signed with the key that the file itself names, so that
 * only the office can tell whose it is; `cut`: entries before the signed end are missing; `wrong`: another end or signature.
 */
export type JournalEnd = "own" | "theirs" | "unsigned" | "cut" | "wrong";

export type JournalFinding =
  | { readonly kind: "noJournal" | "tooLarge"; readonly name: string }
  | {
      readonly kind: "journal";
      readonly name: string;
      readonly till: string;
      readonly series: number;
      readonly chain: ChainFindings;
      readonly isWhole: boolean;
      readonly end: JournalEnd;
    };

export type JournalReading = {
  readonly sha256: Sha256;
  readonly subtle: SubtleCrypto;
  /** This till's own public key; null where no till is. */
  readonly ownKey: string | null;
};

/** Looks through a journal file from its first line to its last. Nothing is kept or taken over. */
export async function readJournalFile(
  file: Blob & { readonly name: string },
  parts: JournalReading,
): Promise<JournalFinding> {
  const { name } = file;
  if (file.size > journalFileBytesMax) return { kind: "tooLarge", name };
  let head: JournalFileHead | null = null;
  let chain: ChainFindings | null = null;
  for await (const line of linesOf(file)) {
    if (head === null || chain === null) {
      head = readJournalFileHead(line);
      if (head === null) return { kind: "noJournal", name };
      chain = chainStart(headOfActivation(head, parts.sha256).hash);
    } else if (line !== "") chain = chainAfter(chain, line, readChainEntry(line, head), parts.sha256);
  }
  if (head === null || chain === null) return { kind: "noJournal", name };
  const { till, series } = head;
  const end = await endOf(head, chain, parts);
  return { kind: "journal", name, till, series, chain, isWhole: isWhole(chain), end };
}

async function endOf(file: JournalFileHead, chain: ChainFindings, parts: JournalReading): Promise<JournalEnd> {
  const { head, till, series, publicKey } = file;
  if (head === null) return "unsigned";
  if (!(await isSigned(parts.subtle, publicKey, headText({ till, series, ...head }), head.signature))) return "wrong";
  if ((chain.last ?? 0) < head.number) return "cut";
  if (chain.last !== head.number || chain.hash !== head.hash) return "wrong";
  return publicKey === parts.ownKey ? "own" : "theirs";
}

async function isSigned(subtle: SubtleCrypto, publicKey: string, text: string, signature: string): Promise<boolean> {
  if (!keyForm.test(publicKey) || !signatureForm.test(signature)) return false;
  const key = await subtle.importKey("raw", fromBase64Url(publicKey), "Ed25519", false, ["verify"]);
  return subtle.verify("Ed25519", key, fromBase64Url(signature), new TextEncoder().encode(text));
}

/** The lines of a UTF-8 file. A line longer than two of the longest entries ends the reading: it is no journal. */
async function* linesOf(file: Blob): AsyncGenerator<string> {
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = (rest + value).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
    if (rest.length > entryBytesMax * 2) {
      await reader.cancel();
      break;
    }
  }
  if (rest !== "") yield rest;
}
