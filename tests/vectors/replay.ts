import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { replayCertificates, replayExchange, replayNotification, replaySealed } from "./replay-messages.ts";
import { replayAlipayAnswer, replayAlipayNotify, replayAlipaySign, replayCertificateSerial } from "./replay-alipay.ts";
import { replayAlipayExchange } from "./replay-alipay-exchange.ts";
import { replayAlipayOutcome } from "./replay-alipay-outcome.ts";
import { replayAlipayBill, replayWechatBill } from "./replay-bill.ts";
import { replayOutcome } from "./replay-outcome.ts";
import { replayPaymentCode } from "./replay-payment-code.ts";
import { replayRequestSignature, replayResponseSignature } from "./replay-signature.ts";

/** A case as it stands in a file; every replay looks at the members it knows. */
export type VectorCase = Readonly<Record<string, any>>;

/** What went wrong, or null. */
type Replay = (vector: VectorCase, keys: VectorCase) => string | null | Promise<string | null>;

/** How cases of one form are replayed. */
type Format = {
  /** Members that tell the form, so that files can be named and mixed freely. */
  readonly has: readonly string[];
  /** Further, where two providers' cases have the same members. */
  readonly when?: (vector: VectorCase) => boolean;
  /** The keys it needs when the file names none. */
  readonly keys: string | null;
  readonly replay: Replay;
};

const wechatKeys = "wechat-test-keys.json";
const alipayKeys = "alipay-test-keys.json";
const isAlipay = ({ provider, name }: VectorCase) => provider === "alipay" || String(name).startsWith("alipay-");

const formats: readonly Format[] = [
  { has: ["method", "url", "timestamp", "nonce_str", "signature"], keys: wechatKeys, replay: replayRequestSignature },
  { has: ["headers", "expect_signature_valid"], keys: wechatKeys, replay: replayResponseSignature },
  { has: ["ciphertext", "nonce", "expect_ok"], keys: wechatKeys, replay: replaySealed },
  { has: ["request", "message", "expect"], keys: wechatKeys, replay: replayNotification },
  { has: ["body", "expect_serial"], keys: wechatKeys, replay: replayCertificates },
  { has: ["params", "string_to_sign", "http"], keys: alipayKeys, replay: replayAlipaySign },
  { has: ["response_key", "signed_part", "expect_signature_valid"], keys: alipayKeys, replay: replayAlipayAnswer },
  { has: ["string_to_verify", "params", "request"], keys: alipayKeys, replay: replayAlipayNotify },
  { has: ["certificate", "sn"], keys: alipayKeys, replay: replayCertificateSerial },
  { has: ["request", "response", "sent_by"], when: isAlipay, keys: alipayKeys, replay: replayAlipayExchange },
  { has: ["request", "response", "sent_by"], keys: wechatKeys, replay: replayExchange },
  { has: ["provider", "op", "reply", "outcome"], when: isAlipay, keys: alipayKeys, replay: replayAlipayOutcome },
  { has: ["provider", "op", "reply", "outcome"], keys: null, replay: replayOutcome },
  { has: ["file_base64", "hash_value", "expect"], keys: null, replay: replayWechatBill },
  { has: ["zip_base64", "expect_rows", "expect_totals"], keys: null, replay: replayAlipayBill },
  { has: ["code", "channel"], keys: null, replay: replayPaymentCode },
];

/** Begins the word on a case that is not about what this gateway speaks. */
export const leftOutMark = "left out: ";

/** Replays the files in order. A file that cannot be read, has no cases or an unknown format is a failure. */
export async function replayFiles(
  files: readonly string[],
): Promise<{ passed: number; failures: string[]; leftOut: string[] }> {
  const failures: string[] = [];
  const leftOut: string[] = [];
  let passed = 0;
  for (const file of files) {
    if (file.endsWith("-test-keys.json")) continue; // keys, not cases
    for (const [name, trouble] of await replayFile(file)) {
      if (trouble === null) passed += 1;
      else if (trouble.startsWith(leftOutMark)) leftOut.push(`${basename(file)}: ${name}: ${trouble}`);
      else failures.push(`${basename(file)}: ${name}: ${trouble}`);
    }
  }
  return { passed, failures, leftOut };
}

async function replayFile(file: string): Promise<[name: string, trouble: string | null][]> {
  try {
    const source = JSON.parse(readFileSync(file, "utf8")) as VectorCase;
    const cases: unknown = source.cases ?? source.exchanges ?? [source];
    if (!Array.isArray(cases) || cases.length === 0) return [["file", "unknown format: no cases"]];
    const told: [string, string | null][] = [];
    for (const [index, vector] of (cases as VectorCase[]).entries()) {
      const name = vector.name ?? vector.code ?? [vector.op, index + 1].filter(Boolean).join(" ");
      told.push([String(name), await replayCase(vector, file, source)]);
    }
    return told;
  } catch (fault) {
    return [["file", fault instanceof Error ? fault.message : String(fault)]];
  }
}

async function replayCase(vector: VectorCase, file: string, source: VectorCase): Promise<string | null> {
  const format = formats.find(({ has, when }) => has.every((member) => member in vector) && (when?.(vector) ?? true));
  if (format === undefined) return `unknown format: members ${Object.keys(vector).join(", ")}`;
  try {
    if (format.keys === null) return await format.replay(vector, {});
    return await format.replay(vector, keysFor(file, String(source.keys_file ?? format.keys)));
  } catch (fault) {
    return `threw ${fault instanceof Error ? fault.message : String(fault)}`;
  }
}

/** Test keys: beside the file, else this folder's own. */
function keysFor(file: string, name: string): VectorCase {
  const beside = join(dirname(file), basename(name));
  const path = existsSync(beside) ? beside : join(dirname(fileURLToPath(import.meta.url)), basename(name));
  return JSON.parse(readFileSync(path, "utf8")) as VectorCase;
}
