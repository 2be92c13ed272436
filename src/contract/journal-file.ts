import * as z from "zod/mini";
import type { ChainEntry } from "../domain/journal-check.ts";
import { base64Field, hashField, tillIdField } from "./fields.ts";

/** Name's ending and type of a journal written to a file: the first line says whose it is, each line after it is an entry's text. */
export const journalFileEnding = ".kuantai-journal";
export const journalFileType = "application/x-ndjson";
/** Bytes of a file that is looked through: years of a till. */
export const journalFileBytesMax = 512 * 1024 * 1024;

const whole = z.number().check(z.int(), z.gte(0));

/** The first line. `head` is the journal's end when it was written, signed by the till's key over `headText`. */
export const journalFileHead = z.object({
  kind: z.literal("kuantai-journal"),
  v: z.literal(1),
  till: tillIdField,
  series: whole,
  publicKey: base64Field,
  head: z.nullable(z.object({ number: whole, hash: hashField, signature: base64Field })),
});
export type JournalFileHead = z.infer<typeof journalFileHead>;

const chainEntry = z.object({ till: tillIdField, series: whole, number: whole.check(z.gte(1)), prev: hashField });

/** What an entry's text says of its place in the chain; null when it is no entry of `head`'s till and series. */
export function readChainEntry(text: string, head: Pick<JournalFileHead, "till" | "series">): ChainEntry | null {
  const parsed = z.safeParse(chainEntry, parsedJson(text));
  if (!parsed.success || parsed.data.till !== head.till || parsed.data.series !== head.series) return null;
  return parsed.data;
}

/** The first line of a journal file; null when it is none. */
export function readJournalFileHead(text: string): JournalFileHead | null {
  const parsed = z.safeParse(journalFileHead, parsedJson(text));
  return parsed.success ? parsed.data : null;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // not JSON: the schema refuses it
  }
}
