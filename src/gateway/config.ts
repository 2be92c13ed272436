import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import * as z from "zod";
import { shopRulesChange } from "../contract/activation.ts";
import { currencyField } from "../contract/fields.ts";

const port = z.int().min(1).max(65_535);
const host = z
  .string()
  .regex(/^[a-z0-9.-]{1,253}$/, { error: "a host name alone: small letters, digits, dots and hyphens, no port" });
const path = z.string().min(1);
/** As many proxies as anybody puts in a row. */
const proxiesMax = 16;

/** Where a secret is: in a file of its own or in a variable of the environment, never in `kuantai.json`. */
const secretPlace = z.union([z.strictObject({ file: path }), z.strictObject({ variable: z.string().min(1) })], {
  error: 'a secret never stands in this file: write { "file": PATH } or { "variable": NAME }',
});
export type SecretPlace = Readonly<z.infer<typeof secretPlace>>;

const demoShop = z.strictObject({ kind: z.literal("demo"), seed: z.int(), products: z.int().min(1).max(100_000) });
const ownShop = z.strictObject({
  kind: z.literal("own"),
  /** What the office calls the shop; the first store's name without it. */
  name: z.string().min(1).max(64).optional(),
  /** Of every store. */
  currency: currencyField,
  /** IANA name: what a new store begins with. */
  timeZone: z.string().min(1).max(64),
});

/** The one configuration file, `kuantai.json` in the data folder; `npm start` writes it once with its defaults. */
const configuration = z.strictObject({
  v: z.literal(1),
  gateway: z.strictObject({
    /** The address it listens on. */
    listen: z.string().min(1),
    /** Never moves by itself: another port is another origin, and would strand unsent sales. */
    port,
    /** What the till's pages are asked under, and the office's: two origins. */
    tillHost: host,
    officeHost: host,
    /** Under what providers reach this gateway; without it the till's address. No slash at its end. */
    notifyUrl: z.url().regex(/[^/]$/).optional(),
    /** Where TLS ends before this gateway: from which addresses (or networks, 10.0.0.0/24) the proxy asks, and its public port. */
    proxy: z.strictObject({ from: z.array(z.string()).min(1).max(proxiesMax), port: port.default(443) }).optional(),
    /** Certificate and key (PEM files) where TLS ends here. */
    tls: z.strictObject({ certificate: path, key: path }).optional(),
  }),
  sandbox: z.union(
    [
      z.strictObject({ on: z.literal(true), listen: z.string().min(1), port }),
      z.strictObject({ on: z.literal(false), listen: z.string().min(1).optional(), port: port.optional() }),
    ],
    { error: 'write { "on": false }, or { "on": true, "listen": ADDRESS, "port": NUMBER } for the demo' },
  ),
  /** PostgreSQL of one's own: `url` is of the application's role, `ownerUrl` of the role that migrates. */
  database: z.strictObject({ url: secretPlace, ownerUrl: secretPlace.optional() }).optional(),
  /** The gateway's key file; without it `keys.json` in the data folder. */
  keys: z.strictObject({ file: path }).optional(),
  shop: z.discriminatedUnion("kind", [demoShop, ownShop], { error: 'write "demo" or "own"' }),
  /** What the counter does otherwise than at first: `domain/shop-rules`, amounts in the smallest unit. In force at the next start. */
  rules: z.optional(shopRulesChange),
  /** Webhooks go to public addresses only, unless the shop's own network is meant. */
  webhooks: z.strictObject({ privateAddresses: z.boolean() }).optional(),
  /** A folder of pictures that the customer's window shows while nobody is served; in the file, from where that file is. */
  display: z.strictObject({ pictures: z.string().min(1) }).optional(),
});
export type Configuration = Readonly<z.infer<typeof configuration>>;
export type OwnShop = Extract<Configuration["shop"], { kind: "own" }>;
export type DemoShop = Extract<Configuration["shop"], { kind: "demo" }>;

/** A configuration as it is read, or every line of it that is wrong, each naming its field. */
export type ConfigurationReading =
  | { readonly config: Configuration; readonly faults: readonly [] }
  | { readonly config: null; readonly faults: readonly string[] };

/** Reads the file at `from`; its folders and files come out as whole paths. What it says is judged by `start/check-start`. */
export function readConfiguration(from: string): ConfigurationReading {
  let written: unknown;
  try {
    written = JSON.parse(readFileSync(from, "utf8"));
  } catch (trouble) {
    // no file, or no JSON: the person is told which
    const why = trouble instanceof Error ? trouble.message : String(trouble);
    return { config: null, faults: [`${from} cannot be read: ${why}`] };
  }
  const parsed = configuration.safeParse(written);
  if (parsed.success) return { config: withWholePaths(parsed.data, dirname(from)), faults: [] };
  const faults = parsed.error.issues.map((issue) => {
    const place = issue.path.join(".");
    return `${place === "" ? from : place}: ${issue.message}`;
  });
  return { config: null, faults };
}

function withWholePaths(config: Configuration, folder: string): Configuration {
  const whole = (named: string): string => resolve(folder, named);
  const placed = (place: SecretPlace): SecretPlace => ("file" in place ? { file: whole(place.file) } : place);
  const { display, keys, database, gateway } = config;
  const tls = gateway.tls && { certificate: whole(gateway.tls.certificate), key: whole(gateway.tls.key) };
  return {
    ...config,
    gateway: { ...gateway, ...(tls === undefined ? {} : { tls }) },
    ...(display === undefined ? {} : { display: { pictures: whole(display.pictures) } }),
    ...(keys === undefined ? {} : { keys: { file: whole(keys.file) } }),
    ...(database === undefined
      ? {}
      : {
          database: {
            url: placed(database.url),
            ...(database.ownerUrl === undefined ? {} : { ownerUrl: placed(database.ownerUrl) }),
          },
        }),
  };
}

/** Whether pages and providers reach this gateway over TLS only, ended by a proxy or here. */
export function isOverTls({ proxy, tls }: Pick<Configuration["gateway"], "proxy" | "tls">): boolean {
  return proxy !== undefined || tls !== undefined;
}

/** The till's and the office's addresses as everybody outside writes them, without a path; the sandbox's where it is on. */
export function addressesOf(config: Configuration): {
  readonly till: string;
  readonly office: string;
  readonly sandbox: string | null;
} {
  const { gateway, sandbox } = config;
  const publicPort = gateway.proxy?.port ?? gateway.port;
  const scheme = isOverTls(gateway) ? "https" : "http";
  const usual = scheme === "https" ? 443 : 80;
  const behind = publicPort === usual ? "" : `:${publicPort}`;
  return {
    till: `${scheme}://${gateway.tillHost}${behind}`,
    office: `${scheme}://${gateway.officeHost}${behind}`,
    sandbox: sandbox.on ? `http://${gateway.tillHost}:${sandbox.port}` : null,
  };
}
