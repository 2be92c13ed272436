import type { StaffId, StoreId, Tag, TillId } from "../../domain/identifier.ts";
import { minorUnits } from "../../domain/money.ts";
import type { ShopRules } from "../../domain/shop-rules.ts";
import type { Role } from "../../domain/staff.ts";

export type SampleStore = {
  readonly id: StoreId;
  readonly name: string;
  readonly address: string;
  readonly phone: string;
  readonly gatewayTag: Tag;
  readonly officeTag: Tag;
};
export type SampleTill = { readonly id: TillId; readonly store: StoreId; readonly label: string; readonly tag: Tag };
export type SampleStaff = {
  readonly id: StaffId;
  readonly name: string;
  readonly roles: readonly (readonly [store: StoreId, role: Role])[];
};

const heping = "heping" as StoreId;
const jiangbian = "jiangbian" as StoreId;

/** Two stores of one invented chain. */
export const sampleStores: readonly SampleStore[] = [
  {
    id: heping,
    name: "岭上便利 和平路店",
    address: "和平路 18 号",
    phone: "555-0118",
    gatewayTag: "GHP0" as Tag,
    officeTag: "FHP0" as Tag,
  },
  {
    id: jiangbian,
    name: "岭上便利 江边店",
    address: "江边街 7 号",
    phone: "555-0107",
    gatewayTag: "GJB0" as Tag,
    officeTag: "FJB0" as Tag,
  },
];

/** The first one is the one whose address `npm start` prints. */
export const sampleTills: readonly SampleTill[] = [
  { id: "till-a1" as TillId, store: heping, label: "A1", tag: "TA10" as Tag },
  { id: "till-a2" as TillId, store: heping, label: "A2", tag: "TA20" as Tag },
  { id: "till-b1" as TillId, store: jiangbian, label: "B1", tag: "TB10" as Tag },
];

/** The first one is the cashier whose PIN stands first on the terminal. */
export const sampleStaff: readonly SampleStaff[] = [
  { id: "staff-1" as StaffId, name: "王芳", roles: [[heping, "cashier"]] },
  { id: "staff-2" as StaffId, name: "陈亮", roles: [[heping, "cashier"]] },
  { id: "staff-3" as StaffId, name: "周婷", roles: [[jiangbian, "cashier"]] },
  {
    id: "staff-4" as StaffId,
    name: "赵磊",
    roles: [
      [heping, "supervisor"],
      [jiangbian, "supervisor"],
    ],
  },
  {
    id: "staff-5" as StaffId,
    name: "李敏",
    roles: [
      [heping, "manager"],
      [jiangbian, "manager"],
    ],
  },
];

/** What every sample store has in common. */
export const sampleDay = {
  zone: "Asia/Shanghai",
  cutMinute: 4 * 60,
  currency: "CNY",
  taxMode: "included",
  displayLanguage: "zh-CN",
} as const;

/**
 * What the sample stores decide for their tills: 抹零 to ten fen, a float of 200 yuan, the usual scale labels. The second store
 * also reads labels of 18 digits, which look like payment codes.
 */
export function rulesOf(store: StoreId): Partial<ShopRules> {
  const labels = ["21PPPPPAAAAAC", "22PPPPPWWWWWC"];
  return {
    rounding: { step: 10, mode: "down" },
    labels: store === jiangbian ? [...labels, "26PPPPPAAAAAWWWWWC"] : labels,
    float: minorUnits(20_000),
  };
}
