import * as z from "zod/mini";
import { pinLengthMax, pinLengthMin } from "../domain/staff.ts";
import { instantField, roleField, staffIdField, storeIdField, requestIdField } from "./fields.ts";
import { officeSession, passwordLengthMax, passwordLengthMin } from "./office.ts";

const newPassword = z.string().check(z.minLength(passwordLengthMin), z.maxLength(passwordLengthMax));
const short = z.string().check(z.minLength(1), z.maxLength(64));
/** What an authenticator answers (WebAuthn, JSON form): held to its form by the library that checks its signature. */
const credential = z.looseObject({
  id: z.string().check(z.maxLength(1_024)),
  rawId: z.string().check(z.maxLength(1_024)),
  type: z.literal("public-key"),
  response: z.looseObject({ clientDataJSON: z.string().check(z.maxLength(8_192)) }),
  clientExtensionResults: z.looseObject({}),
});
export type Credential = z.infer<typeof credential>;

/** What the browser is to ask an authenticator (WebAuthn, JSON form). */
export const passkeyOptions = z.object({ options: z.looseObject({ challenge: z.string() }) });
export type PasskeyOptions = z.infer<typeof passkeyOptions>;

/** POST /v1/office/passkeys, after POST /v1/office/passkeys/options: one more passkey of whoever is signed in. */
export const passkeyBody = z.object({ v: z.literal(1), label: short, credential });
/** POST /v1/office/passkey-sign-ins (open), after …/options: a passkey in place of name and password. */
export const passkeySignIn = z.object({ v: z.literal(1), credential });

/** POST /v1/office/invitations (open): an invitation's code traded for a password of one's own and a session. */
export const invitationCode = z.string().check(z.regex(/^[0-9A-HJKMNP-TV-Z]{20}$/));
export const invitationTaken = z.object({
  v: z.literal(1),
  code: invitationCode,
  password: z.optional(newPassword),
  passkey: z.optional(z.object({ label: short, credential })),
});
export const invitationOptions = z.object({ v: z.literal(1), code: invitationCode });
export const invitedSession = officeSession;

/** Who asks with another person's yes: an approval's id, where one was needed. */
export const withApproval = { approval: z.optional(z.string().check(z.maxLength(64))) };

/** POST /v1/office/people/{staff}/invitations: shown once. */
export const invitationAnswer = z.object({ code: z.string(), address: z.string(), until: instantField });
export type InvitationAnswer = z.infer<typeof invitationAnswer>;

/** GET /v1/office/me: one's own passkeys and sessions. */
export const passkeyRow = z.object({
  id: z.string(),
  label: z.string(),
  madeAt: instantField,
  usedAt: z.nullable(instantField),
});
export const sessionRow = z.object({
  id: z.string(),
  madeAt: instantField,
  until: instantField,
  address: z.string(),
  method: z.nullable(z.string()),
  isThis: z.boolean(),
});
export const ownAccess = z.object({
  /** Null where passkeys work; else the office's host, which is an IP address and has none. */
  passkeysMissingAt: z.nullable(z.string()),
  hasPassword: z.boolean(),
  /** The PIN for the tills, null where one has none; `isKnown` to whoever had it made, until its holder chooses another. */
  pin: z.nullable(z.object({ setAt: instantField, isKnown: z.boolean() })),
  passkeys: z.array(passkeyRow),
  sessions: z.array(sessionRow),
});
export type OwnAccess = z.infer<typeof ownAccess>;

/** PUT /v1/office/me/password: the old one again. */
export const passwordChange = z.object({
  v: z.literal(1),
  password: z.string().check(z.minLength(1), z.maxLength(passwordLengthMax)),
  newPassword,
});

const pinTyped = z.string().check(z.regex(/^\d+$/), z.minLength(pinLengthMin), z.maxLength(pinLengthMax));
/** PUT /v1/office/me/pin: the present one again, and one that its holder chooses. */
export const pinChange = z.object({ v: z.literal(1), pin: pinTyped, newPin: pinTyped });

/** GET /v1/office/staff */
export const staffRow = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(z.object({ store: storeIdField, role: roleField })),
  pinSetAt: z.nullable(instantField),
  leftAt: z.nullable(instantField),
  lockedUntil: z.nullable(instantField),
  /** Whether and how this person signs in to the office. */
  office: z.nullable(
    z.object({
      hasPassword: z.boolean(),
      passkeys: z.number(),
      sessions: z.array(sessionRow),
      invitedUntil: z.nullable(instantField),
    }),
  ),
});
export const staffPeople = z.object({ people: z.array(staffRow), isAlone: z.boolean() });
export type StaffPerson = z.infer<typeof staffRow>;
export type StaffPeople = z.infer<typeof staffPeople>;

const roles = z.array(z.object({ store: storeIdField, role: roleField })).check(z.maxLength(64));
/** POST /v1/office/staff: somebody new; the PIN is shown once. */
export const staffAdd = z.object({ v: z.literal(1), id: requestIdField, name: short, roles, ...withApproval });
/** PUT /v1/office/staff/{id}: name and roles anew. */
export const staffChange = z.object({ v: z.literal(1), name: short, roles, ...withApproval });
/** POST /v1/office/staff/{id}/pins, …/leavings, …/invitations, …/removals: what is done to somebody. */
export const staffDeed = z.object({ v: z.literal(1), ...withApproval });
export const pinAnswer = z.object({ id: staffIdField, pin: z.string() });
export type PinAnswer = z.infer<typeof pinAnswer>;
export type StaffChange = z.infer<typeof staffChange>;
