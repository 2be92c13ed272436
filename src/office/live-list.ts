import { batch, createEffect, createMemo, createSignal, on, onCleanup } from "solid-js";
import { createStore, reconcile } from "solid-js/store";
import type { PageClock } from "./live.ts";
import type { Answer, Trouble } from "./office-client.ts";

export type ListRow = { readonly id: string };
/** One page of a list, newest first, and the totals of the whole filter. */
export type ListPage<Row extends ListRow, Totals> = {
  readonly rows: readonly Row[];
  readonly next: string | null;
  readonly totals: Totals;
};

/** A list that follows the gateway without moving what somebody reads. */
export type LiveList<Row extends ListRow, Totals> = {
  /** Null until the first answer. */
  readonly rows: () => readonly Row[] | null;
  readonly totals: () => Totals | null;
  readonly trouble: () => Trouble | null;
  readonly readAt: () => number | null;
  /** Rows that came while the list was held, not shown yet. */
  readonly waiting: () => number;
  readonly showWaiting: () => void;
  readonly hasEarlier: () => boolean;
  readonly showEarlier: () => Promise<void>;
  readonly refresh: () => Promise<void>;
};

export type ListSource<Filter, Row extends ListRow, Totals> = {
  readonly filter: () => Filter | null;
  readonly load: (filter: Filter, before: string | null) => Answer<ListPage<Row, Totals>>;
  /** While somebody reads, new rows wait above instead of pushing the others down. */
  readonly isHeld: () => boolean;
};

const none = { rows: [], next: null };

/** Asks for the newest page every `everyMs`; rows already shown change in place. */
export function createLiveList<Filter, Row extends ListRow, Totals extends object>(
  source: ListSource<Filter, Row, Totals>,
  clock: PageClock,
  everyMs: number,
): LiveList<Row, Totals> {
  const shown = createShown<Row, Totals>();
  const [trouble, setTrouble] = createSignal<Trouble | null>(null);
  const [readAt, setReadAt] = createSignal<number | null>(null);
  let round = 0;
  let isAsking = false;
  const ask = async (before: string | null, take: (page: ListPage<Row, Totals>) => void): Promise<void> => {
    const filter = source.filter();
    if (filter === null) return;
    const mine = ++round;
    isAsking = true;
    const answer = await source.load(filter, before);
    if (mine !== round) return;
    isAsking = false;
    batch(() => {
      setTrouble(answer.ok ? null : answer.refusal);
      if (!answer.ok) return;
      setReadAt(clock.now());
      take(answer.value);
    });
  };
  const refresh = (): Promise<void> => ask(null, (page) => shown.takeNewest(page, source.isHeld()));
  // a filter that is worked out again and is the same begins no new list
  const filter = createMemo(source.filter);
  createEffect(
    on(filter, () => {
      round += 1;
      batch(() => {
        shown.clear();
        setTrouble(null);
        setReadAt(null);
      });
      void refresh();
    }),
  );
  onCleanup(clock.every(everyMs, () => void (isAsking || refresh())));
  const { rows, totals, waiting, showWaiting, next } = shown;
  const showEarlier = (): Promise<void> => ask(next(), shown.takeEarlier);
  return {
    rows,
    totals,
    waiting,
    showWaiting,
    trouble,
    readAt,
    hasEarlier: () => next() !== null,
    showEarlier,
    refresh,
  };
}

/** What is on the page of a list, and what waits above it. */
function createShown<Row extends ListRow, Totals extends object>() {
  const [shown, setShown] = createStore<{ rows: readonly Row[] | null; totals: Totals | null }>({
    rows: null,
    totals: null,
  });
  const [newest, setNewest] = createSignal<{ readonly rows: readonly Row[]; readonly next: string | null }>(none);
  const [next, setNext] = createSignal<string | null>(null);
  const show = (rows: readonly Row[]): void => setShown("rows", reconcile(rows, { key: "id" }));
  /**
   * The newest page on top of what is shown, in place of what it reaches over: a row that has left the list goes. A page that no longer
   * reaches down to what is shown begins the list anew, without a gap.
   */
  const putOnTop = (): void => {
    const page = newest();
    const rows = shown.rows ?? [];
    const reaches = page.next === null || unseen(page.rows, rows).length < page.rows.length;
    if (!reaches || page.next === null || rows.length <= page.rows.length) setNext(page.next);
    show(reaches && page.next !== null ? [...page.rows, ...below(rows, page.rows)] : page.rows);
  };
  const setTotals = (totals: Totals): void => setShown("totals", reconcile(totals as Totals | null));
  return {
    rows: () => shown.rows,
    totals: () => shown.totals,
    next,
    waiting: () => unseen(newest().rows, shown.rows ?? []).length,
    showWaiting: putOnTop,
    takeNewest(page: ListPage<Row, Totals>, isHeld: boolean) {
      const { rows } = shown;
      setNewest(page);
      setTotals(page.totals);
      if (isHeld && rows !== null && rows.length > 0) show(updated(rows, page.rows));
      else putOnTop();
    },
    takeEarlier(page: ListPage<Row, Totals>) {
      setTotals(page.totals);
      setNext(page.next);
      show([...(shown.rows ?? []), ...unseen(page.rows, shown.rows ?? [])]);
    },
    clear() {
      setShown({ rows: null, totals: null });
      setNewest(none);
      setNext(null);
    },
  };
}

/** Rows of `page` that are not among `rows`. */
function unseen<Row extends ListRow>(page: readonly Row[], rows: readonly Row[]): readonly Row[] {
  const known = new Set(rows.map(({ id }) => id));
  return page.filter(({ id }) => !known.has(id));
}

/** What of `rows` is older than all of `page` that is among them. */
function below<Row extends ListRow>(rows: readonly Row[], page: readonly Row[]): readonly Row[] {
  const known = new Set(page.map(({ id }) => id));
  return rows.slice(rows.findLastIndex(({ id }) => known.has(id)) + 1);
}

/** The same rows with what `page` knows anew of them. */
function updated<Row extends ListRow>(rows: readonly Row[], page: readonly Row[]): readonly Row[] {
  const fresh = new Map(page.map((row) => [row.id, row]));
  return rows.map((row) => fresh.get(row.id) ?? row);
}
