import { createPrivateKey, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import type { Instant } from "../../domain/clock.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import type { Configuration } from "../config.ts";
import { readOpenFile, readPrivateFile } from "./secret-file.ts";

/** Certificate chain and key as PEM, ready for the server. */
export type TlsFiles = { readonly cert: string; readonly key: string };

/** Reads certificate and key; every line of what is wrong with them at `at`, else the two. */
export function readTls(
  gateway: Pick<Configuration["gateway"], "tls" | "tillHost" | "officeHost" | "notifyUrl">,
  at: Instant,
): Result<TlsFiles | null, readonly string[]> {
  if (gateway.tls === undefined) return ok(null);
  const cert = readOpenFile("gateway.tls.certificate", gateway.tls.certificate);
  const key = readPrivateFile("gateway.tls.key", gateway.tls.key);
  const lines = [cert, key].flatMap((read) => (read.ok ? [] : [read.refusal]));
  if (cert.ok) lines.push(...certificateFaults(cert.value, key.ok ? key.value : null, hostsOf(gateway), at));
  return lines.length === 0 && cert.ok && key.ok ? ok({ cert: cert.value, key: key.value }) : refuse(lines);
}

function hostsOf({
  tillHost,
  officeHost,
  notifyUrl,
}: Pick<Configuration["gateway"], "tillHost" | "officeHost" | "notifyUrl">): readonly string[] {
  return [...new Set([tillHost, officeHost, ...(notifyUrl === undefined ? [] : [new URL(notifyUrl).hostname])])];
}

function certificateFaults(pem: string, key: string | null, hosts: readonly string[], at: Instant): string[] {
  const certificate = parsed(() => new X509Certificate(pem));
  if (certificate === null)
    return ["gateway.tls.certificate is no PEM certificate. Name the file with the whole chain (fullchain.pem)."];
  const lines: string[] = [];
  const until = Date.parse(certificate.validTo);
  if (until <= at)
    lines.push(`gateway.tls.certificate ended on ${dayOf(certificate.validTo)}. Renew it and start again.`);
  if (Date.parse(certificate.validFrom) > at)
    lines.push(
      `gateway.tls.certificate begins only on ${dayOf(certificate.validFrom)}. Look at this machine's clock, or take another.`,
    );
  for (const host of hosts)
    if ((isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host)) === undefined)
      lines.push(`gateway.tls.certificate is not for ${host}. Get one that names all of: ${hosts.join(", ")}.`);
  if (key !== null && !belongs(certificate, key))
    lines.push("gateway.tls.key is not the certificate's private key. Name the one it was made with.");
  return lines;
}

function belongs(certificate: X509Certificate, key: string): boolean {
  const own = parsed(() => createPrivateKey(key));
  return own !== null && certificate.checkPrivateKey(own);
}

/** What `read` gives, or null when the bytes are not of its form. */
function parsed<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch {
    // whatever the parser stumbled over: the file is not what it should be
    return null;
  }
}

function dayOf(text: string): string {
  return new Date(text).toISOString().slice(0, 10);
}
