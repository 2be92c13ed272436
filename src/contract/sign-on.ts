import * as z from "zod/mini";
import { permissionsField } from "./permissions.ts";
import { base64Field, instantField, roleField, staffIdField } from "./fields.ts";

/** scrypt for PINs: `S = scrypt(PIN, salt, N, r, p)`, 32 bytes (`trust.md`, People). */
export const pinScrypt = { N: 2 ** 15, r: 8, p: 1, length: 32 } as const;

/** GET /v1/staff (till): who may sign on here, and how a till checks it offline. */
export const staffList = z.object({
  /** After this the list no longer signs anybody on. */
  validUntil: instantField,
  staff: z.array(
    z.object({
      id: staffIdField,
      name: z.string(),
      role: roleField,
      /** base64url */
      salt: base64Field,
      /** base64url of HMAC-SHA-256(tillPepper, S). */
      verifier: base64Field,
      /** Who of the list had this PIN made and knows it, so that it is no yes to what they ask. Lists that older builds kept lack it. */
      pinKnownTo: z.optional(z.array(staffIdField)),
    }),
  ),
  /** What this store decides differently from the house's table of who may do what. */
  permissions: z._default(permissionsField, () => ({})),
});
export type StaffList = z.infer<typeof staffList>;

const pinTyped = z.string().check(z.regex(/^\d{6,12}$/));
/** POST /v1/sign-ons (till): the PIN travels only in this signed body. */
export const signOnRequest = z.object({
  v: z.literal(1),
  staff: staffIdField,
  pin: pinTyped,
  /** Who asks for this person's yes: a PIN that they had made is `knownPin`, also where the till's list does not say so yet. */
  asker: z.optional(staffIdField),
});
export type SignOnRequest = z.infer<typeof signOnRequest>;

/** POST /v1/own-pins (till): a person's own choice, with the present PIN; 200 is the list of staff anew, refusals as for a sign-on. */
export const ownPinRequest = z.object({ v: z.literal(1), staff: staffIdField, pin: pinTyped, newPin: pinTyped });

/** 200 right; wrong is problem `wrongPin`, locked is `locked` with `lockedUntil`, right but known to `asker` is `knownPin`. */
export const signOnAnswer = z.object({ staff: staffIdField, at: instantField });
export type SignOnAnswer = z.infer<typeof signOnAnswer>;
