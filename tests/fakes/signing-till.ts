import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import type { LightMyRequestResponse } from "fastify";
import type { ActivationAnswer } from "../../src/contract/activation.ts";
import {
  activationProofText,
  contentDigest,
  headText,
  signatureBase,
  signatureHeader,
  signatureInput,
} from "../../src/contract/request-signature.ts";
import {
  entryText,
  headAfter,
  headOfActivation,
  type EntryEnvelope,
  type JournalEntry,
  type JournalFact,
  type JournalHead,
} from "../../src/domain/journal.ts";
import type { Clock } from "../../src/domain/clock.ts";
import type { TillId } from "../../src/domain/identifier.ts";
import type { GatewayServer } from "../../src/gateway/routes/route.ts";

export const tillHost = "127.0.0.1";
export type Ask = { readonly method?: "GET" | "POST" | "PUT"; readonly path: string; readonly body?: unknown };
/** What a test changes in a request that would otherwise be right. */
export type Tampering = {
  readonly headers?: Readonly<Record<string, string>>;
  readonly sentBody?: string;
  readonly sentPath?: string;
  readonly createdAheadMs?: number;
  readonly nonce?: string;
  readonly keyId?: string;
  /** Another gateway than the one that activated the till. */
  readonly through?: GatewayServer;
};

/** A till outside a browser: holds its key, signs as RFC 9421 says, keeps a chained journal. */
export type SigningTill = {
  readonly id: TillId;
  readonly answer: ActivationAnswer;
  ask(ask: Ask, tampering?: Tampering): Promise<LightMyRequestResponse>;
  /** Writes the next entry and answers its text. */
  write(fact: JournalFact, envelope?: Partial<EntryEnvelope>): string;
  /** Sends these entries with the signed head. */
  drain(entries: readonly string[]): Promise<LightMyRequestResponse>;
  head(): JournalHead;
};

/** Trades `code` for an identity at `server`; throws when the gateway refuses. */
export async function activatedTill(server: GatewayServer, clock: Clock, code: string): Promise<SigningTill> {
  const { publicKey: keyObject, privateKey } = generateKeyPairSync("ed25519");
  const publicKey = (keyObject.export({ format: "jwk" }) as { readonly x: string }).x;
  const body = { v: 1, code, publicKey, proof: signed(privateKey, activationProofText(code, publicKey)) };
  const response = await server.inject({
    method: "POST",
    url: "/v1/activations",
    headers: { host: tillHost, "content-type": "application/json" },
    payload: JSON.stringify(body),
  });
  if (response.statusCode !== 200) throw new Error(`activation: ${response.statusCode} ${response.body}`);
  const answer = response.json<ActivationAnswer>();
  const { till } = answer.settings;
  let head = headOfActivation({ till, series: answer.series, publicKey }, sha256);
  const self: SigningTill = {
    id: till,
    answer,
    ask: (ask, tampering = {}) => send(server, clock, privateKey, till, ask, tampering),
    write(fact, envelope = {}) {
      const base: EntryEnvelope = {
        v: 1,
        store: answer.settings.store.id,
        till,
        series: answer.series,
        number: head.number + 1,
        prev: head.hash,
        at: clock.now(),
        offsetMs: 0,
        businessDate: "2026-11-24" as never,
        session: null,
        staff: "staff-1" as never,
        mode: "trade",
        approval: null,
        ...envelope,
      };
      const text = entryText({ ...base, ...fact } as JournalEntry);
      head = headAfter(head, text, sha256);
      return text;
    },
    drain(entries) {
      const signature = signed(privateKey, headText({ till, ...head }));
      const batch = { v: 1, series: answer.series, entries, head: { number: head.number, hash: head.hash, signature } };
      return self.ask({ method: "POST", path: `/v1/tills/${till}/journal`, body: batch });
    },
    head: () => head,
  };
  return self;
}

function send(
  server: GatewayServer,
  clock: Clock,
  key: KeyObject,
  till: string,
  ask: Ask,
  tampering: Tampering,
): Promise<LightMyRequestResponse> {
  const { method = "GET", path, body } = ask;
  const text = body === undefined ? "" : JSON.stringify(body);
  const [pathname = "", query = ""] = path.split("?", 2);
  const created = Math.floor((clock.now() + (tampering.createdAheadMs ?? 0)) / 1000);
  const parameters = {
    created,
    keyId: tampering.keyId ?? till,
    nonce: tampering.nonce ?? randomBytes(18).toString("base64url"),
  };
  const digest = contentDigest(createHash("sha256").update(text).digest("base64"));
  const base = signatureBase({ method, path: pathname, query: `?${query}`, contentDigest: digest }, parameters);
  const headers = {
    host: tillHost,
    "content-digest": digest,
    "signature-input": signatureInput(parameters),
    signature: signatureHeader(signed(key, base)),
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...tampering.headers,
  };
  const payload = tampering.sentBody ?? text;
  return (tampering.through ?? server).inject({
    method,
    url: tampering.sentPath ?? path,
    headers,
    ...(payload === "" ? {} : { payload }),
  });
}

function signed(key: KeyObject, text: string): string {
  return sign(null, Buffer.from(text), key).toString("base64");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
