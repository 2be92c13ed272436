import type { Clock } from "../../../domain/clock.ts";
import { exchange, type Fetch } from "../../exchange.ts";
import type { AttemptReference } from "../../provider.ts";
import type { ProviderSilence } from "../../provider-outcome.ts";
import { judgeAnswer, type AnswerNode } from "./answer-node.ts";
import type { AlipayCall } from "./calls.ts";
import type { AlipayCredentialsPort } from "./credentials.ts";
import { requestParameters, signedForm } from "./request-form.ts";

/** What the adapter is given from outside; it holds nothing else. */
export type AlipayPorts = {
  readonly credentials: AlipayCredentialsPort;
  readonly fetch: Fetch;
  readonly clock: Clock;
};

/** No answer to a call is larger; what is, is not read. */
const answerBytesMax = 1024 * 1024;

/** One signed exchange; `read` sees only a node whose signature holds. */
export async function ask<Outcome>(
  ports: AlipayPorts,
  request: Pick<AttemptReference, "accountId" | "withinMs">,
  { method, members, notifyUrl }: AlipayCall,
  read: (node: AnswerNode) => Outcome,
  signal: AbortSignal,
): Promise<Outcome | ProviderSilence> {
  const credentials = await ports.credentials(request.accountId);
  const bizContent = JSON.stringify(members(credentials.sellerId));
  const parameters = requestParameters({ method, bizContent, notifyUrl }, credentials, ports.clock.now());
  const answer = await exchange(
    ports,
    {
      method: "POST",
      url: `${credentials.gatewayUrl}?charset=utf-8`,
      headers: {
        Accept: "application/json",
        "Content-Type": "application/x-www-form-urlencoded;charset=utf-8",
        "User-Agent": "kuantai",
      },
      body: signedForm(parameters, credentials.appKey),
      withinMs: request.withinMs,
      bytesMax: answerBytesMax,
    },
    signal,
  );
  if (answer.kind === "silence") return answer;
  if (answer.status !== 200) return transportFault(answer.status);
  const verdict = judgeAnswer(answer.body, method, credentials.trust);
  return verdict.kind === "node" ? read(verdict.node) : { kind: "silence", why: verdict.why };
}

/** Alipay answers errors with 200 too: anything else comes from a gate in between. */
export function transportFault(httpStatus: number): ProviderSilence {
  const why = httpStatus === 429 ? "busy" : httpStatus >= 500 ? "server" : "unlisted";
  return { kind: "silence", why, word: { code: `HTTP ${httpStatus}`, message: "", httpStatus } };
}
