import { sql } from "kysely";
import type { Configuration } from "../config.ts";
import { isOwned } from "../office/owner.ts";
import { sampleStores } from "../sample-shop/shop.ts";
import { openPostgres, type Database, type OpenDatabase } from "../store/database.ts";
import { migrations } from "../store/migrations/list.ts";

/** Before it, everybody may make tables in a new database. */
const versionMin = 15;

/** What the role that asks may do. */
type RoleFacts = {
  readonly role: string;
  readonly database: string;
  readonly identity: string;
  readonly version: number;
  readonly encoding: string;
  readonly powers: readonly string[];
  readonly owns: number;
  readonly mayCreate: boolean;
};

/** The addresses of an own shop's database. */
export type DatabaseUrls = { readonly url: string; readonly ownerUrl: string | null };

/** What was found in a database and about who asks it. */
export type DatabaseFindings = {
  readonly isReached: boolean;
  /** What stands against address, server and roles, a line each. */
  readonly access: readonly string[];
  /** What stands against whose shop lies in it. */
  readonly content: readonly string[];
  /** Whether this shop lies in it already, if only its owner: from then on its keys must be there. */
  readonly isInUse: boolean;
};

/** Looks at a database by its addresses, for such a shop; changes nothing. */
export async function databaseFaults(urls: DatabaseUrls, shop: Configuration["shop"]): Promise<DatabaseFindings> {
  const shape = [...urlFault("database.url", urls.url), ...urlFault("database.ownerUrl", urls.ownerUrl)];
  if (shape.length > 0) return { isReached: false, access: shape, content: [], isInUse: false };
  // before the first migration the application may look at nothing: then the owner looks
  const application = await asking("database.url", urls.url, async (database, facts) => ({
    access: roleFaults(facts),
    ...(urls.ownerUrl === null ? await contentOf(database, shop, false) : nothing),
  }));
  const owner =
    urls.ownerUrl === null
      ? null
      : await asking("database.ownerUrl", urls.ownerUrl, async (database, facts) => ({
          access: ownerFaults(facts),
          ...(await contentOf(database, shop, true)),
        }));
  const together =
    application.facts === null || owner === null || owner.facts === null
      ? []
      : await pairFaults(urls, application.facts, owner.facts);
  return {
    isReached: application.facts !== null && owner?.facts !== null,
    access: [...application.access, ...(owner?.access ?? []), ...together],
    content: [...application.content, ...(owner?.content ?? [])],
    isInUse: application.isInUse || owner?.isInUse === true,
  };
}

type Content = Pick<DatabaseFindings, "content" | "isInUse">;
type Looked = Content & Pick<DatabaseFindings, "access">;
const nothing: Content = { content: [], isInUse: false };
const only = (line: string): Content => ({ content: [line], isInUse: false });
type Told = Looked & { readonly facts: RoleFacts | null };

function urlFault(what: string, url: string | null): string[] {
  if (url === null || /^postgres(?:ql)?:\/\/[^:@/]+(?::[^@]*)?@[^@]*\/[^/?]+/.test(url)) return [];
  return [`${what} is no address of PostgreSQL: postgres://ROLE:PASSWORD@HOST/DATABASE`];
}

async function asking(
  what: string,
  url: string,
  look: (database: OpenDatabase, facts: RoleFacts) => Promise<Looked>,
): Promise<Told> {
  const database = openPostgres(url, () => undefined, 1);
  try {
    const facts = await factsOf(database);
    return { facts, ...(await look(database, facts)) };
  } catch (trouble) {
    // not reached, or not let in: the address without its password tells which one was tried
    const why = trouble instanceof Error ? trouble.message : String(trouble);
    const place = url.replace(/^[a-z]+:\/\/([^:@/]+)(?::[^@]*)?@/, "$1@").replace(/\?.*$/, "");
    const line = `${what}: PostgreSQL does not answer as ${place}: ${why}. Look at host, database, role and password.`;
    return { facts: null, access: [line], ...nothing };
  } finally {
    await database.destroy();
  }
}

async function factsOf(database: Database): Promise<RoleFacts> {
  const { rows } = await sql<RoleFacts>`
    select current_user::text as role, current_database()::text as database,
      (select oid::text from pg_database where datname = current_database()) || '/' || pg_postmaster_start_time()::text as identity,
      current_setting('server_version_num')::integer / 10000 as version, current_setting('server_encoding') as encoding,
      array_remove(array[case when rolsuper then 'SUPERUSER' end, case when rolcreaterole then 'CREATEROLE' end,
        case when rolcreatedb then 'CREATEDB' end, case when rolreplication then 'REPLICATION' end,
        case when rolbypassrls then 'BYPASSRLS' end], null) as powers,
      (select count(*)::integer from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relowner = r.oid) as owns,
      has_schema_privilege('public', 'CREATE') as "mayCreate"
    from pg_roles r where rolname = current_user`.execute(database);
  const [facts] = rows;
  if (facts === undefined) throw new Error("the role is not listed");
  return facts;
}

