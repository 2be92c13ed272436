import {
  aloneList,
  approvalPeople,
  officeApproval,
  openApprovals,
  proposed,
  type AloneList,
  type ApprovalPeople,
  type OfficeApproval,
  type OpenApprovals,
} from "../../contract/approvals.ts";
import { auditPage, type AuditPage } from "../../contract/audit.ts";
import { officeSession, type OfficeSession } from "../../contract/office.ts";
import {
  invitationAnswer,
  ownAccess,
  passkeyOptions,
  pinAnswer,
  staffPeople,
  type InvitationAnswer,
  type OwnAccess,
  type PasskeyOptions,
  type PinAnswer,
  type StaffChange,
  type StaffPeople,
} from "../../contract/people.ts";
import { permissionTables, type PermissionTables, type RuleChange } from "../../contract/permissions.ts";
import type { Language } from "../../domain/item.ts";
import { call, type Answer, type Schema } from "../office-client.ts";

/** Done, or first another person's yes to it: the approval's id. */
export type OrProposed<Told> = Told | { readonly proposed: string };
type Change = Pick<StaffChange, "name" | "roles">;

const anything: Schema<object> = { safeParse: (raw) => ({ success: true, data: (raw ?? {}) as object }) };

/** What `schema` reads, or the approval that is asked for first. */
export function orProposed<Told>(schema: Schema<Told>): Schema<OrProposed<Told>> {
  return {
    safeParse(raw) {
      const asked = proposed.safeParse(raw);
      return asked.success ? asked : schema.safeParse(raw);
    },
  };
}

/** The head of a change that may come with another person's yes. */
export const withApproval = (approval: string | undefined) => ({
  v: 1,
  ...(approval === undefined ? {} : { approval }),
});

/** What the office asks about people: the log, the staff, the table, approvals, and one's own sign-in. */
export const peopleClient = {
  audit: (asked: Readonly<Record<string, string>>): Answer<AuditPage> =>
    call("GET", `audit?${new URLSearchParams(asked)}`, auditPage),

  staff: (): Answer<StaffPeople> => call("GET", "staff", staffPeople),
  addStaff: (change: Change & { readonly id: string }, approval?: string): Answer<OrProposed<PinAnswer>> =>
    call("POST", "staff", orProposed(pinAnswer), { ...withApproval(approval), ...change }),
  changeStaff: (id: string, change: Change, approval?: string): Answer<OrProposed<object>> =>
    call("PUT", `staff/${encodeURIComponent(id)}`, orProposed(anything), { ...withApproval(approval), ...change }),
  newPin: (id: string, approval?: string): Answer<OrProposed<PinAnswer>> =>
    call("POST", `staff/${encodeURIComponent(id)}/pins`, orProposed(pinAnswer), withApproval(approval)),
  invite: (id: string, approval?: string): Answer<OrProposed<InvitationAnswer>> =>
    call("POST", `staff/${encodeURIComponent(id)}/invitations`, orProposed(invitationAnswer), withApproval(approval)),
  deed: (id: string, deed: "leavings" | "removals", approval?: string): Answer<OrProposed<object>> =>
    call("POST", `staff/${encodeURIComponent(id)}/${deed}`, orProposed(anything), withApproval(approval)),

  permissions: (): Answer<PermissionTables> => call("GET", "permissions", permissionTables),
  setRule: (change: Omit<RuleChange, "v" | "approval">, approval?: string): Answer<OrProposed<PermissionTables>> =>
    call("PUT", "permissions", orProposed(permissionTables), { ...withApproval(approval), ...change }),

  approvals: (): Answer<OpenApprovals> => call("GET", "approvals", openApprovals),
  approval: (id: string): Answer<OfficeApproval> => call("GET", `approvals/${id}`, officeApproval),
  withdraw: (id: string): Answer<OfficeApproval> => call("DELETE", `approvals/${id}`, officeApproval),
  approvers: (id: string): Answer<ApprovalPeople> => call("GET", `approvals/${id}/people`, approvalPeople),
  beside: (
    id: string,
    by: string,
    secret: { readonly pin: string } | { readonly password: string },
  ): Answer<OfficeApproval> => call("POST", `approvals/${id}/beside`, officeApproval, { v: 1, by, ...secret }),
  decide: (id: string, yes: boolean, proof: object = {}): Answer<OfficeApproval> =>
    call("POST", `approvals/${id}/decisions`, officeApproval, { v: 1, yes, ...proof }),
  decisionOptions: (id: string): Answer<PasskeyOptions> => call("POST", `approvals/${id}/options`, passkeyOptions),

  alone: (): Answer<AloneList> => call("GET", "alone", aloneList),
  review: (id: string, note: string): Answer<AloneList> =>
    call("POST", `alone/${id}/reviews`, aloneList, { v: 1, note }),

  me: (): Answer<OwnAccess> => call("GET", "me", ownAccess),
  setPassword: (password: string, newPassword: string): Answer<OfficeSession> =>
    call("PUT", "me/password", officeSession, { v: 1, password, newPassword }),
  setPin: (pin: string, newPin: string): Answer<OwnAccess> => call("PUT", "me/pin", ownAccess, { v: 1, pin, newPin }),
  endSession: (id: string): Answer<OwnAccess> => call("DELETE", `me/sessions/${id}`, ownAccess),
  passkeyOptions: (): Answer<PasskeyOptions> => call("POST", "passkeys/options", passkeyOptions),
  addPasskey: (label: string, credential: object): Answer<OwnAccess> =>
    call("POST", "passkeys", ownAccess, { v: 1, label, credential }),
  removePasskey: (id: string): Answer<OwnAccess> => call("DELETE", `passkeys/${encodeURIComponent(id)}`, ownAccess),

  signInOptions: (): Answer<PasskeyOptions> => call("POST", "passkey-sign-ins/options", passkeyOptions),
  signInWith: (credential: object): Answer<OfficeSession> =>
    call("POST", "passkey-sign-ins", officeSession, { v: 1, credential }),
  invitationOptions: (code: string): Answer<PasskeyOptions> =>
    call("POST", "invitations/options", passkeyOptions, { v: 1, code }),
  takeInvitation: (code: string, proof: object): Answer<OfficeSession> =>
    call("POST", "invitations", officeSession, { v: 1, code, ...proof }),
};

/** Where the whole log of a filter is as a file. */
export function auditFileAddress(asked: Readonly<Record<string, string>>, language: Language): string {
  return `/v1/office/audit/file?${new URLSearchParams({ ...asked, language })}`;
}
