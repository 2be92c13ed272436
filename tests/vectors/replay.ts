import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { replayOutcome } from "./replay-outcome.ts";
import { replayPaymentCode } from "./replay-payment-code.ts";
import { replayRequestSignature, replayResponseSignature } from "./replay-signature.ts";

/** A case as it stands in a file; every replay looks at the members it knows. */
export type VectorCase = Readonly<Record<string, any>>;

/** What went wrong, or null. */
type Replay = (vector: VectorCase, keys: VectorCase) => string | null | Promise<string | null>;

/** A case's format is told by its members, so that files can be named and mixed freely. */
const formats: readonly { readonly has: readonly string[]; readonly needsKeys: boolean; readonly replay: Replay }[] = [
  { has: ["method", "url", "timestamp", "nonce_str", "signature"], needsKeys: true, replay: replayRequestSignature },
  { has: ["headers", "expect_signature_valid"], needsKeys: true, replay: replayResponseSignature },
  { has: ["provider", "op", "reply", "outcome"], needsKeys: false, replay: replayOutcome },
  { has: ["code", "channel"], needsKeys: false, replay: replayPaymentCode },
];

/** Replays the files in order. A file that cannot be read, has no cases or an unknown format is a failure. */
export async function replayFiles(files: readonly string[]): Promise<{ passed: number; failures: string[] }> {
  const failures: string[] = [];
  let passed = 0;
  for (const file of files) {
    if (file.endsWith("-test-keys.json")) continue; // keys, not cases
    for (const [name, trouble] of await replayFile(file)) {
      if (trouble === null) passed += 1;
      else failures.push(`${basename(file)}: ${name}: ${trouble}`);
    }
  }
  return { passed, failures };
}

async function replayFile(file: string): Promise<[name: string, trouble: string | null][]> {
  try {
    const source = JSON.parse(readFileSync(file, "utf8")) as VectorCase;
    if (!Array.isArray(source.cases) || source.cases.length === 0) return [["file", "unknown format: no cases"]];
    const keys = keysBeside(file, source);
    const told: [string, string | null][] = [];
    for (const [index, vector] of (source.cases as VectorCase[]).entries()) {
      const name = vector.name ?? vector.code ?? [vector.op, index + 1].filter(Boolean).join(" ");
      told.push([String(name), await replayCase(vector, keys)]);
    }
    return told;
  } catch (fault) {
    return [["file", fault instanceof Error ? fault.message : String(fault)]];
  }
}

async function replayCase(vector: VectorCase, keys: VectorCase | null): Promise<string | null> {
  const format = formats.find(({ has }) => has.every((member) => member in vector));
  if (format === undefined) return `unknown format: members ${Object.keys(vector).join(", ")}`;
  if (format.needsKeys && keys === null) return "no keys: the file's keys_file is not beside it";
  try {
    return await format.replay(vector, keys ?? {});
  } catch (fault) {
    return `threw ${fault instanceof Error ? fault.message : String(fault)}`;
  }
}

/** The keys named by `keys_file`, else WeChat's test keys when they lie beside the file, else null. */
function keysBeside(file: string, source: VectorCase): VectorCase | null {
  const path = join(dirname(file), basename(String(source.keys_file ?? "wechat-test-keys.json")));
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as VectorCase) : null;
}
