import type { Permissions } from "../../domain/permissions.ts";
import type { Role } from "../../domain/staff.ts";
import type { StaffId, StoreId, Tag, TillId } from "../../domain/identifier.ts";

/** The till that signed a request. */
export type TillPass = {
  readonly id: TillId;
  readonly store: StoreId;
  readonly label: string;
  readonly tag: Tag;
  readonly series: number;
  readonly revoked: boolean;
};

/** Who is signed in to the office, and what that person may do in which store. */
export type OfficePass = {
  /** `owner` or a staff id: what sessions, saved views, postings and the audit log call this person. */
  readonly person: string;
  /** Who this is at a till: nobody approves as one what was asked as the other. Null for an owner who has no till's PIN. */
  readonly staff: StaffId | null;
  readonly name: string;
  readonly isOwner: boolean;
  /** The person's role in each store; the owner is that in all of them. */
  readonly roles: ReadonlyMap<StoreId, Role>;
  /** Each store's own table. */
  readonly permissions: ReadonlyMap<StoreId, Permissions>;
  readonly until: number;
  /** The session's, to bind a passkey's answer to it. */
  readonly session: string;
};
