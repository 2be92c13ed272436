import { plusMs, type Instant, type Random } from "../../../domain/clock.ts";

/** No more addresses are kept; the oldest goes first. */
const addressesMax = 64;
const tokenBytes = 24;

/** Files that were told of by an address and wait to be fetched. Kept in memory: an address lives for minutes at most. */
export type Downloads = {
  /** The token of an address that is good for `goodMs`; the bytes are fixed now, whatever happens meanwhile. */
  offer(bytes: Uint8Array, now: Instant, goodMs: number): string;
  /** The file, or null when there is none of that token or its time is over. */
  take(token: string, now: Instant): Uint8Array | null;
};

/** None yet. */
export function createDownloads(random: Random): Downloads {
  const files = new Map<string, { readonly bytes: Uint8Array; readonly until: Instant }>();
  return {
    offer(bytes, now, goodMs) {
      const token = Buffer.from(random.bytes(tokenBytes)).toString("base64url");
      files.set(token, { bytes, until: plusMs(now, goodMs) });
      const [oldest] = files.keys();
      if (files.size > addressesMax && oldest !== undefined) files.delete(oldest);
      return token;
    },
    take(token, now) {
      const file = files.get(token);
      return file === undefined || now > file.until ? null : file.bytes;
    },
  };
}
