import type { StoreId, Tag, TillId } from "../../domain/identifier.ts";

/** The till that signed a request. */
export type TillPass = {
  readonly id: TillId;
  readonly store: StoreId;
  readonly label: string;
  readonly tag: Tag;
  readonly series: number;
  readonly revoked: boolean;
};

/** The owner who is signed in. */
export type OfficePass = { readonly owner: string; readonly until: number };
