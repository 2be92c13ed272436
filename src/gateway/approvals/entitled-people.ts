import type { StaffId, StoreId } from "../../domain/identifier.ts";
import type { Role } from "../../domain/staff.ts";
import { ownerId } from "../office/owner.ts";
import type { OfficePerson } from "../office/person.ts";
import type { Database } from "../store/database.ts";
import { knownPins } from "./known-pin.ts";
import { readChain, reachOf, storesAbout, widestOf, type AskedOf, type Chain, type Decider } from "./who-counts.ts";

/** What somebody of the office is called in approvals and lists: the staff id where there is one. */
export function identityOf({ person, staff }: Pick<OfficePerson, "person" | "staff">): string {
  return staff ?? person;
}

/** Somebody of the office as a decider. */
export function officeDecider(person: Pick<OfficePerson, "person" | "staff" | "roles">): Decider {
  return { id: identityOf(person), roleIn: (store) => person.roles.get(store as StoreId) ?? null };
}

/** Somebody known by a PIN in one store. */
export function tillDecider(staff: StaffId, store: string, role: Role): Decider {
  return { id: staff, roleIn: (each) => (each === store ? role : null) };
}

/** Somebody who could say yes; `inOffice` where by password or passkey, else only by PIN. */
export type Entitled = {
  readonly id: string;
  readonly name: string;
  readonly inOffice: boolean;
  readonly hasPassword: boolean;
};
type Person = Entitled & Decider;

/** Everybody who can prove to be somebody, with what their yes is judged by: read once, asked often. */
export type Judges = {
  /** Whether `by` may decide it: another person, and nobody's yes counts in more of the stores that it is about. */
  readonly mayDecide: (asked: AskedOf, by: Decider) => boolean;
  /** Everybody who may. Not who has only a PIN that who asks had made and knows. */
  readonly peopleFor: (asked: AskedOf) => readonly Entitled[];
  readonly storesOf: (asked: AskedOf) => readonly string[];
  /** `id` with the roles of now; nobody's who has left. */
  readonly deciderNow: (id: string) => Decider;
};

/** Reads who there is now; in the SQL transaction of what is decided by it. */
export async function readJudges(step: Database): Promise<Judges> {
  const chain = await readChain(step);
  const people = await everybody(step, chain);
  const { isKnownTo } = await knownPins(step);
  const others = (asked: AskedOf): readonly Person[] =>
    people.filter(({ id, inOffice }) => inOffice || !isKnownTo(asked.asked_by, id));
  return {
    mayDecide(asked, by) {
      const reach = reachOf(chain, asked, by);
      return reach !== null && (reach === "every" || widestOf(chain, asked, [...others(asked), by]) === reach);
    },
    peopleFor(asked) {
      const widest = widestOf(chain, asked, others(asked));
      if (widest === null) return [];
      return others(asked)
        .filter((by) => reachOf(chain, asked, by) === widest)
        .map(({ id, name, inOffice, hasPassword }) => ({ id, name, inOffice, hasPassword }));
    },
    storesOf: (asked) => storesAbout(chain, asked),
    deciderNow: (id) => people.find((person) => person.id === id) ?? { id, roleIn: rolesAtTill(chain, id) },
  };
}

/** The office's people who have a password or passkey, then who has a PIN alone. */
async function everybody(step: Database, chain: Chain): Promise<readonly Person[]> {
  const found = new Map<string, Person>();
  const office = await step
    .selectFrom("office_person")
    .leftJoin("staff", "staff.id", "office_person.staff")
    .select(["office_person.id", "office_person.name", "office_person.staff", "password", "staff.name as staff_name"])
    .select("staff.left_at")
    .where("removed_at", "is", null)
    .execute();
  const passkeys = await step.selectFrom("passkey").select("person").distinct().execute();
  for (const { id: person, name, staff, password, staff_name: staffName, left_at: leftAt } of office) {
    const isOwner = person === ownerId;
    if (!isOwner && leftAt !== null) continue;
    const hasPassword = password !== null;
    if (!hasPassword && !passkeys.some((passkey) => passkey.person === person)) continue;
    const id = staff ?? person;
    const roleIn = isOwner
      ? (store: string) => (chain.stores.includes(store) ? "owner" : null)
      : rolesAtTill(chain, id);
    found.set(id, { id, name: staffName ?? name, inOffice: true, hasPassword, roleIn });
  }
  const staff = await step.selectFrom("staff").select(["id", "name"]).where("left_at", "is", null).execute();
  for (const { id, name } of staff)
    if (!found.has(id))
      found.set(id, { id, name, inOffice: false, hasPassword: false, roleIn: rolesAtTill(chain, id) });
  return [...found.values()];
}

function rolesAtTill(chain: Chain, staff: string): Decider["roleIn"] {
  return (store) => chain.roles.get(staff)?.get(store) ?? null;
}
