import * as z from "zod/mini";
import type { Act, Approval } from "../domain/staff.ts";
import { approvalIdField, instantField, moneyField, staffIdField } from "./fields.ts";

export const actField = z.enum([
  "sell",
  "reprint",
  "voidSale",
  "sellOnFragileStorage",
  "freeAttemptOffline",
  "discount",
  "overridePrice",
  "return",
  "cashForElectronic",
  "returnTender",
  "cashForEmpties",
  "paidIn",
  "paidOut",
  "openDrawer",
  "recount",
  "closeShift",
  "reportShift",
  "unverifiedTender",
]) satisfies z.ZodMiniType<Act>;

/** A second person's yes, as it stands in the journal. */
export const approvalSchema = z.object({
  id: approvalIdField,
  act: actField,
  subject: z.string().check(z.maxLength(128)),
  amount: z.nullable(moneyField),
  size: z.exactOptional(z.number().check(z.int(), z.gte(0))),
  by: staffIdField,
  method: z.literal("pin"),
  at: instantField,
}) satisfies z.ZodMiniType<Approval>;

/** A second person's PIN on its way to the gateway, which checks it itself (`trust.md`, People). */
export const approvalAsked = z.object({
  by: staffIdField,
  pin: z.string().check(z.regex(/^\d{6,12}$/)),
});
export type ApprovalAsked = z.infer<typeof approvalAsked>;
