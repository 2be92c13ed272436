import type * as z from "zod/mini";
import { problemSchema, type Problem } from "../contract/problem.ts";
import { contentDigest, signatureBase, signatureHeader, signatureInput } from "../contract/request-signature.ts";
import { contractVersion, gatewayTimeHeader } from "../contract/version.ts";
import type { Clock, Random } from "../domain/clock.ts";
import type { ClockOffset } from "./clock-offset.ts";

/** Signs for one till; the key behind it cannot be read. */
export type Signer = { readonly keyId: string; sign(text: string): Promise<string> };

/** An answer to believe, a refusal in the gateway's words, or silence: nothing is known of what happened. */
export type GatewayAnswer<Value> =
  | { readonly kind: "answer"; readonly value: Value }
  | { readonly kind: "problem"; readonly problem: Problem }
  | { readonly kind: "silence"; readonly why: string };

export type GatewayClientParts = {
  readonly fetch: (input: string, init: RequestInit) => Promise<Response>;
  /** Base of every address: empty in a page, the gateway's origin elsewhere. */
  readonly origin: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly offset: ClockOffset;
  /** base64 of the SHA-256 of bytes. */
  readonly sha256Base64: (bytes: Uint8Array) => string;
  /** Null before activation: requests then go unsigned. */
  readonly signer: () => Signer | null;
};

export type GatewayRequest = {
  readonly method: "GET" | "PUT" | "POST";
  /** Path and query. */
  readonly path: string;
  readonly body?: unknown;
  /** Time until it is silence. */
  readonly withinMs: number;
};

export type GatewayClient = {
  /** One signed exchange. Never throws for what the world does. */
  ask<Schema extends z.ZodMiniType>(request: GatewayRequest, schema: Schema): Promise<GatewayAnswer<z.output<Schema>>>;
  /** One signed GET whose answer is read elsewhere: large answers are parsed away from the page. */
  askBytes(path: string, withinMs: number): Promise<GatewayAnswer<ArrayBuffer>>;
  /** Opens a signed stream; the caller reads the body and ends it by `signal`. */
  open(path: string, signal: AbortSignal): Promise<GatewayAnswer<ReadableStream<Uint8Array>>>;
};

/** The till's one way to the gateway: signs, keeps the clock offset, parses. */
export function createGatewayClient(parts: GatewayClientParts): GatewayClient {
  return {
    ask: (request, schema) =>
      exchange(parts, request, async (response) => understand(response, await response.text(), schema)),
    askBytes: (path, withinMs) =>
      exchange<ArrayBuffer>(parts, { method: "GET", path, withinMs }, async (response) => {
        if (response.ok) return { kind: "answer", value: await response.arrayBuffer() };
        return understand(response, await response.text(), problemSchema) as GatewayAnswer<never>;
      }),
    open: async (path, signal) => {
      try {
        const response = await send(parts, { method: "GET", path, withinMs: 0 }, signal);
        if (response.ok && response.body !== null) return { kind: "answer", value: response.body };
        return understand(response, await response.text(), problemSchema) as GatewayAnswer<never>;
      } catch (error) {
        return { kind: "silence", why: String(error) };
      }
    },
  };
}

async function exchange<Value>(
  parts: GatewayClientParts,
  request: GatewayRequest,
  read: (response: Response) => Promise<GatewayAnswer<Value>>,
): Promise<GatewayAnswer<Value>> {
  const abort = new AbortController();
  const cancel = parts.clock.after(request.withinMs, () =>
    abort.abort(new Error(`no answer within ${request.withinMs} ms`)),
  );
  try {
    return await read(await send(parts, request, abort.signal));
  } catch (error) {
    return { kind: "silence", why: String(error) };
  } finally {
    cancel();
  }
}

async function send(parts: GatewayClientParts, request: GatewayRequest, signal: AbortSignal): Promise<Response> {
  const sentAt = parts.clock.now();
  const bytes = new TextEncoder().encode(request.body === undefined ? "" : JSON.stringify(request.body));
  const headers: { [name: string]: string } = {
    accept: "application/json",
    "x-contract-version": String(contractVersion),
  };
  if (request.body !== undefined) headers["content-type"] = "application/json";
  Object.assign(headers, await signatureHeaders(parts, request, bytes));
  const init: RequestInit = { method: request.method, headers, signal, cache: "no-store", credentials: "omit" };
  const response = await parts.fetch(
    parts.origin + request.path,
    request.body === undefined ? init : { ...init, body: bytes },
  );
  const gatewayTime = Number(response.headers.get(gatewayTimeHeader) ?? Number.NaN);
  if (Number.isFinite(gatewayTime)) parts.offset.learn(gatewayTime, sentAt);
  return response;
}

async function signatureHeaders(
  parts: GatewayClientParts,
  request: GatewayRequest,
  bytes: Uint8Array,
): Promise<{ [name: string]: string }> {
  const digest = contentDigest(parts.sha256Base64(bytes));
  const signer = parts.signer();
  if (signer === null) return { "content-digest": digest };
  const [path = "", query = ""] = request.path.split("?", 2);
  const parameters = {
    created: Math.floor(parts.offset.gatewayNow() / 1000),
    keyId: signer.keyId,
    nonce: base64Url(parts.random.bytes(18)),
  };
  const base = signatureBase({ method: request.method, path, query: `?${query}`, contentDigest: digest }, parameters);
  return {
    "content-digest": digest,
    "signature-input": signatureInput(parameters),
    signature: signatureHeader(await signer.sign(base)),
  };
}

function understand<Schema extends z.ZodMiniType>(
  response: Response,
  text: string,
  schema: Schema,
): GatewayAnswer<z.output<Schema>> {
  const body: unknown = text === "" ? null : JSON.parse(text);
  if (response.ok) {
    const value = schema.safeParse(body);
    return value.success
      ? { kind: "answer", value: value.data }
      : { kind: "silence", why: `answer not understood: ${value.error.issues[0]?.message ?? ""}` };
  }
  const problem = problemSchema.safeParse(body);
  if (problem.success && response.status < 500) return { kind: "problem", problem: problem.data };
  return { kind: "silence", why: `HTTP ${response.status}` };
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/gu, "-")
    .replace(/\//gu, "_")
    .replace(/=+$/u, "");
}
