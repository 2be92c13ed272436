import type { Clock, Random } from "../../../domain/clock.ts";
import { exchange, readJson, type ExchangeAnswer, type Fetch } from "../../exchange.ts";
import type { ProviderSilence, ProviderWord } from "../../provider-outcome.ts";
import { troubleIn } from "./answer-body.ts";
import { judgeSignature, type SignatureVerdict } from "./answer-signature.ts";
import { authorizationHeader, freshNonce, unixSeconds } from "./authorization.ts";
import type { WechatPayCredentials, WechatPayCredentialsPort } from "./credentials.ts";
import type { PlatformKeys } from "./platform-keys.ts";

/** What the adapter is given from outside; beside it, it holds nothing but the certificates it was told. */
export type WechatPayPorts = {
  readonly credentials: WechatPayCredentialsPort;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: Random;
};

/** One request to WeChat Pay; `body` is empty for GET. */
export type WechatPayCall = {
  readonly method: "GET" | "POST";
  /** Path and query exactly as they go on the wire. */
  readonly path: string;
  readonly body: string;
  readonly withinMs: number;
};

/** An answer whose signature was judged; `json` undefined when the body is no JSON. */
export type JudgedAnswer = { readonly status: number; readonly json: unknown; readonly word: ProviderWord | null };

/** One account on the line: its keys, and who judges what comes back. */
export type AccountLine = {
  readonly id: string;
  readonly ports: WechatPayPorts;
  readonly credentials: WechatPayCredentials;
  readonly keys: PlatformKeys;
};

/** No answer to a payment call is larger; what is, is not read. */
const answerBytesMax = 4 * 1024 * 1024;

/** One signed request, its answer not yet judged. */
export function sendSigned(
  ports: WechatPayPorts,
  credentials: WechatPayCredentials,
  send: WechatPayCall,
  signal: AbortSignal,
): Promise<ExchangeAnswer> {
  const headers = { Accept: "application/json", ...signedHeaders(ports, credentials, send) };
  return exchange(
    ports,
    {
      method: send.method,
      url: credentials.baseUrl + send.path,
      headers,
      body: send.body,
      withinMs: send.withinMs,
      bytesMax: answerBytesMax,
    },
    signal,
  );
}

/** The headers of a request, its signature among them: method, path and body must go on the wire as they stand in `send`. */
export function signedHeaders(
  ports: Pick<WechatPayPorts, "clock" | "random">,
  credentials: WechatPayCredentials,
  send: Pick<WechatPayCall, "method" | "path" | "body">,
): Readonly<Record<string, string>> {
  const parts = {
    method: send.method,
    pathAndQuery: send.path,
    timestamp: unixSeconds(ports.clock.now()),
    nonce: freshNonce(ports.random),
    body: send.body,
  };
  return {
    Authorization: authorizationHeader(parts, credentials),
    "User-Agent": "kuantai",
    ...(credentials.answerSerial === null ? {} : { "Wechatpay-Serial": credentials.answerSerial }),
    ...(send.body === "" ? {} : { "Content-Type": "application/json" }),
  };
}

/** One signed exchange. A 2xx counts only with a valid signature; an error may be unsigned, but not wrongly signed. */
export async function call(
  line: AccountLine,
  send: WechatPayCall,
  signal: AbortSignal,
): Promise<JudgedAnswer | ProviderSilence> {
  const answer = await sendSigned(line.ports, line.credentials, send, signal);
  if (answer.kind === "silence") return answer;
  const verdict = await judge(line, answer.headers, answer.body, signal);
  const isYes = answer.status >= 200 && answer.status < 300;
  if (verdict !== "valid" && (isYes || verdict !== "unsigned")) {
    return { kind: "silence", why: "signature", word: { code: verdict, message: "", httpStatus: answer.status } };
  }
  const json = readJson(answer.body);
  const trouble = troubleIn(json);
  return { status: answer.status, json, word: trouble === null ? null : { ...trouble, httpStatus: answer.status } };
}

/** What the signature of an answer or a notification is worth; certificates are fetched once more for an unknown serial. */
export async function judge(
  { id, ports, credentials, keys }: AccountLine,
  headers: { get(name: string): string | null },
  body: Uint8Array,
  signal: AbortSignal,
): Promise<SignatureVerdict> {
  const verdict = judgeSignature(headers, body, keys.held(id, credentials), ports.clock.now());
  if (verdict !== "unknownSerial" || !(await keys.refreshed(id, credentials, signal))) return verdict;
  return judgeSignature(headers, body, keys.held(id, credentials), ports.clock.now());
}
