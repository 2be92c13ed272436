import type { FastifyReply } from "fastify";
import { problemStatus, type Problem, type ProblemCode } from "../../contract/problem.ts";

/** Answers with a problem (RFC 9457). `detail` is for the log of whoever asked: it never quotes what was sent. */
export function problem(
  reply: FastifyReply,
  code: ProblemCode,
  detail: string,
  more: Pick<Problem, "lockedUntil"> = {},
): FastifyReply {
  const status = problemStatus[code];
  const body: Problem = { type: "about:blank", title: titles[code] ?? code, status, code, detail, ...more };
  return reply.code(status).type("application/problem+json").serializer(JSON.stringify).send(body);
}

const titles: Partial<Record<ProblemCode, string>> = {
  unsigned: "The request is not signed",
  badSignature: "The signature is not right",
  staleSignature: "The signature is too old or from the future",
  replayed: "This request was sent before",
  wrongPin: "The PIN is wrong",
  signedOut: "Nobody is signed in",
  revoked: "This till was revoked",
  notFound: "There is nothing here",
  clock: "The till's clock is wrong",
  deadlinePassed: "The deadline has passed; nothing was charged",
  brokenChain: "The journal does not follow",
  locked: "Too many wrong PINs",
  tooManyTries: "Too many tries",
  wrongHost: "This host does not answer that",
  internal: "Something broke in the gateway",
};
