import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import * as z from "zod";
import { shopRulesChange } from "../contract/activation.ts";

const port = z.int().min(1).max(65_535);
const host = z.string().regex(/^[a-z0-9.-]{1,253}$/);

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
  }),
  sandbox: z.strictObject({ on: z.boolean(), listen: z.string().min(1), port }),
  shop: z.strictObject({ kind: z.literal("demo"), seed: z.int(), products: z.int().min(1).max(100_000) }),
  /** What the counter does otherwise than at first: `domain/shop-rules`, amounts in the smallest unit. In force at the next start. */
  rules: z.optional(shopRulesChange),
  /** Webhooks go to public addresses only, unless the shop's own network is meant. */
  webhooks: z.strictObject({ privateAddresses: z.boolean() }).optional(),
  /** A folder of pictures that the customer's window shows while nobody is served; in the file, from where that file is. */
  display: z.strictObject({ pictures: z.string().min(1) }).optional(),
});
export type Configuration = Readonly<z.infer<typeof configuration>>;

/** Reads and checks the file at `path`; throws naming the field that is wrong. Folders in it come out as whole paths. */
export function readConfiguration(path: string): Configuration {
  const parsed = configuration.safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (!parsed.success) throw new Error(`${path} is not right:\n${z.prettifyError(parsed.error)}`);
  if (parsed.data.gateway.tillHost === parsed.data.gateway.officeHost) {
    throw new Error(
      `${path}: gateway.tillHost and gateway.officeHost must differ, so that an office page never reaches a till's keys`,
    );
  }
  const { display, ...rest } = parsed.data;
  if (display === undefined) return rest;
  return { ...rest, display: { pictures: resolve(dirname(path), display.pictures) } };
}

/** The till's and the office's addresses, without a path. */
export function addressesOf(config: Configuration): {
  readonly till: string;
  readonly office: string;
  readonly sandbox: string;
} {
  const { gateway, sandbox } = config;
  return {
    till: `http://${gateway.tillHost}:${gateway.port}`,
    office: `http://${gateway.officeHost}:${gateway.port}`,
    sandbox: `http://${gateway.tillHost}:${sandbox.port}`,
  };
}