function roleFaults({ role, powers, owns, mayCreate, database, version, encoding }: RoleFacts): string[] {
  const lines: string[] = [];
  if (!/^[a-z_][a-z0-9_]*$/.test(role))
    lines.push(`database.url: the role ${role} needs a plain name: small letters, digits and _ only.`);
  if (powers.length > 0)
    lines.push(
      `database.url: the role ${role} may too much (${powers.join(", ")}), and could change closed books: alter role ${role} ${powers.map((power) => `no${power.toLowerCase()}`).join(" ")}`,
    );
  else if (owns > 0)
    lines.push(
      `database.url: the role ${role} owns ${owns} tables, and could change closed books. Connect as a role of its own that owns nothing; the owner's address goes into database.ownerUrl.`,
    );
  else if (mayCreate)
    lines.push(`database.url: the role ${role} may make tables: revoke create on schema public from public, ${role}`);
  if (version < versionMin) lines.push(`database.url: PostgreSQL ${version} is too old. Take ${versionMin} or newer.`);
  if (encoding !== "UTF8")
    lines.push(`database.url: ${database} is kept in ${encoding}. Make a database with encoding UTF8.`);
  return lines;
}

function ownerFaults({ role, mayCreate, database }: RoleFacts): string[] {
  return mayCreate
    ? []
    : [
        `database.ownerUrl: the role ${role} may not make tables in ${database}: alter database ${database} owner to ${role}`,
      ];
}

async function pairFaults(urls: DatabaseUrls, application: RoleFacts, owner: RoleFacts): Promise<string[]> {
  const lines: string[] = [];
  if (application.identity !== owner.identity)
    lines.push(
      `database.url and database.ownerUrl lead to two databases (${application.database}, ${owner.database}): they must be one.`,
    );
  if (application.role === owner.role)
    lines.push(
      `database.url and database.ownerUrl name one role (${owner.role}): make a second one that owns nothing, create role kuantai_application login password '…', and put it into database.url.`,
    );
  else if (application.identity === owner.identity && (await isMember(urls.url, owner.role)))
    lines.push(
      `database.url: the role ${application.role} is a member of ${owner.role}, and could change closed books: revoke ${owner.role} from ${application.role}`,
    );
  return lines;
}

async function isMember(url: string, owner: string): Promise<boolean> {
  const database = openPostgres(url, () => undefined, 1);
  try {
    const { rows } = await sql<{
      member: boolean;
    }>`select pg_has_role(current_user, ${owner}::name, 'MEMBER') and not (select rolsuper from pg_roles where rolname = current_user) as member`.execute(
      database,
    );
    return rows[0]?.member === true;
  } finally {
    await database.destroy();
  }
}

/** Whose shop the database holds, and whether its schema is this program's. */
async function contentOf(database: Database, shop: Configuration["shop"], mayMigrate: boolean): Promise<Content> {
  const { rows } = await sql<{
    here: string | null;
    open: boolean | null;
    shop: boolean;
  }>`select t.here::text, has_table_privilege(t.here, 'SELECT') as open, to_regclass('public.provider_account') is not null as shop
    from (select to_regclass('public.migration') as here) t`.execute(database);
  const [found] = rows;

  if (found === undefined || found.here === null)
    return mayMigrate
      ? nothing
      : only(
          `database.url: the database is empty, and database.ownerUrl is missing: name the role that makes the tables.`,
        );
  if (found.open !== true)
    return only(
      mayMigrate
        ? `database.ownerUrl: the tables are another role's. Name the role that made them.`
        : `database.url: the role may not read the tables: npm start with database.ownerUrl grants it what it needs.`,
    );
  const done = new Set((await database.selectFrom("migration").select("number").execute()).map(({ number }) => number));
  if (!mayMigrate && migrations.some(({ number }) => !done.has(number)))
    return only(
      `database.url: the tables are of an older version, and database.ownerUrl is missing: name the role that owns them.`,
    );
  return found.shop ? shopIn(database, shop) : nothing;
}

/** A demo's data never become a real shop's, nor the other way round. */
async function shopIn(database: Database, shop: Configuration["shop"]): Promise<Content> {
  const stores = await database.selectFrom("store").select(["id", "name", "currency"]).execute();
  const samples = new Set<string>(sampleStores.map(({ id }) => id));
  const isDemo = stores.some(({ id }) => samples.has(id));
  if (shop.kind === "demo" && stores.length > 0 && !isDemo)
    return only(
      `The database holds a real shop, and shop.kind is "demo". Start the demo on another database and data folder.`,
    );
  if (shop.kind === "own" && isDemo)
    return only(`The database holds the demo shop, and shop.kind is "own". Make an empty database for the real shop.`);
  const played = await database.selectFrom("provider_account").select("id").where("mode", "=", "sandbox").execute();
  if (shop.kind === "own" && played.length > 0)
    return only(
      `The database has accounts with the sandbox (${played.map(({ id }) => id).join(", ")}), which pays with no money. Make an empty database for the real shop.`,
    );
  const other = shop.kind === "own" ? stores.find(({ currency }) => currency !== shop.currency) : undefined;
  if (shop.kind === "own" && other !== undefined)
    return only(
      `shop.currency is ${shop.currency}, and ${other.name} has sold in ${other.currency}: one shop keeps one currency. Write ${other.currency}.`,
    );
  return { content: [], isInUse: stores.length > 0 || (await isOwned(database)) };
}
