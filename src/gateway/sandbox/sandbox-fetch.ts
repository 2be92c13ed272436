import type { Sandbox } from "./sandbox.ts";

/** `fetch` that reaches the sandbox without a network, for tests and simulations; a cut connection rejects, as fetch does. */
export function sandboxFetch(sandbox: Sandbox): (url: string, init: RequestInit) => Promise<Response> {
  return async (url, init) => {
    const { pathname, search, origin } = new URL(url);
    const answer = await sandbox.handle({
      method: init.method ?? "GET",
      url: pathname + search,
      headers: Object.fromEntries(new Headers(init.headers)),
      body: Buffer.from(typeof init.body === "string" ? init.body : ""),
      origin,
    });
    if (answer.kind === "cut") throw new TypeError("fetch failed");
    const body = answer.bytes === undefined ? answer.body : new Uint8Array(answer.bytes);
    return new Response(answer.status === 204 ? null : body, {
      status: answer.status,
      headers: { ...answer.headers },
    });
  };
}
