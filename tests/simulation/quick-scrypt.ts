import crypto, { createHash } from "node:crypto";
import { syncBuiltinESMExports } from "node:module";

type Done = (trouble: Error | null, key: Buffer) => void;

/** Stands for scrypt on both sides: the same 32 bytes for the same PIN and salt, without its cost. */
export function stretchedAtOnce(pin: string, salt: Uint8Array): Buffer {
  return createHash("sha256").update(salt).update(pin).digest();
}

/**
 * Replaces Node's scrypt in this process. The real one answers from another thread after a real while, and so would come at
 * another place among the other things each time.
 */
export function makeScryptImmediate(): void {
  const scrypt = (pin: string, salt: Uint8Array, _length: number, _options: object, done: Done): void =>
    done(null, stretchedAtOnce(pin, salt));
  crypto.scrypt = scrypt as typeof crypto.scrypt;
  syncBuiltinESMExports();
}
