import { createHash } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { StoreId, Tag, TillId } from "../../domain/identifier.ts";
import type { ProblemCode } from "../../contract/problem.ts";
import {
  contentDigest,
  nonceKeptMs,
  parseSignatureHeader,
  parseSignatureInput,
  signatureBase,
  signatureWindowMs,
  type SignatureParameters,
} from "../../contract/request-signature.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { isSignedBy } from "../keys/ed25519.ts";
import type { GatewayParts } from "../parts.ts";
import type { TillPass } from "./passes.ts";

type Refusal = { readonly code: ProblemCode; readonly detail: string };

/**
 * Who signed the request (RFC 9421 with our fixed list): the digest is of the raw body, the time within ± 60 s, the key a
 * till's, the nonce unused. A nonce is written only after everything else was right.
 */
export async function checkSignature(parts: GatewayParts, request: FastifyRequest): Promise<Result<TillPass, Refusal>> {
  const input = parseSignatureInput(one(request.headers["signature-input"]));
  const signature = parseSignatureHeader(one(request.headers.signature));
  if (input === null || signature === null)
    return refuse({ code: "unsigned", detail: "Sign the request as RFC 9421 says." });
  const age = parts.clock.now() - input.created * 1000;
  if (Math.abs(age) > signatureWindowMs)
    return refuse({ code: "staleSignature", detail: `Signed ${Math.round(age / 1000)} s ago by the gateway's clock.` });
  const digest = contentDigest(createHash("sha256").update(request.rawBody).digest("base64"));
  if (request.headers["content-digest"] !== digest)
    return refuse({ code: "badSignature", detail: "content-digest is not the body's." });
  const pass = await signerOf(parts, signedText(request, digest, input), Buffer.from(signature, "base64"), input.keyId);
  if (pass === null) return refuse({ code: "badSignature", detail: "No till with this keyid has signed that." });
  if (await isRepeated(parts, pass, input.nonce))
    return refuse({ code: "replayed", detail: "This nonce was used before." });
  return ok(pass);
}

function signedText(request: FastifyRequest, digest: string, input: SignatureParameters): string {
  const at = request.raw.url ?? "/";
  const mark = at.indexOf("?");
  return signatureBase(
    {
      method: request.method,
      path: mark === -1 ? at : at.slice(0, mark),
      query: mark === -1 ? "?" : at.slice(mark),
      contentDigest: digest,
    },
    input,
  );
}

/** The newest key first: a till has one that is not revoked, and older ones that may still deliver a journal. */
async function signerOf(
  parts: GatewayParts,
  text: string,
  signature: Uint8Array,
  till: string,
): Promise<TillPass | null> {
  const keys = await parts.database
    .selectFrom("till")
    .innerJoin("till_key", "till_key.till", "till.id")
    .select([
      "till.id",
      "till.store",
      "till.label",
      "till.tag",
      "till_key.series",
      "till_key.public_key",
      "till_key.revoked_at",
    ])
    .where("till.id", "=", till)
    .orderBy("till_key.series", "desc")
    .execute();
  const found = keys.find((key) => isSignedBy(key.public_key, text, signature));
  if (found === undefined) return null;
  return {
    id: found.id as TillId,
    store: found.store as StoreId,
    label: found.label,
    tag: found.tag as Tag,
    series: found.series,
    revoked: found.revoked_at !== null,
  };
}

async function isRepeated(parts: GatewayParts, pass: TillPass, nonce: string): Promise<boolean> {
  const inserted = await parts.database
    .insertInto("nonce")
    .values({ store: pass.store, till: pass.id, nonce, expires_at: parts.clock.now() + nonceKeptMs })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 0n;
}

function one(header: string | readonly string[] | undefined): string {
  return typeof header === "string" ? header : "";
}
