import type { Role } from "./staff.ts";

/** From when on somebody is told of what does not agree, and who. Amounts in minor units, without their sign. */
export type AlertRule = {
  /** One break from this amount on; 0 tells of every one. A break without an amount, such as a missing bill, is always told. */
  readonly breakFrom: number;
  /** All open breaks of a store and day together, from this amount on; null tells of none. */
  readonly dayFrom: number | null;
  /** A break that is still open after so many days; null tells of none. */
  readonly ageDays: number | null;
  readonly roles: readonly Role[];
  /** People by what the office calls them, beside those of the roles. */
  readonly people: readonly string[];
};

/** What holds until a shop decides otherwise: whoever keeps shop or books hears of every break. */
export const usualAlertRule: AlertRule = {
  breakFrom: 0,
  dayFrom: null,
  ageDays: null,
  roles: ["owner", "manager", "accountant"],
  people: [],
};

/** Whether the rule tells this person, who has this role in the store. */
export function isTold({ roles, people }: AlertRule, role: Role, person: string): boolean {
  return roles.includes(role) || people.includes(person);
}
