import { sql, type RawBuilder } from "kysely";
import { alertsPageMax, type AlertRow, type AlertsFilter, type OfficeAlerts } from "../../contract/alerts.ts";
import { isTold } from "../../domain/alert-rule.ts";
import type { Instant } from "../../domain/clock.ts";
import type { StoreId } from "../../domain/identifier.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { identityOf } from "../approvals/entitled-people.ts";
import { permitsInOffice } from "../office/entitled.ts";
import type { OfficePass } from "../routes/passes.ts";
import type { AlertStoredRow } from "../store/alert-tables.ts";
import type { DifferenceRow } from "../store/bill-tables.ts";
import type { Database } from "../store/database.ts";
import { cursorOf, olderThan } from "../store/list-cursor.ts";
import { alertRulesIn } from "./alert-rules.ts";

type About = { readonly [Name in "account" | "side" | "number" | "class"]: DifferenceRow[Name] | null };
type ShownRow = AlertStoredRow &
  About & { readonly channel: string | null; readonly cause: string | null; readonly read_at: number | null };

/** A mark that is older than the alert was for the one before it. */
const isUnread = sql<boolean>`a.closed_at is null and (r.at is null or r.at < a.made_at)`;

/** What this person is told, the newest first, in every store whose rule names them and whose figures they may see. */
export async function alertsFor(database: Database, pass: OfficePass, filter: AlertsFilter): Promise<OfficeAlerts> {
  const stores = await storesTold(database, pass);
  const person = identityOf(pass);
  const asked = filter.state === "all" ? sql<boolean>`true` : sql<boolean>`a.closed_at is null`;
  const { rows } = await sql<ShownRow>`
    select a.*, d.account, d.side, d.number, d.class, d.channel, d.cause,
      case when r.at >= a.made_at then r.at end as read_at
    from ${alertsOf(stores, person)}
    left join difference d on d.store = a.store and d.id = a.difference
    where ${asked} and ${olderThan(filter.before, ["a.made_at", "a.store", "a.id"])}
    order by a.made_at desc, a.store desc, a.id desc limit ${alertsPageMax + 1}
  `.execute(database);
  const { rows: counted } = await sql<{ count: number; unread: number }>`
    select count(*)::integer as count, (count(*) filter (where ${isUnread}))::integer as unread
    from ${alertsOf(stores, person)} where a.closed_at is null
  `.execute(database);
  const page = rows.slice(0, alertsPageMax);
  const last = page.at(-1);
  return {
    alerts: page.map(shown),
    next: rows.length > page.length && last !== undefined ? cursorOf(last.made_at, last.store, last.id) : null,
    count: counted[0]?.count ?? 0,
    unread: counted[0]?.unread ?? 0,
  };
}

/** Notes that this person has read one alert, or all that are open; what they are not told they cannot mark. */
export async function readAlerts(
  step: Database,
  pass: OfficePass,
  alert: { readonly of: string; readonly id: string } | undefined,
  at: Instant,
): Promise<void> {
  const stores = await storesTold(step, pass);
  const person = identityOf(pass);
  const named = alert === undefined ? sql<boolean>`true` : sql<boolean>`a.store = ${alert.of} and a.id = ${alert.id}`;
  await sql`
    insert into alert_read (store, alert, person, at)
    select a.store, a.id, ${person}, ${at} from ${alertsOf(stores, person)} where ${isUnread} and ${named}
    on conflict (store, alert, person) do update set at = excluded.at
  `.execute(step);
}

/** Alerts of these stores with this person's marks: what stands between `from` and `where`. */
function alertsOf(stores: readonly string[], person: string): RawBuilder<unknown> {
  return sql`(select * from alert where store = any(${stores})) a
    left join alert_read r on r.store = a.store and r.alert = a.id and r.person = ${person}`;
}

async function storesTold(step: Database, pass: OfficePass): Promise<readonly string[]> {
  const seen = [...pass.roles].filter(([store]) => permitsInOffice(pass, store, "seeFigures") === "allowed");
  const rules = await alertRulesIn(
    step,
    seen.map(([store]) => store),
  );
  const person = identityOf(pass);
  return seen.flatMap(([store, role]) => {
    const rule = rules.get(store);
    return rule !== undefined && isTold(rule, role, person) ? [store] : [];
  });
}

function shown(row: ShownRow): AlertRow {
  const { account, side, number } = row;
  const about = { account, side, number, class: row.class, channel: row.channel, cause: row.cause ?? "" };
  return {
    store: row.store as StoreId,
    id: row.id,
    kind: row.kind,
    about: row.difference === null ? null : (about as AlertRow["about"]),
    day: row.day,
    amount: money(row.amount, (row.currency === "" ? "CNY" : row.currency) as CurrencyCode),
    threshold: row.threshold,
    madeAt: row.made_at as Instant,
    closedAt: row.closed_at as Instant | null,
    readAt: row.read_at as Instant | null,
  };
}
