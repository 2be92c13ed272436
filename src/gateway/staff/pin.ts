import { createHmac, scrypt, timingSafeEqual } from "node:crypto";
import { pinScrypt } from "../../contract/sign-on.ts";
import type { Random } from "../../domain/clock.ts";
import type { StaffId } from "../../domain/identifier.ts";
import { pinLengthMin } from "../../domain/staff.ts";

const saltBytes = 16;
/** scrypt needs 128 · N · r bytes; Node asks for some room above. */
const memoryBytesMax = 128 * pinScrypt.N * pinScrypt.r * 2;

/** S of `trust.md` (People): 32 bytes, about 0.1 s of one core. */
export function pinSecret(pin: string, salt: Uint8Array): Promise<Uint8Array> {
  const { N, r, p, length } = pinScrypt;
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, length, { N, r, p, maxmem: memoryBytesMax }, (trouble, secret) => {
      if (trouble === null) resolve(new Uint8Array(secret));
      else reject(trouble);
    });
  });
}

/** HMAC-SHA-256(tillPepper, S): what a till checks a PIN against offline. */
export function pinVerifier(pepper: Uint8Array, secret: Uint8Array): Uint8Array {
  return new Uint8Array(createHmac("sha256", pepper).update(secret).digest());
}

/** Whether two secrets are the same bytes, in a time that does not tell where they differ. */
export function isSameSecret(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A salt for a person. */
export function makeSalt(random: Random): Uint8Array {
  return random.bytes(saltBytes);
}

/** A PIN of the shortest allowed length, every one as likely as any other. */
export function makePin(random: Random): string {
  let pin = "";
  while (pin.length < pinLengthMin) {
    for (const byte of random.bytes(pinLengthMin))
      if (byte < 250 && pin.length < pinLengthMin) pin += String(byte % 10);
  }
  return pin;
}

/** Under what a person's S is sealed. */
export function secretContext(staff: StaffId | string): string {
  return `pin/${staff}`;
}
