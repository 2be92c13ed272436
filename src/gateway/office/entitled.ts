import type { StoreId } from "../../domain/identifier.ts";
import { permits } from "../../domain/permissions.ts";
import type { Act, Permission } from "../../domain/staff.ts";
import type { OfficePass } from "../routes/passes.ts";

type Roles = Pick<OfficePass, "roles" | "permissions">;

/** Whether the person may do `act` of this `size` in `store`: alone, with another, or not; where there is no such store, not. */
export function permitsInOffice(pass: Roles, store: string, act: Act, size = 0): Permission {
  const role = pass.roles.get(store as StoreId);
  return role === undefined ? "refused" : permits(role, act, size, pass.permissions.get(store as StoreId));
}

/** Every store in which the person may do `act` at all, if only with another's yes. */
export function storesFor(pass: OfficePass, act: Act): readonly StoreId[] {
  return [...pass.roles.keys()].filter((store) => permitsInOffice(pass, store, act) !== "refused");
}

/** Whether the owner of a shop without any store yet is about to set it up: there is no store whose table could say so. */
export function beginsShop(pass: OfficePass, act: Act): boolean {
  return pass.isOwner && pass.permissions.size === 0 && (act === "editShop" || act === "editProducts");
}

/** Whether the person may do `act` in all of the chain's stores: what names no store is about all of them. */
export function isEverywhere(pass: OfficePass, act: Act): boolean {
  return storesFor(pass, act).length === pass.permissions.size;
}
