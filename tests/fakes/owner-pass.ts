import type { StoreId } from "../../src/domain/identifier.ts";
import type { OfficePass } from "../../src/gateway/routes/passes.ts";

/** The owner, signed in, of these stores. */
export function ownerPass(stores: readonly StoreId[]): OfficePass {
  return {
    person: "owner",
    staff: null,
    name: "店主",
    isOwner: true,
    roles: new Map(stores.map((store) => [store, "owner"])),
    permissions: new Map(stores.map((store) => [store, {}])),
    until: Number.MAX_SAFE_INTEGER,
    session: "",
  };
}
