import type { FastifyReply } from "fastify";
import type { EntitleRefusal } from "../approvals/entitle.ts";
import { problem } from "./problem.ts";

/** Answers somebody who may not go on: no, or 202 with the approval that another person has to give first. */
export function notEntitled(reply: FastifyReply, refusal: EntitleRefusal): FastifyReply {
  if (typeof refusal === "object") return reply.code(202).serializer(JSON.stringify).send(refusal);
  if (refusal === "forbidden") return problem(reply, "forbidden", "Your role may not do this here.");
  return problem(reply, "approvalNeeded", refusals[refusal]);
}

const refusals = {
  approvalUnknown: "There is no such approval in this store.",
  approvalOpen: "Nobody has said yes yet.",
  approvalRefused: "It was refused or taken back.",
  approvalUsed: "That approval was used already: ask for another.",
  approvalExpired: "Its time is over: ask for another.",
  approvalLapsed: "Whoever said yes has left or has another role now: ask for another.",
  approvalOther: "That approval is for something else, or for less of it.",
} as const;
