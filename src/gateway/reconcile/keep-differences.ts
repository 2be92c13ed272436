import { sql } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import type { BreakClass, Verdict } from "../../domain/reconciliation/verdict.ts";
import { postAll, type Posting } from "../books/post.ts";
import type { DifferenceRow } from "../store/bill-tables.ts";
import type { Database } from "../store/database.ts";
import type { Identity, ItemPlace, MatchedAccount } from "./identity.ts";
import { isHeard, tellEvent } from "../webhooks/tell-event.ts";
import { undoMendings } from "./undo-mendings.ts";
import { isUnexplained, unexplainedPosting } from "./unexplained.ts";

/** An identity with what it came to: nothing when all sides agree. */
export type Judged = {
  readonly identity: Identity;
  readonly verdicts: readonly Verdict[];
  readonly place: ItemPlace;
  readonly detail: unknown;
  /** The only class that it says something of: others of the same identity stand as they are. All, where it is not told. */
  readonly about?: BreakClass;
  /** What is found ends by itself at once, under this name: it stands among what is mended and is nobody's break. */
  readonly endedBy?: string;
  /** Whether it is what somebody has settled there; where it is not told, the amount says. */
  isSameAs?(settled: Settled, fresh: Pick<DifferenceRow, "class" | "amount">): boolean;
};

/** What stood there when somebody settled it, and when. */
export type Settled = Pick<DifferenceRow, "amount" | "detail" | "closed_at">;

/**
 * Keeps what was judged: a new difference opens, one that is gone closes by itself with the reason `agrees`, one that a person has
 * mended stays mended while it is what it was, or waits to be it again; afterwards what settling it had posted goes out in red. What money a difference leaves
 * unexplained is posted with it, and in red when it closes (`books.md` 10, rows 15 and 16).
 */
export async function keepDifferences(
  step: Database,
  account: MatchedAccount,
  judged: readonly Judged[],
  at: Instant,
): Promise<void> {
  const known = await knownOf(step, account, judged);
  const closed: DifferenceRow[] = [];
  const written: DifferenceRow[] = [];
  const changed: DifferenceRow[] = [];
  const postings: Posting[] = [];
  for (const each of judged) {
    const all = known.get(keyOf(each.identity)) ?? [];
    const before = each.about === undefined ? all : all.filter((row) => row.class === each.about);
    const wanted = wantedOf(account, each, before, at);
    const waits = each.verdicts.some(({ kind }) => kind === "waiting");
    for (const old of before)
      if (!wanted.some((row) => row.id === old.id))
        (isOpen(old) ? closed : old.state === "mended" && !waits ? changed : []).push(old);
    for (const row of wanted) {
      const old = before.find((candidate) => candidate.id === row.id);
      if (old !== undefined && (isLeftAlone(old, row, at) || isStillMended(old, row, each))) continue;
      if (old === undefined || old.state === "gone" || old.state === "mended" || old.amount !== row.amount) {
        if (old !== undefined && isOpen(old)) postings.push(...unexplainedPosting(old, true));
        if (old?.state === "mended") changed.push(old);
        const fresh = { ...row, round: (old?.round ?? 0) + 1 };
        written.push(fresh);
        postings.push(...unexplainedPosting(fresh, false));
      } else if (old.until !== row.until || old.bill !== row.bill || isUnplaced(old, row)) {
        written.push({ ...row, round: old.round, opened_at: old.opened_at });
      }
    }
  }
  const undone = await undoMendings(step, changed, at);
  const again = new Set(written.map(({ store, id }) => `${store}/${id}`));
  const gone = undone.map(({ row }) => row).filter(({ store, id }) => !again.has(`${store}/${id}`));
  await writeRows(step, written);
  await closeRows(step, [...closed, ...gone], at);
  await tellBreaks(step, written, at);
  const red = [...closed.flatMap((old) => unexplainedPosting(old, true)), ...undone.flatMap((each) => each.postings)];
  await postAll(step, [...red, ...postings], at);
}

/** What was judged as rows; not what waits to be what somebody has settled already. */
function wantedOf(
  account: MatchedAccount,
  judged: Judged,
  before: readonly DifferenceRow[],
  at: Instant,
): readonly DifferenceRow[] {
  const rows = judged.verdicts.map((verdict) => rowOf(account, judged, verdict, at));
  const settled = before.filter(({ state }) => state === "mended");
  // a refund that goes again waits for its own sake
  const isSettled = ({ state, class: type, amount }: DifferenceRow): boolean =>
    state === "waiting" && type !== "refundUnderWay" && settled.some((old) => old.amount === amount);
  return rows.filter((row) => !isSettled(row));
}

/** New breaks, to whoever wants to hear of them; looked up once, because a bill may find thousands. */
async function tellBreaks(step: Database, rows: readonly DifferenceRow[], at: Instant): Promise<void> {
  const found = rows.filter((row) => row.state === "break" && row.opened_at === at);
  if (found.length === 0 || !(await isHeard(step, "break.found"))) return;
  for (const alike of byCause(found)) {
    const [row] = alike;
    if (row === undefined) continue;
    const amount = { amount: alike.reduce((all, each) => all + each.amount, 0), currency: row.currency };
    const { account, side, number, class: type, day, store, cause } = row;
    const data = { account, side, number, class: type, day, amount, items: alike.length };
    const id = `break.found/${cause === "" ? `${row.id}/${row.round}` : cause}`;
    await tellEvent(step, { store, id, type: "break.found", subject: row.id, data }, at);
  }
}

