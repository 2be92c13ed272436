import * as z from "zod/mini";

/**
 * Why a request was refused (RFC 9457). `code` is stable and is what a program decides by; `detail` says in English what to
 * do and is for the log, never for the screen.
 */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.optional(z.string()),
  /** Set by `locked`: until when, in the gateway's time. */
  lockedUntil: z.optional(z.number()),
});
export type Problem = z.infer<typeof problemSchema>;

/** Every code a route may answer with, and its HTTP status. */
export const problemStatus = {
  badRequest: 400,
  unsigned: 401,
  badSignature: 401,
  staleSignature: 401,
  replayed: 401,
  wrongPin: 401,
  wrongPassword: 401,
  signedOut: 401,
  revoked: 403,
  otherTill: 403,
  otherStore: 403,
  otherTag: 403,
  forbidden: 403,
  notFound: 404,
  clock: 409,
  deadlinePassed: 409,
  differentRequest: 409,
  channelUnavailable: 409,
  brokenChain: 409,
  nothingLeft: 409,
  heldElsewhere: 409,
  taken: 409,
  noPasskeys: 409,
  columnsUnknown: 409,
  approvalNeeded: 403,
  knownPin: 403,
  codeInvalid: 422,
  locked: 423,
  tooManyTries: 429,
  wrongHost: 421,
  internal: 500,
} as const;
export type ProblemCode = keyof typeof problemStatus;
