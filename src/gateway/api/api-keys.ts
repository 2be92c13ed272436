import { timingSafeEqual } from "node:crypto";
import type { ApiKeyBody, ApiKeysShown, ApiScope } from "../../contract/api.ts";
import { plusMs, type Instant } from "../../domain/clock.ts";
import { randomCrockford } from "../../domain/identifier.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import type { GatewayParts } from "../parts.ts";
import { json, type Database } from "../store/database.ts";
import { countTry } from "../store/limited-try.ts";

/** Whose key a request bears, and what it may see. */
export type ApiPass = {
  readonly id: string;
  readonly scopes: ReadonlySet<ApiScope>;
  /** Null: every store. */
  readonly stores: ReadonlySet<string> | null;
};

const keyBytes = 32;
const idLength = 8;
const dayMs = 86_400_000;
/** How often a key's last use is written down. */
const usedEveryMs = 60_000;
/** Requests of one key a minute. */
export const requestsPerMinuteMax = 600;
const minuteMs = 60_000;
const keyPattern = /^Bearer kt_([0-9A-Z]{8})_([A-Za-z0-9_-]{43})$/;

type KeyParts = Pick<GatewayParts, "database" | "keys" | "clock" | "random">;

/** Makes a key: 32 random bytes, shown in the answer and kept as their hash. */
export async function makeApiKey(
  step: Database,
  { keys, random }: Pick<GatewayParts, "keys" | "random">,
  body: ApiKeyBody,
  by: string,
  at: Instant,
): Promise<{ readonly id: string; readonly key: string }> {
  const id = randomCrockford(random, idLength);
  const secret = Buffer.from(random.bytes(keyBytes)).toString("base64url");
  await step
    .insertInto("api_key")
    .values({
      id,
      hash: keys.hash("apiKey", secret),
      name: body.name,
      scopes: json(body.scopes),
      stores: body.stores === null ? null : json(body.stores),
      made_by: by,
      made_at: at,
      expires_at: plusMs(at, body.days * dayMs),
      used_at: null,
      revoked_at: null,
    })
    .execute();
  return { id, key: `kt_${id}_${secret}` };
}

/** Ends a key at once; false when there is none, or it had ended. */
export async function revokeApiKey(step: Database, id: string, at: Instant): Promise<boolean> {
  const written = await step
    .updateTable("api_key")
    .set({ revoked_at: at })
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return written.numUpdatedRows === 1n;
}

export async function apiKeysShown(database: Database): Promise<ApiKeysShown> {
  const rows = await database.selectFrom("api_key").selectAll().orderBy("made_at", "desc").execute();
  return {
    keys: rows.map((row) => ({
      id: row.id,
      name: row.name,
      scopes: row.scopes as ApiScope[],
      stores: row.stores as string[] | null,
      madeAt: row.made_at as Instant,
      expiresAt: row.expires_at as Instant,
      usedAt: row.used_at as Instant | null,
      revokedAt: row.revoked_at as Instant | null,
    })),
  };
}

/** Whose key an Authorization header bears: in force, not too busy. A cookie counts for nothing here. */
export async function apiPass(
  { database, keys, clock }: KeyParts,
  header: string | undefined,
): Promise<Result<ApiPass, "unsigned" | "tooManyTries">> {
  const [, id, secret] = keyPattern.exec(header ?? "") ?? [];
  if (id === undefined || secret === undefined) return refuse("unsigned");
  const at = clock.now();
  const row = await database.selectFrom("api_key").selectAll().where("id", "=", id).executeTakeFirst();
  if (row === undefined || !timingSafeEqual(Buffer.from(row.hash), keys.hash("apiKey", secret)))
    return refuse("unsigned");
  if (row.revoked_at !== null || row.expires_at <= at) return refuse("unsigned");
  if ((await countTry(database, `api/${id}`, at, minuteMs)) > requestsPerMinuteMax) return refuse("tooManyTries");
  if (row.used_at === null || at - row.used_at > usedEveryMs)
    await database.updateTable("api_key").set({ used_at: at }).where("id", "=", id).execute();
  const stores = row.stores as string[] | null;
  return ok({ id, scopes: new Set(row.scopes as ApiScope[]), stores: stores === null ? null : new Set(stores) });
}
