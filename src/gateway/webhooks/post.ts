import { lookup } from "node:dns/promises";
import { request } from "node:https";
import { isPublicAddress } from "./address.ts";

/** What came of one try. */
export type PostOutcome =
  | { readonly kind: "answered"; readonly status: number }
  | { readonly kind: "silence"; readonly why: "unresolved" | "privateAddress" | "timeout" | "network" };

/** One HTTPS POST to an address that was checked after its name was resolved; never throws, never follows a redirect. */
export type WebhookPost = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  options: { readonly withinMs: number; readonly allowPrivate: boolean },
) => Promise<PostOutcome>;

/** The real one: the connection goes to the very address that was checked, whatever the name says a moment later. */
export const pinnedPost: WebhookPost = async (url, headers, body, { withinMs, allowPrivate }) => {
  const { hostname } = new URL(url);
  const bare = hostname.replace(/^\[|\]$/g, "");
  const found = await lookup(bare, { all: true }).catch(() => []);
  const [first] = found;
  if (first === undefined) return { kind: "silence", why: "unresolved" };
  if (!allowPrivate && !found.every(({ address }) => isPublicAddress(address)))
    return { kind: "silence", why: "privateAddress" };
  return new Promise((resolve) => {
    const sent = request(
      url,
      {
        method: "POST",
        headers: { ...headers, "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) },
        lookup: (_name, options, done) => {
          if (options.all === true) done(null, [first]);
          else done(null, first.address, first.family);
        },
        signal: AbortSignal.timeout(withinMs),
      },
      (answer) => {
        answer.resume();
        resolve({ kind: "answered", status: answer.statusCode ?? 0 });
        answer.destroy();
      },
    );
    sent.on("error", (trouble) => {
      resolve({
        kind: "silence",
        why: trouble.name === "TimeoutError" || trouble.name === "AbortError" ? "timeout" : "network",
      });
    });
    sent.end(body);
  });
};
