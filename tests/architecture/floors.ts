/** A floor of the house: which files it holds, and what they may import (`house.md`, the import rule; this is the ceiling). */
export type Floor = {
  readonly name: string;
  /** The first floor whose pattern matches a path holds the file. */
  readonly files: RegExp;
  readonly mayImport: readonly string[];
  readonly packages: readonly RegExp[];
};

const page = [
  "domain",
  "contract",
  "i18n",
  "devices",
  "storage",
  "sync",
  "register",
  "ui",
  "ui/parts",
  "display",
  "workers",
];
const node = /^node:/;
const solid = /^solid-js(?:\/(?:web|store))?$/;
const css = "styles";

export const floors: readonly Floor[] = [
  {
    name: "page roots",
    files: /^src\/main\.tsx$/,
    mayImport: [...page, css],
    packages: [solid, /^comlink$/, /^workbox-window$/, /^@noble\/hashes/],
  },
  { name: css, files: /\.css$/, mayImport: [css], packages: [] },
  { name: "domain", files: /^src\/domain\//, mayImport: ["domain"], packages: [] },
  { name: "contract", files: /^src\/contract\//, mayImport: ["contract", "domain"], packages: [/^zod\/mini$/] },
  { name: "i18n", files: /^src\/i18n\//, mayImport: ["i18n", "domain"], packages: [] },
  { name: "devices", files: /^src\/devices\//, mayImport: ["devices", "domain", "contract"], packages: [/^comlink$/] },
  {
    name: "storage",
    files: /^src\/storage\//,
    mayImport: ["storage", "domain", "contract"],
    packages: [/^dexie$/, /^@noble\/hashes/],
  },
  {
    name: "sync",
    files: /^src\/sync\//,
    mayImport: ["sync", "domain", "contract", "storage"],
    packages: [/^zod\/mini$/],
  },
  {
    name: "register",
    files: /^src\/register\//,
    mayImport: ["register", "domain", "contract", "devices", "storage", "sync", "i18n"],
    packages: [],
  },
  {
    name: "ui/parts",
    files: /^src\/ui\/parts\//,
    mayImport: ["ui/parts", "domain", "i18n", css],
    packages: [solid, /^lean-qr(?:\/|$)/],
  },
  {
    name: "ui",
    files: /^src\/ui\//,
    mayImport: ["ui", "ui/parts", "domain", "contract", "i18n", "register", css],
    packages: [solid],
  },
  {
    name: "office",
    files: /^src\/office\//,
    mayImport: ["office", "domain", "contract", "i18n", "ui/parts", css],
    packages: [solid],
  },
  { name: "wallet", files: /^src\/wallet\//, mayImport: ["wallet", "i18n", "ui/parts", css], packages: [solid] },
  {
    name: "display",
    files: /^src\/display\//,
    mayImport: ["display", "domain", "contract", "i18n", "ui/parts", css],
    packages: [solid],
  },
  {
    name: "gateway roots",
    files: /^src\/gateway\/(?:main|prepare)\.ts$/,
    mayImport: ["gateway", "gateway/routes", "gateway/providers", "gateway edge", "domain", "contract"],
    packages: [node],
  },
  {
    name: "gateway edge",
    files: /^src\/gateway\/(?:provider|exchange|secret)\.ts$|^src\/gateway\/signing\//,
    mayImport: ["gateway edge", "domain"],
    packages: [node],
  },
  {
    name: "gateway/providers",
    files: /^src\/gateway\/providers\//,
    mayImport: ["gateway/providers", "gateway edge", "domain"],
    packages: [/^zod$/, /^node:(?:crypto|zlib)$/],
  },
  {
    name: "sandbox root",
    files: /^src\/gateway\/sandbox\/main\.ts$/,
    mayImport: ["gateway/sandbox", "gateway", "domain"],
    packages: [node],
  },
  {
    name: "gateway/sandbox",
    files: /^src\/gateway\/sandbox\//,
    mayImport: ["gateway/sandbox", "gateway edge", "domain"],
    packages: [node],
  },
  {
    name: "gateway/routes",
    files: /^src\/gateway\/routes\//,
    mayImport: ["gateway/routes", "gateway", "gateway edge", "domain", "contract", "i18n"],
    packages: [node, /^fastify/, /^@fastify\//, /^zod/],
  },
  {
    name: "gateway",
    files: /^src\/gateway\//,
    mayImport: ["gateway", "gateway/routes", "gateway edge", "domain", "contract"],
    packages: [node, /^fastify/, /^@fastify\//, /^zod/, /^kysely$/, /^pg$/, /^pino$/, /^pinyin-pro$/, /^iconv-lite$/],
  },
  { name: "launch", files: /^src\/launch\//, mayImport: ["launch"], packages: [node, /^pg$/] },
  {
    name: "workers",
    files: /^workers\//,
    mayImport: ["workers", "domain", "contract", "storage"],
    packages: [/^comlink$/, /^zxing-wasm/, /^@noble\/hashes/, /^workbox-/],
  },
  { name: "tests", files: /^tests\/|^[^/]+\.config\.ts$/, mayImport: ["*"], packages: [/./] },
];

/** Beyond its floor's ceiling, one file's own allowance, each with its reason in `house.md`. */
export const allowances: readonly { readonly from: RegExp; readonly to: RegExp }[] = [
  // the service worker drains the outbox when a window is gone
  { from: /^workers\/service-worker\.ts$/, to: /^src\/sync\// },
  { from: /^workers\/barcode\.worker\.ts$/, to: /^src\/devices\/scanners\// },
];

/** Time, timers and randomness come in from outside, except here. */
export const ownsTime: readonly RegExp[] = [/^src\/gateway\/system-clock\.ts$/, /^src\/main\.tsx$/];

/** What a browser, Node or a person starts; everything else is reached from one of these or from a test. */
export const entries: readonly RegExp[] = [
  /^src\/main\.tsx$/,
  /^src\/(?:office|wallet)\/main\.tsx$/,
  /^src\/gateway\/(?:main|prepare)\.ts$/,
  /^src\/gateway\/sandbox\/main\.ts$/,
  /^workers\/[^/]+\.ts$/,
  /^src\/launch\/(?:start|test|setup)\.mjs$/,
  /^tests\//,
  /^[^/]+\.config\.ts$/,
];
