import { createHmac } from "node:crypto";

/** Standard Webhooks: what a secret begins with, and how many random bytes it has. */
export const secretPrefix = "whsec_";
export const secretBytes = 32;

/** The three headers of a delivery; every secret in force signs, so that a receiver may change over in its own time. */
export function webhookHeaders(
  id: string,
  atSeconds: number,
  body: string,
  secrets: readonly Uint8Array[],
): Readonly<Record<"webhook-id" | "webhook-timestamp" | "webhook-signature", string>> {
  const signed = `${id}.${atSeconds}.${body}`;
  const signatures = secrets.map((secret) => `v1,${createHmac("sha256", secret).update(signed).digest("base64")}`);
  return {
    "webhook-id": id,
    "webhook-timestamp": String(atSeconds),
    "webhook-signature": signatures.join(" "),
  };
}

/** A secret as its receiver is shown it, once. */
export function shownSecret(secret: Uint8Array): string {
  return `${secretPrefix}${Buffer.from(secret).toString("base64")}`;
}
