import type { FastifyReply } from "fastify";
import * as z from "zod/mini";
import { permissionTables as permissionTablesSchema, ruleChange } from "../../contract/permissions.ts";
import { staffAdd, staffChange, staffDeed } from "../../contract/people.ts";
import { entitle, type EntitleRefusal } from "../approvals/entitle.ts";
import { identityOf, readJudges } from "../approvals/entitled-people.ts";
import { audit, wholeChain } from "../audit/audit.ts";
import { addressesOf } from "../config.ts";
import { isEverywhere, permitsInOffice, storesFor } from "../office/entitled.ts";
import { makeOnce, type OnceRefusal } from "../office/make-once.ts";
import { invite } from "../office/invite.ts";
import { endSession } from "../office/own-access.ts";
import { officeStaff } from "../office/staff.ts";
import type { GatewayParts } from "../parts.ts";
import { isOwnersAlone, permissionTables, setRule, whyNever } from "../staff/edit-permissions.ts";
import {
  addStaff,
  changeStaff,
  changeSubject,
  leaveStaff,
  removeAccess,
  renewPin,
  staffNow,
  type By,
} from "../staff/edit-staff.ts";
import { inTransaction, type Database } from "../store/database.ts";
import { officeOf } from "./access.ts";
import { notEntitled } from "./entitling.ts";
import { notMadeAgain } from "./made-once.ts";
import type { OfficePass } from "./passes.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";

const staffs = { config: { who: { access: "office", act: "editStaff", store: "found", asks: true } } } as const;
const rules = { config: { who: { access: "office", act: "editPermissions", store: "found", asks: true } } } as const;
const named = z.object({ id: z.string().check(z.minLength(1), z.maxLength(64)) });
const deed = { ...staffs, schema: { params: named, body: staffDeed } } as const;

type Refusal = EntitleRefusal | OnceRefusal | "notFound" | "nameTaken" | "otherStores" | "ownerOnly";
type Change = {
  readonly stores: readonly string[];
  readonly id: string;
  readonly change: unknown;
  /** Whom it is about, and what becomes of them: `store=role` each, or `deed:` and its name. The page has words for them. */
  readonly after: readonly [name: string, what: string];
  readonly approval: string | undefined;
  readonly leaving?: string;
};

/** Who works here: added, changed, let in and out, each with another person's yes, also the owner's where there is one; and the table of who may do what. */
export function staffRoutes(server: GatewayServer, parts: GatewayParts): void {
  server.get("/v1/office/staff", staffs, async (request) => {
    const pass = officeOf(request);
    const { people } = await officeStaff(parts, pass, storesFor(pass, "editStaff"));
    const asked = { store: wholeChain, act: "editStaff", size: 0, asked_by: identityOf(pass) };
    return { people, isAlone: (await readJudges(parts.database)).peopleFor(asked).length === 0 };
  });
  changeRoutes(server, parts);
  deedRoutes(server, parts);
  permissionRoutes(server, parts);
}

