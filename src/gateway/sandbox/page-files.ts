import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";

export type PageFile = { readonly headers: Readonly<Record<string, string>>; readonly body: Buffer };

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};
/** One folder, plain names: nothing else of the build is served here. */
const assetPattern = /^\/assets\/[0-9A-Za-z_.-]{1,128}$/;
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The wallet page at `/` (and `/wallet.html`) and its assets, from the folder the page build made; null for anything else. */
export function pageFile(folder: string, url: string): PageFile | null {
  const path = url.split("?")[0] ?? "";
  const isPage = path === "/" || path === "/wallet.html";
  if (!isPage && !assetPattern.test(path)) return null;
  const file = join(folder, isPage ? "wallet.html" : path);
  const type = types[extname(file)];
  if (type === undefined || !existsSync(file)) return null;
  return {
    headers: {
      "Content-Type": type,
      "Cache-Control": isPage ? "no-cache" : "public, max-age=31536000, immutable",
      "Content-Security-Policy": contentSecurityPolicy,
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
    },
    body: readFileSync(file),
  };
}
