import { judgeAnswer } from "../../src/gateway/providers/alipay/answer-node.ts";
import { parametersOf } from "../../src/gateway/sandbox/alipay/wire.ts";
import { alipayCredentials, alipayPlayKeys, sandboxFault } from "./replay-alipay.ts";
import { leftOutMark, type VectorCase } from "./replay.ts";

/** A request that a public SDK really sent, and the answer it took: the sandbox takes the one, the adapter the other. */
export function replayAlipayExchange(exchange: VectorCase, keys: VectorCase): string | null {
  const { request, response } = exchange;
  if (request.url.startsWith("/v3/")) return `${leftOutMark}Alipay is spoken to over gateway.do only`;
  const fault = sandboxFault(request, alipayPlayKeys(keys));
  if (fault !== null) return `the sandbox refuses the request: ${fault}`;
  const { method = "" } = parametersOf({ ...request, headers: {}, body: Buffer.from(request.body) } as never);
  const mode = response.body.includes("alipay_cert_sn") ? "certificate" : "publicKey";
  const { trust } = alipayCredentials(keys, mode);
  if (judgeAnswer(Buffer.from(response.body), method, trust).kind !== "node") return "the adapter doubts the answer";
  const changed = response.body.replace("T2026", "T2025");
  return judgeAnswer(Buffer.from(changed), method, trust).kind === "node" ? "the adapter takes a changed answer" : null;
}