function changeRoutes(server: GatewayServer, parts: GatewayParts): void {
  server.post("/v1/office/staff", { ...staffs, schema: { body: staffAdd } }, async (request, reply) => {
    const pass = officeOf(request);
    const { id, name, roles, approval } = request.body;
    const add = async (step: Database): Promise<Result<object, Refusal>> => {
      if (!mayGive(pass, roles)) return refuse("otherStores");
      const by = await agreed(step, parts, pass, {
        stores: roles.map(({ store }) => store),
        id: "new",
        change: { name, roles },
        after: [name, rolesText(roles)],
        approval,
      });
      return by.ok ? ok(await addStaff(step, parts, { name, roles }, by.value)) : by;
    };
    const asking = { id, who: pass.person, kind: "staff", content: { name, roles } } as const;
    const done = await inTransaction(parts.database, (step) => makeOnce(step, parts, asking, () => add(step)));
    return done.ok ? done.value : refused(reply, done.refusal);
  });

  server.put(
    "/v1/office/staff/:id",
    { ...staffs, schema: { params: named, body: staffChange } },
    async (request, reply) => {
      const pass = officeOf(request);
      const { name, roles, approval } = request.body;
      const { id } = request.params;
      const done = await inTransaction(parts.database, async (step): Promise<Result<unknown, Refusal>> => {
        const now = await staffNow(step, id);
        if (now === null || now.hasLeft || !mayTouch(pass, now.roles)) return refuse("notFound");
        if (!mayGive(pass, roles)) return refuse("otherStores");
        const change = { name, roles, was: now };
        const stores = [...Object.keys(now.roles), ...roles.map(({ store }) => store)];
        const after = [name, rolesText(roles)] as const;
        const by = await agreed(step, parts, pass, { stores, id, change, after, approval });
        if (!by.ok) return by;
        await changeStaff(step, parts, id, { name, roles }, by.value);
        return ok({ id });
      });
      return done.ok ? done.value : refused(reply, done.refusal);
    },
  );
}

function deedRoutes(server: GatewayServer, parts: GatewayParts): void {
  const does = (
    name: string,
    work: (step: Database, id: string, by: By) => Promise<Result<unknown, Refusal>>,
  ): void => {
    server.post(`/v1/office/staff/:id/${name}`, deed, async (request, reply) => {
      const pass = officeOf(request);
      const { id } = request.params;
      const done = await inTransaction(parts.database, async (step): Promise<Result<unknown, Refusal>> => {
        const now = await staffNow(step, id);
        if (now === null || now.hasLeft || !mayTouch(pass, now.roles)) return refuse("notFound");
        const stores = Object.keys(now.roles);
        const change = {
          stores,
          id,
          change: { deed: name },
          after: [now.name, `deed:${name}`] as const,
          approval: request.body.approval,
          ...(name === "leavings" || name === "removals" ? { leaving: id } : {}),
        };
        const by = await agreed(step, parts, pass, change);
        return by.ok ? work(step, id, by.value) : by;
      });
      return done.ok ? done.value : refused(reply, done.refusal);
    });
  };
  does("pins", async (step, id, by) => ok({ id, pin: await renewPin(step, parts, id, by) }));
  does("leavings", async (step, id, by) => {
    await leaveStaff(step, parts, id, by);
    return ok({ id });
  });
  does("removals", async (step, id, by) => {
    await removeAccess(step, parts, id, by);
    return ok({ id });
  });
  does("invitations", async (step, id, by) => {
    const invited = await invite(step, parts, id);
    if (!invited.ok) return invited;
    const { code, until } = invited.value;
    const entry = { store: null, who: by.who, act: "invited", subject: id, secondPerson: by.secondPerson } as const;
    await audit(step, parts.random, { ...entry, at: parts.clock.now() });
    return ok({ code, until, address: `${addressesOf(parts.config).office}/#invited=${code}` });
  });

  server.delete("/v1/office/sessions/:id", { ...staffs, schema: { params: named } }, async (request, reply) => {
    const pass = officeOf(request);
    if (!pass.isOwner) return problem(reply, "notFound", "Only the owner ends other people's sessions.");
    const at = parts.clock.now();
    const whose = await inTransaction(parts.database, async (step) => {
      const person = await endSession(step, request.params.id, null, at);
      const entry = { store: null, who: pass.person, act: "sessionEnded", subject: person ?? "" } as const;
      if (person !== null) await audit(step, parts.random, { ...entry, at });
      return person;
    });
    return whose === null ? problem(reply, "notFound", "There is no such session.") : { id: whose };
  });
}

