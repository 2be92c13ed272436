import { createHash } from "node:crypto";
import type { StaffChange } from "../../contract/people.ts";
import { randomCrockford, type StaffId } from "../../domain/identifier.ts";
import { audit } from "../audit/audit.ts";
import { endSessions } from "../office/password.ts";
import type { GatewayParts } from "../parts.ts";
import type { Database } from "../store/database.ts";
import { makePin, makeSalt, pinSecret, secretContext } from "./pin.ts";

type EditParts = Pick<GatewayParts, "keys" | "clock" | "random">;
/** Who changes it and who else agreed. */
export type By = { readonly who: string; readonly secondPerson: string | null };
type Roles = StaffChange["roles"];
const idLength = 12;

/** What a person is now: the name, and the role in each store. */
export async function staffNow(
  step: Database,
  id: string,
): Promise<{
  readonly name: string;
  readonly roles: Readonly<Record<string, string>>;
  readonly hasLeft: boolean;
} | null> {
  const row = await step.selectFrom("staff").select(["name", "left_at"]).where("id", "=", id).executeTakeFirst();
  if (row === undefined) return null;
  const roles = await step
    .selectFrom("staff_role")
    .select(["store", "role"])
    .where("staff", "=", id)
    .orderBy("store")
    .execute();
  return {
    name: row.name,
    roles: Object.fromEntries(roles.map(({ store, role }) => [store, role])),
    hasLeft: row.left_at !== null,
  };
}

/** What an approval of a change is bound to: whom it is about, and exactly what becomes of them. */
export function changeSubject(id: string, change: unknown): string {
  return `${id}#${createHash("sha256").update(JSON.stringify(change)).digest("hex").slice(0, 32)}`;
}

/** Adds somebody with a new PIN, which is answered here and nowhere kept in clear. */
export async function addStaff(
  step: Database,
  parts: EditParts,
  { name, roles }: Pick<StaffChange, "name" | "roles">,
  by: By,
): Promise<{ readonly id: StaffId; readonly pin: string }> {
  const id = `staff-${randomCrockford(parts.random, idLength).toLowerCase()}` as StaffId;
  const { pin, row } = await newPin(parts, id, by);
  await step
    .insertInto("staff")
    .values({ id, name, left_at: null, ...row })
    .execute();
  await putRoles(step, id, roles);
  await audit(step, parts.random, {
    ...told(by),
    store: null,
    act: "staffAdded",
    subject: id,
    after: { name, roles: asRecord(roles) },
    at: parts.clock.now(),
  });
  return { id, pin };
}

/** Gives a person this name and exactly these roles. Somebody without a role signs on nowhere. */
export async function changeStaff(
  step: Database,
  parts: EditParts,
  id: string,
  { name, roles }: Pick<StaffChange, "name" | "roles">,
  by: By,
): Promise<void> {
  const before = await staffNow(step, id);
  if (before === null) return;
  const at = parts.clock.now();
  if (before.name !== name) {
    await step.updateTable("staff").set({ name }).where("id", "=", id).execute();
    await step.updateTable("office_person").set({ name }).where("staff", "=", id).execute();
    const entry = {
      store: null,
      act: "staffRenamed",
      subject: id,
      before: { name: before.name },
      after: { name },
    } as const;
    await audit(step, parts.random, { ...told(by), ...entry, at });
  }
  const after = asRecord(roles);
  await putRoles(step, id, roles);
  for (const store of new Set([...Object.keys(before.roles), ...Object.keys(after)])) {
    const [was, is] = [before.roles[store] ?? null, after[store] ?? null];
    if (was === is) continue;
    const entry = { store, act: "roleChanged", subject: id, before: { role: was }, after: { role: is } } as const;
    await audit(step, parts.random, { ...told(by), ...entry, at });
  }
}

/** Gives a person a new PIN and forgets wrong tries. */
export async function renewPin(step: Database, parts: EditParts, id: string, by: By): Promise<string> {
  const { pin, row } = await newPin(parts, id, by);
  await step.updateTable("staff").set(row).where("id", "=", id).execute();
  await step.deleteFrom("staff_try").where("staff", "=", id).execute();
  const entry = { store: null, act: "pinRenewed", subject: id } as const;
  await audit(step, parts.random, { ...told(by), ...entry, at: parts.clock.now() });
  return pin;
}

/**
 * Takes the PIN that somebody chose for themselves; whoever calls has seen the old one. `byPin`: that alone proved who it is. If somebody
 * else had the old one made and knows it, it may have been them, so that they are taken to know the new one too; who has signed in to
 * the office by a secret of their own is believed.
 */
export async function choosePin(
  step: Database,
  parts: EditParts,
  id: string,
  pin: string,
  proved: "byPin" | "inOffice" = "inOffice",
): Promise<void> {
  const row = await sealedPin(parts, id, pin);
  const { pin_made_by: before } = await step
    .selectFrom("staff")
    .select("pin_made_by")
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const madeBy = proved === "byPin" ? (before ?? id) : id;
  await step
    .updateTable("staff")
    .set({ ...row, pin_made_by: madeBy })
    .where("id", "=", id)
    .execute();
  const entry = { store: null, who: id, act: "pinRenewed", subject: id } as const;
  await audit(step, parts.random, { ...entry, at: parts.clock.now() });
}

/** Marks that somebody has left: no till and no office lets them in again; what they did stays theirs. */
export async function leaveStaff(step: Database, parts: EditParts, id: string, by: By): Promise<void> {
  const at = parts.clock.now();
  await step.updateTable("staff").set({ left_at: at }).where("id", "=", id).execute();
  await removeAccess(step, parts, id, by);
  await audit(step, parts.random, { ...told(by), store: null, act: "staffLeft", subject: id, at });
}

/** Takes somebody's way into the office away: password, passkeys, invitations and sessions. */
export async function removeAccess(step: Database, parts: EditParts, id: string, by: By): Promise<void> {
  const at = parts.clock.now();
  const removed = await step
    .updateTable("office_person")
    .set({ removed_at: at, salt: null, password: null, set_at: at })
    .where("id", "=", id)
    .where("removed_at", "is", null)
    .executeTakeFirst();
  if (removed.numUpdatedRows !== 1n) return;
  await step.deleteFrom("passkey").where("person", "=", id).execute();
  await step
    .updateTable("office_invitation")
    .set({ used_at: at })
    .where("person", "=", id)
    .where("used_at", "is", null)
    .execute();
  await endSessions(step, id, at);
  await audit(step, parts.random, { ...told(by), store: null, act: "accessRemoved", subject: id, at });
}

async function newPin(parts: EditParts, id: string, by: By) {
  const pin = makePin(parts.random);
  return { pin, row: { ...(await sealedPin(parts, id, pin)), pin_made_by: by.who } };
}

async function sealedPin(parts: EditParts, id: string, pin: string) {
  const salt = makeSalt(parts.random);
  const secret_sealed = parts.keys.seal(await pinSecret(pin, salt), secretContext(id));
  return { salt, secret_sealed, pin_set_at: parts.clock.now() };
}

async function putRoles(step: Database, staff: string, roles: Roles): Promise<void> {
  await step.deleteFrom("staff_role").where("staff", "=", staff).execute();
  if (roles.length > 0)
    await step
      .insertInto("staff_role")
      .values(roles.map(({ store, role }) => ({ store, staff, role })))
      .execute();
}

function asRecord(roles: Roles): Readonly<Record<string, string>> {
  return Object.fromEntries(roles.map(({ store, role }) => [store, role]));
}

function told({ who, secondPerson }: By): { readonly who: string; readonly secondPerson: string | null } {
  return { who, secondPerson };
}
