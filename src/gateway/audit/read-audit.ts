import { sql } from "kysely";
import { officePageMax } from "../../contract/office.ts";
import type { AuditFilter, AuditPage, AuditRow } from "../../contract/audit.ts";
import type { Instant } from "../../domain/clock.ts";
import { instantOfLocal, isDate, plusDays } from "../../domain/local-time.ts";
import { everyNamedThing } from "../office/named-things.ts";
import { namesOf } from "../office/person.ts";
import type { Database } from "../store/database.ts";
import { wholeChain } from "./audit.ts";

/** Rows of a file are read so many at a time. */
const readAtOnce = 500;

/** The newest entries of `filter` in `stores` (and, where it names no store, the chain's own), a page of them, with how many there are in all. */
export async function readAudit(
  database: Database,
  stores: readonly string[],
  filter: AuditFilter,
): Promise<AuditPage> {
  const names = await namesAndPlaces(database);
  const rows = await found(database, stores, filter, await zoneOf(database))
    .selectAll()
    .$if(filter.before !== undefined, (query) => query.where("id", "<", filter.before ?? ""))
    .orderBy("id", "desc")
    .limit(officePageMax + 1)
    .execute();
  const { n } = await found(database, stores, filter, await zoneOf(database))
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow();
  const people = await namesOf(database);
  const page = rows.slice(0, officePageMax);
  const actions = await actionsOf(database, page);
  return {
    entries: page.map((row) => shownAs(row, names, actions)),
    next: rows.length > officePageMax ? (page.at(-1)?.id ?? null) : null,
    count: Number(n),
    people: [...people].map(([id, name]) => ({ id, name })),
    names: await everyNamedThing(database),
  };
}

/** Every entry of `filter`, oldest first, read piece by piece. */
export async function* everyEntry(
  database: Database,
  stores: readonly string[],
  filter: AuditFilter,
): AsyncGenerator<AuditRow> {
  const names = await namesAndPlaces(database);
  const zone = await zoneOf(database);
  for (let after = ""; ;) {
    const rows = await found(database, stores, filter, zone)
      .selectAll()
      .where("id", ">", after)
      .orderBy("id")
      .limit(readAtOnce)
      .execute();
    const actions = await actionsOf(database, rows);
    for (const row of rows) yield shownAs(row, names, actions);
    const last = rows.at(-1);
    if (last === undefined || rows.length < readAtOnce) return;
    after = last.id;
  }
}

function found(database: Database, stores: readonly string[], filter: AuditFilter, zone: string) {
  const { from, to, who, act, query } = filter;
  const part = `%${(query ?? "").replaceAll(/[\\%_]/g, (each) => `\\${each}`)}%`;
  return database
    .selectFrom("audit_entry")
    .where("store", "in", filter.store === undefined ? [wholeChain, ...stores] : ["", ...stores])
    .$if(from !== undefined, (rows) => rows.where("at", ">=", startOf(from ?? "", zone)))
    .$if(to !== undefined, (rows) =>
      rows.where("at", "<", startOf(isDate(to ?? "") ? plusDays(to ?? "", 1) : "", zone)),
    )
    .$if(who !== undefined, (rows) => rows.where("who", "=", who ?? ""))
    .$if(act !== undefined, (rows) => rows.where("act", "=", act ?? ""))
    .$if(query !== undefined && query.trim() !== "", (rows) =>
      rows.where(
        sql<boolean>`concat_ws(' ', subject, reason, "before"::text, "after"::text, second_person,
          (select name from staff where staff.id = subject), (select label from till where till.id = subject)) ilike ${part}`,
      ),
    );
}

function startOf(day: string, zone: string): number {
  return isDate(day) ? instantOfLocal(day, 0, zone) : 0;
}

function shownAs(
  row: {
    readonly id: string;
    readonly store: string;
    readonly at: number;
    readonly who: string | null;
    readonly act: string;
    readonly subject: string;
    readonly before: unknown;
    readonly after: unknown;
    readonly reason: string | null;
    readonly second_person: string | null;
  },
  names: ReadonlyMap<string, string>,
  actions: ReadonlyMap<string, string>,
): AuditRow {
  return {
    id: row.id,
    at: row.at as Instant,
    store: row.store === wholeChain ? null : row.store,
    who: row.who,
    whoName: row.who === null ? null : (names.get(row.who) ?? row.who),
    act: row.act,
    subject: row.subject,
    subjectName: names.get(row.subject) ?? null,
    action: actions.get(mendingOf(row.subject) ?? "") ?? null,
    before: row.before,
    after: row.after,
    reason: row.reason,
    secondPerson: row.second_person,
    secondName: row.second_person === null ? null : (names.get(row.second_person) ?? row.second_person),
  };
}

/** The mending that an approval was bound to (`mending/{id}/…`); null of every other subject. */
function mendingOf(subject: string): string | null {
  const [kind, id] = subject.split("/", 2);
  return kind === "mending" ? (id ?? null) : null;
}

/** By which action the mendings were to mend that `rows` are approvals of; by their ids. */
async function actionsOf(
  database: Database,
  rows: readonly { readonly store: string; readonly subject: string }[],
): Promise<ReadonlyMap<string, string>> {
  const about = rows.filter(({ subject }) => mendingOf(subject) !== null);
  if (about.length === 0) return new Map();
  const ids = new Set(about.flatMap(({ subject }) => mendingOf(subject) ?? []));
  const stores = new Set(about.map(({ store }) => store));
  // a yes about several stores is the chain's, its mending one of theirs
  if (stores.has(wholeChain))
    for (const { id } of await database.selectFrom("store").select("id").execute()) stores.add(id);
  const mendings = await database
    .selectFrom("mending")
    .select(["id", "action"])
    .where("store", "in", [...stores])
    .where("id", "in", [...ids])
    .execute();
  return new Map(mendings.map(({ id, action }) => [id, action]));
}

/** People, tills and stores by id: what a subject is called. */
async function namesAndPlaces(database: Database): Promise<ReadonlyMap<string, string>> {
  const tills = await database.selectFrom("till").select(["id", "label"]).execute();
  const stores = await database.selectFrom("store").select(["id", "name"]).execute();
  const places = [
    ...tills.map(({ id, label }) => [id, label] as const),
    ...stores.map(({ id, name }) => [id, name] as const),
  ];
  return new Map([...places, ...(await namesOf(database))]);
}

async function zoneOf(database: Database): Promise<string> {
  const row = await database.selectFrom("store").select("zone").orderBy("id").executeTakeFirst();
  return row?.zone ?? "UTC";
}