function permissionRoutes(server: GatewayServer, parts: GatewayParts): void {
  server.get("/v1/office/permissions", rules, async (request) =>
    permissionTables(parts.database, storesFor(officeOf(request), "editPermissions")),
  );

  server.put("/v1/office/permissions", { ...rules, schema: { body: ruleChange } }, async (request, reply) => {
    const pass = officeOf(request);
    const { approval, ...change } = request.body;
    const never = whyNever(change);
    if (never !== null) return problem(reply, "badRequest", nevers[never]);
    const done = await inTransaction(parts.database, async (step): Promise<Result<null, Refusal>> => {
      const { store, role, act, rule } = change;
      const isHere =
        store === undefined
          ? isEverywhere(pass, "editPermissions")
          : permitsInOffice(pass, store, "editPermissions") !== "refused";
      if (!isHere) return refuse("otherStores");
      if (!pass.isOwner && (await isOwnersAlone(step, change))) return refuse("ownerOnly");
      const by = await entitle(step, parts, pass, {
        store: store ?? null,
        act: "editPermissions",
        subject: changeSubject(`${role}/${act}`, { store: store ?? null, rule }),
        size: 0,
        amount: null,
        reason: "",
        shown: [
          { label: "what", text: `${role}/${act}` },
          { label: "after", text: JSON.stringify(rule).slice(0, 200) },
        ],
        approval,
      });
      if (!by.ok) return by;
      await setRule(step, parts, change, { who: pass.person, secondPerson: by.value.secondPerson });
      return ok(null);
    });
    if (!done.ok) return refused(reply, done.refusal);
    return permissionTablesSchema.parse(await permissionTables(parts.database, storesFor(pass, "editPermissions")));
  });
}

/** Whether another person agreed to a change of the staff, or there is none who could. */
async function agreed(
  step: Database,
  parts: GatewayParts,
  pass: OfficePass,
  { stores, id, change, after, approval, leaving }: Change,
): Promise<Result<By, EntitleRefusal>> {
  const by = await entitle(step, parts, pass, {
    store: stores,
    act: "editStaff",
    subject: changeSubject(id, change),
    size: 0,
    amount: null,
    reason: "",
    shown: [
      { label: "who", text: after[0] },
      { label: "after", text: after[1].slice(0, 200) },
    ],
    approval,
    ...(leaving === undefined ? {} : { leaving }),
  });
  return by.ok ? ok({ who: pass.person, secondPerson: by.value.secondPerson }) : by;
}

type Roles = readonly { readonly store: string; readonly role: string }[];

/** Only the owner makes owners, and nobody gives a role in a store that is not theirs. */
function mayGive(pass: OfficePass, roles: Roles): boolean {
  if (new Set(roles.map(({ store }) => store)).size !== roles.length) return false;
  if (!roles.every(({ store }) => pass.permissions.has(store as never))) return false;
  const mine = storesFor(pass, "editStaff") as readonly string[];
  return pass.isOwner || roles.every(({ store, role }) => role !== "owner" && mine.includes(store));
}

function mayTouch(pass: OfficePass, roles: Readonly<Record<string, string>>): boolean {
  return mayGive(
    pass,
    Object.entries(roles).map(([store, role]) => ({ store, role })),
  );
}

function rolesText(roles: Roles): string {
  return roles.map(({ store, role }) => `${store}=${role}`).join(", ");
}

function refused(reply: FastifyReply, refusal: Refusal): FastifyReply {
  if (refusal === "notFound") return problem(reply, "notFound", "There is nobody of that id in your stores.");
  if (refusal === "nameTaken")
    return problem(reply, "taken", "Somebody else signs in by that name: change one of the two.");
  if (refusal === "otherStores")
    return problem(reply, "forbidden", "Only roles below owner, in your own stores, one a store.");
  if (refusal === "ownerOnly") return problem(reply, "forbidden", "Only the owner lets something be done alone.");
  if (refusal === "differentRequest" || refusal === "madeBefore") return notMadeAgain(reply, refusal);
  return notEntitled(reply, refusal);
}

const nevers = {
  locksOut: "The owner keeps the right to edit staff and this table.",
  neverAlone: "This is never done alone: only what is done at a till may be.",
} as const;
