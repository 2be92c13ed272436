/**
 * How a till signs its requests: RFC 9421 with a fixed list of components, Ed25519. Pure text building, shared by the page
 * and the gateway; each computes digests and signatures with its own platform.
 */

export type SignedRequest = {
  readonly method: string;
  /** Path without query, as on the wire. */
  readonly path: string;
  /** Query with its leading `?`; `?` alone when there is none (RFC 9421, 2.2.7). */
  readonly query: string;
  /** RFC 9530: `sha-256=:BASE64:` over the raw body bytes; of no body, over none. */
  readonly contentDigest: string;
};

export type SignatureParameters = {
  /** Unix seconds, by the gateway's clock as the till knows it. */
  readonly created: number;
  /** The till's id. */
  readonly keyId: string;
  /** 16 to 64 characters of base64url, fresh each time. */
  readonly nonce: string;
};

/** ± this much of the gateway's clock. */
export const signatureWindowMs = 60_000;
/** How long a nonce is kept: longer than it can be replayed. */
export const nonceKeptMs = 120_000;

const components = `("@method" "@path" "@query" "content-digest")`;
const inputPattern =
  /^sig=\("@method" "@path" "@query" "content-digest"\);created=(\d{1,12});keyid="([^"\\]{1,64})";nonce="([A-Za-z0-9_-]{16,64})";alg="ed25519"$/;
const signaturePattern = /^sig=:([A-Za-z0-9+/]{86}==):$/;

/** Value of the `Signature-Input` header. */
export function signatureInput(parameters: SignatureParameters): string {
  return `sig=${parametersText(parameters)}`;
}

/** Value of the `Signature` header for the base64 of the 64 signature bytes. */
export function signatureHeader(base64: string): string {
  return `sig=:${base64}:`;
}

/** The text that is signed. */
export function signatureBase(request: SignedRequest, parameters: SignatureParameters): string {
  return [
    `"@method": ${request.method.toUpperCase()}`,
    `"@path": ${request.path}`,
    `"@query": ${request.query}`,
    `"content-digest": ${request.contentDigest}`,
    `"@signature-params": ${parametersText(parameters)}`,
  ].join("\n");
}

/** The parameters in a `Signature-Input` header, or null when it is not exactly of our form. */
export function parseSignatureInput(header: string): SignatureParameters | null {
  const match = inputPattern.exec(header);
  if (match === null) return null;
  return { created: Number(match[1]), keyId: match[2] ?? "", nonce: match[3] ?? "" };
}

/** The base64 inside a `Signature` header, or null. */
export function parseSignatureHeader(header: string): string | null {
  return signaturePattern.exec(header)?.[1] ?? null;
}

/** Value of `Content-Digest` for the base64 of the body's SHA-256. */
export function contentDigest(base64: string): string {
  return `sha-256=:${base64}:`;
}

/** What a new till signs to prove that it holds its key. */
export function activationProofText(code: string, publicKey: string): string {
  return `kuantai-activation\n${code}\n${publicKey}`;
}

/** What a till signs at each drain, and the gateway counter-signs with `at`: the head of the journal. */
export function headText(
  head: { readonly till: string; readonly series: number; readonly number: number; readonly hash: string },
  at?: number,
): string {
  return `kuantai-head\n${head.till}\n${head.series}\n${head.number}\n${head.hash}${at === undefined ? "" : `\n${at}`}`;
}

function parametersText(parameters: SignatureParameters): string {
  return `${components};created=${parameters.created};keyid="${parameters.keyId}";nonce="${parameters.nonce}";alg="ed25519"`;
}
