import { sql } from "kysely";
import type { Shop } from "../simulation/shop.ts";
import { partsOf } from "./back-office.ts";
import { awaitedOf, keyOf, type Awaited } from "./expected.ts";
import type { Plan } from "./plan.ts";
import { readTruth, type Truth } from "./truth.ts";

/** One difference as the gateway has it. */
type Seen = {
  readonly id: string;
  readonly account: string;
  readonly side: string;
  readonly number: string;
  readonly class: string;
  readonly state: string;
  readonly amount: number;
  readonly day: string;
};

/** A planted item with what was found of it. */
export type Item = {
  readonly wanted: Awaited;
  readonly kind: string;
  readonly seen: Seen | null;
  readonly instead: readonly string[];
};

export type Judgement = {
  readonly items: readonly Item[];
  readonly invented: readonly Seen[];
  readonly waiting: readonly Seen[];
  readonly isRight: boolean;
};

export type Judged = { readonly shop: Shop; readonly plan: Plan; readonly firstDay: string; readonly lastDay: string };

/** Holds what the gateway says against what was planted: nothing may be missed, invented, or of another class. */
export async function judge({ shop, plan, firstDay, lastDay }: Judged): Promise<Judgement> {
  const truth = readTruth(shop.provider.lines, shop.time.clock.now());
  const wanted = awaitedOf(truth, plan, { firstDay, lastDay });
  const all = await seenBy(shop);
  const breaks = all.filter((each) => each.isBreak);
  const byKey = new Map(breaks.map((each) => [keyOf(each as never), each]));
  const items = wanted.map((each): Item => {
    const seen = byKey.get(keyOf(each)) ?? null;
    const same = breaks.filter(({ side, number }) => side === each.side && number === each.number);
    const others = same.filter((other) => !wanted.some((one) => keyOf(one) === keyOf(other as never)));
    return { wanted: each, kind: kindOf(truth, plan, each), seen, instead: others.map((other) => other.class) };
  });
  const known = new Set(wanted.map(keyOf));
  const invented = breaks.filter((each) => !known.has(keyOf(each as never)));
  const waiting = all.filter((each) => !each.isBreak && each.state === "waiting");
  const isRight =
    items.every(({ seen, wanted: { may } }) => seen !== null || may) && invented.length === 0 && waiting.length === 0;
  return { items, invented, waiting, isRight };
}

function kindOf({ plants }: Truth, plan: Plan, { plant }: Awaited): string {
  return plants.find(({ id }) => id === plant)?.kind ?? plan.own.find(({ id }) => id === plant)?.kind ?? plant;
}

const waits = ["journal", "saleOpen", "nearCut", "refundUnderWay", "attemptLive", "unproved"];

/** Every difference that ever stood in the gateway's list; a credit by the bank's own number. */
async function seenBy(shop: Shop): Promise<readonly (Seen & { readonly isBreak: boolean })[]> {
  const { rows } = await sql<Seen>`
    select id, account, side, coalesce(detail->>'reference', number) as number, class, state, amount, day
    from difference order by opened_at, id
  `.execute(partsOf(shop).database);
  return rows.map((row) => ({ ...row, isBreak: !waits.includes(row.class) }));
}
