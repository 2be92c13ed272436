import type { FastifyReply } from "fastify";
import type { OnceRefusal } from "../office/make-once.ts";
import { problem } from "./problem.ts";

/** Answers an asking whose id was used: for something else, or for what was made and shown long since. */
export function notMadeAgain(reply: FastifyReply, refusal: OnceRefusal): FastifyReply {
  return refusal === "differentRequest"
    ? problem(reply, "differentRequest", "That id was used for something else: send another id for another thing.")
    : problem(reply, "taken", "That was made before and its secret was shown then: see the list, or make another.");
}
