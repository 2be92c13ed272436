/** A floor of the house: which files it holds, and what they may import. */
export type Floor = {
  readonly name: string;
  /** The first floor whose pattern matches a path holds the file. */
  readonly files: RegExp;
  readonly mayImport: readonly string[];
  readonly packages: readonly string[];
};

/** The import rule. A floor may import itself; `css` is every style sheet; a package stands for all its paths too. */
const table = String.raw`
page              | src/(?:page/|main\.tsx$)                | domain contract i18n devices storage sync register ui parts display workers css | solid-js comlink workbox-window @noble/hashes
css               | .*\.css$                                  |                                                    |
domain            | src/domain/                               |                                                    |
contract          | src/contract/                             | domain                                             | zod/mini
i18n              | src/i18n/                                 | domain                                             |
devices           | src/devices/                              | domain contract                                    | comlink
storage           | src/storage/                              | domain contract                                    | dexie @noble/hashes
sync              | src/sync/                                 | domain contract storage                            | zod/mini
register          | src/register/                             | domain contract devices storage sync i18n          |
parts             | src/ui/parts/                             | domain i18n css                                    | solid-js lean-qr
ui                | src/ui/                                   | domain contract i18n register parts css            | solid-js
office            | src/office/                               | domain contract i18n parts css workers             | solid-js uplot comlink @simplewebauthn/browser
wallet            | src/wallet/                               | i18n parts css                                     | solid-js
display           | src/display/                              | domain contract i18n parts css                     | solid-js
gateway-root      | src/gateway/(?:main|prepare)\.ts$         | gateway routes providers edge domain contract      | node:
edge              | src/gateway/(?:provider|provider-outcome|provider-bills|bill-stream|exchange|download|secret)\.ts$ | domain | node:
edge              | src/gateway/signing/                      | domain                                             | node:
providers         | src/gateway/providers/                    | edge domain                                        | zod node:crypto node:zlib node:stream yauzl iconv-lite
sandbox-root      | src/gateway/sandbox/main\.ts$             | sandbox gateway edge domain                        | node:
sandbox           | src/gateway/sandbox/                      | edge domain                                        | node: iconv-lite
routes            | src/gateway/routes/                       | gateway edge domain contract i18n                  | node: fastify @fastify/static @fastify/swagger fastify-type-provider-zod zod
gateway           | src/gateway/                              | routes edge domain contract                        | node: fastify fastify-type-provider-zod @fastify/helmet zod kysely pg pino pinyin-pro iconv-lite hucre @simplewebauthn/server
launch            | src/launch/                               |                                                    | node: pg
workers           | workers/                                  | domain contract storage                            | comlink fflate zxing-wasm @noble/hashes workbox-precaching workbox-routing
tests             | (?:tests/|[^/]+\.config\.ts$)             | *                                                  | *
`;

export const floors: readonly Floor[] = table
  .trim()
  .split("\n")
  .map((row) => {
    // a pattern may hold "|" inside brackets; columns are parted by "|" with a space before
    const [name = "", files = "", mayImport = "", packages = ""] = row.split(/\s\|(?:\s|$)/).map((cell) => cell.trim());
    return { name, files: new RegExp(`^${files}`), mayImport: [name, ...words(mayImport)], packages: words(packages) };
  });

function words(cell: string): string[] {
  return cell.split(/\s+/).filter((word) => word !== "");
}

/** Whether `name` is one of `allowed`, or a path within it. */
export function isAllowedPackage(allowed: readonly string[], name: string): boolean {
  return allowed.some(
    (each) => each === "*" || name === each || name.startsWith(each.endsWith(":") ? each : `${each}/`),
  );
}

/** Beyond its floor's rule, one file's own allowance from the same table of the house. */
export const allowances: readonly { readonly from: RegExp; readonly to: RegExp }[] = [
  // the service worker drains the outbox when no window is there
  { from: /^workers\/service-worker\.ts$/, to: /^src\/sync\// },
  // the registry: which provider an account is with, and where it gets its keys
  { from: /^src\/gateway\/payments\/accounts\.ts$/, to: /^src\/gateway\/providers\// },
  { from: /^workers\/barcode\.worker\.ts$/, to: /^src\/devices\/scanners\// },
];

/** Time, timers and randomness come in from outside, except here. */
export const ownsTime: readonly RegExp[] = [/^src\/gateway\/system-clock\.ts$/];

/** What a browser, Node or a person starts; everything else is reached from one of these or from a test. */
export const entries: readonly RegExp[] = [
  /^src\/main\.tsx$|^src\/(?:office|wallet)\/main\.tsx$/,
  /^src\/gateway\/(?:main|prepare|sandbox\/main)\.ts$/,
  /^workers\/[^/]+\.ts$|^src\/launch\/(?:start|test|setup)\.mjs$/,
  // found by their place: a provider is a folder
  /^src\/gateway\/providers\/[^/]+\/plug\.ts$/,
  /^tests\/|^[^/]+\.config\.ts$/,
];
