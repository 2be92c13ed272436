import { instant } from "../../src/domain/clock.ts";
import { judgeAnswer } from "../../src/gateway/providers/alipay/answer-node.ts";
import { instantOfBeijing } from "../../src/gateway/providers/alipay/beijing-time.ts";
import { alipayPlay } from "../../src/gateway/sandbox/alipay/play.ts";
import { parametersOf } from "../../src/gateway/sandbox/alipay/wire.ts";
import { createSandbox } from "../../src/gateway/sandbox/sandbox.ts";
import { memoryStore } from "../../src/gateway/sandbox/store.ts";
import { alipayCredentials, alipayPlayKeys } from "./replay-alipay.ts";
import { leftOutMark, type VectorCase } from "./replay.ts";

/**
 * A request that a public SDK really sent, and the answer it took: the sandbox, its clock standing at the signed time, answers
 * the one with the same code; the adapter believes the other, and not a changed one.
 */
export async function replayAlipayExchange(exchange: VectorCase, keys: VectorCase): Promise<string | null> {
  const { request: sent, response } = exchange;
  if (sent.url.startsWith("/v3/")) return `${leftOutMark}Alipay is spoken to over gateway.do only`;
  const request = { method: sent.method, url: sent.url, headers: sent.headers, body: Buffer.from(sent.body) };
  const { method = "", timestamp = "" } = parametersOf(request);
  const now = instantOfBeijing(timestamp) ?? instant(0);
  const clock = { now: () => now, after: () => () => undefined };
  const random = { bytes: (count: number) => new Uint8Array(count) };
  const sandbox = createSandbox({ clock, random, store: memoryStore(), timeFactor: 1 }, [
    alipayPlay(alipayPlayKeys(keys)),
  ]);
  const answer = await sandbox.handle(request);
  if (answer.kind === "cut") return "the sandbox cut the connection";
  if (codesIn(answer.body) !== codesIn(response.body)) return `the sandbox answers ${answer.body}`;
  const { trust } = alipayCredentials(keys, response.body.includes("alipay_cert_sn") ? "certificate" : "publicKey");
  for (const body of [answer.body, response.body])
    if (judgeAnswer(Buffer.from(body), method, trust).kind !== "node") return `the adapter doubts ${body}`;
  const changed = Buffer.from(response.body.replace("T2026", "T2025"));
  return judgeAnswer(changed, method, trust).kind === "node" ? "the adapter takes a changed answer" : null;
}

/** `code` and `sub_code` of an answer, which tell whether two sides said the same. */
function codesIn(body: string): string {
  const [[name, node] = ["", null]] = Object.entries<VectorCase | null>(JSON.parse(body));
  return `${name} ${node?.code} ${node?.sub_code ?? ""}`;
}
