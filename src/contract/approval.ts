import * as z from "zod/mini";
import type { Act, Approval } from "../domain/staff.ts";
import { approvalIdField, instantField, moneyField, staffIdField } from "./fields.ts";

/** Why somebody asks, or went without: a sentence. */
export const reasonLengthMax = 200;

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
  "handOver",
  "closeShift",
  "reportShift",
  "unverifiedTender",
  "seeFigures",
  "seeAudit",
  "exportBooks",
  "reviewAlone",
  "countSafe",
  "depositCash",
  "handInBill",
  "activateTill",
  "closeStore",
  "mend",
  "writeOff",
  "correctRate",
  "editStaff",
  "editPermissions",
  "lockMonth",
  "editApiKeys",
  "editShop",
  "replaceKeys",
  "editProducts",
]) satisfies z.ZodMiniType<Act>;

/** A second person's yes, as it stands in the journal. */
export const approvalSchema = z.object({
  id: approvalIdField,
  act: actField,
  subject: z.string().check(z.maxLength(128)),
  amount: z.nullable(moneyField),
  size: z.exactOptional(z.number().check(z.int(), z.gte(0))),
  by: staffIdField,
  method: z.enum(["pin", "password", "passkey", "alone"]),
  reason: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(reasonLengthMax))),
  at: instantField,
}) satisfies z.ZodMiniType<Approval>;

/**
 * A second person's yes on its way to the gateway, which checks it itself (`trust.md`, People): a PIN, with a reason where it is the
 * asker's own and the table lets one do it alone; or the approval that somebody gave from elsewhere.
 */
export const approvalAsked = z.union([
  z.object({
    by: staffIdField,
    pin: z.string().check(z.regex(/^\d{6,12}$/)),
    reason: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(reasonLengthMax))),
  }),
  z.object({ by: staffIdField, approval: approvalIdField }),
]);
export type ApprovalAsked = z.infer<typeof approvalAsked>;