/** Breaks by store and cause; one without a cause is by itself. */
function byCause(rows: readonly DifferenceRow[]): Iterable<readonly DifferenceRow[]> {
  const found = new Map<string, DifferenceRow[]>();
  for (const row of rows) {
    const key = row.cause === "" ? `${row.store}/${row.id}` : `${row.store} ${row.cause}`;
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  return found.values();
}

/** Earlier builds did not know what only a sale counts by its currency and business date. */
function isUnplaced(old: DifferenceRow, row: DifferenceRow): boolean {
  return old.currency === "" && row.currency !== "";
}

/** A person has said until when it may wait: as it is, it is not red before then. */
function isLeftAlone(old: DifferenceRow, row: DifferenceRow, at: Instant): boolean {
  return old.state === "waiting" && row.state === "break" && old.amount === row.amount && (old.until ?? 0) > at;
}

/** A person has said that it is settled, and it is what it was. */
function isStillMended(old: DifferenceRow, row: DifferenceRow, judged: Judged): boolean {
  return old.state === "mended" && (judged.isSameAs?.(old, row) ?? old.amount === row.amount);
}

function isOpen({ state }: DifferenceRow): boolean {
  return state === "waiting" || state === "break";
}

/** Every difference that these identities ever had. */
async function knownOf(
  step: Database,
  account: MatchedAccount,
  judged: readonly Judged[],
): Promise<ReadonlyMap<string, readonly DifferenceRow[]>> {
  const byKey = new Map<string, DifferenceRow[]>();
  if (judged.length === 0) return byKey;
  const rows = await step
    .selectFrom("difference")
    .selectAll()
    .where("account", "=", account.id)
    .where("store", "in", [...new Set(judged.map(({ identity }) => identity.store))])
    .where("side", "in", [...new Set(judged.map(({ identity }) => identity.side))])
    .where("number", "in", [...new Set(judged.map(({ identity }) => identity.number))])
    .execute();
  for (const row of rows) {
    const key = keyOf(row as Identity);
    byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  return byKey;
}

function keyOf({ store, side, number }: Identity): string {
  return `${store}/${side}/${number}`;
}

function rowOf(
  account: MatchedAccount,
  { identity, place, detail, endedBy }: Judged,
  verdict: Verdict,
  at: Instant,
): DifferenceRow {
  const type = verdict.kind === "break" ? verdict.class : verdict.reason;
  return {
    store: identity.store,
    id: `${account.id}/${identity.side}/${identity.number}/${type}`,
    account: account.id,
    side: identity.side,
    number: identity.number,
    class: type,
    state: endedBy === undefined ? verdict.kind : "mended",
    until: verdict.kind === "waiting" ? verdict.until : null,
    cause: causeOf(account, type, place),
    amount: verdict.amount,
    currency: place.currency,
    day: place.day,
    business_date: place.businessDate,
    attempt: place.attempt,
    sale: place.sale,
    till: place.till,
    staff: place.staff,
    channel: place.channel,
    bill: place.bill,
    detail,
    posting: isUnexplained(type) ? `difference/${account.id}/${identity.side}/${identity.number}/${type}` : "",
    round: 1,
    opened_at: at,
    seen_at: at,
    closed_at: endedBy === undefined ? null : at,
    closed_by: endedBy ?? null,
  };
}

/** What many differences may have in common: one break with its items (`books.md` 3). Empty where each stands for itself. */
function causeOf({ id }: MatchedAccount, type: string, { day, rate, isDayEmpty }: ItemPlace): string {
  if (type === "rateDiffers") return `rate/${id}/${day}/${rate ?? ""}`;
  return type === "withUsNotWithThem" && isDayEmpty === true ? `empty/${id}/${day}` : "";
}

/** Rows in one statement. */
const rowsAtOnce = 2_000;

const names = [
  "store",
  "id",
  "account",
  "side",
  "number",
  "class",
  "state",
  "until",
  "cause",
  "amount",
  "currency",
  "day",
  "business_date",
  "attempt",
  "sale",
  "till",
  "staff",
  "channel",
  "bill",
  "detail",
  "posting",
  "round",
  "opened_at",
  "seen_at",
  "closed_at",
  "closed_by",
] as const satisfies readonly (keyof DifferenceRow)[];

/** What names a difference, and what therefore never changes. */
const fixed: ReadonlySet<string> = new Set(["store", "id", "account", "side", "number", "class"]);
const columns = sql.join(names.map((name) => sql.ref(name)));
const changes = sql.join(
  names.filter((name) => !fixed.has(name)).map((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`),
);

/** Opens or changes differences. One that had closed and comes again is a new round of the same line: its postings have new names. */
async function writeRows(step: Database, rows: readonly DifferenceRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await sql`
      insert into difference (${columns})
      select ${columns} from json_populate_recordset(null::difference, ${JSON.stringify(rows.slice(from, from + rowsAtOnce))})
      on conflict (store, id) do update set ${changes}
    `.execute(step);
}

async function closeRows(step: Database, rows: readonly DifferenceRow[], at: Instant): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update difference d set state = 'gone', closed_at = ${at}, closed_by = 'agrees', seen_at = ${at}
    from unnest(${rows.map(({ store }) => store)}::text[], ${rows.map(({ id }) => id)}::text[]) as c (store, id)
    where d.store = c.store and d.id = c.id
  `.execute(step);
}
