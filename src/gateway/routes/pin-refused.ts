import type { FastifyReply } from "fastify";
import type { SignOnRefusal } from "../staff/sign-on.ts";
import { problem } from "./problem.ts";

/** Answers a PIN that was not taken: wrong, locked until then, or no other than the present one. */
export function pinRefused(reply: FastifyReply, refusal: SignOnRefusal | { readonly kind: "notNew" }): FastifyReply {
  if (refusal.kind === "notNew") return problem(reply, "badRequest", "Choose another PIN than the present one.");
  if (refusal.kind === "locked")
    return problem(reply, "locked", "Too many wrong PINs.", { lockedUntil: refusal.until });
  return problem(reply, "wrongPin", "The PIN is wrong.");
}
