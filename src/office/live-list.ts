import { batch, createEffect, createSignal, on, onCleanup } from "solid-js";
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

/** Asks for the newest page every `everyMs`; rows already shown change in place. */
export function createLiveList<Filter, Row extends ListRow, Totals extends object>(
  source: ListSource<Filter, Row, Totals>,
  clock: PageClock,
  everyMs: number,
): LiveList<Row, Totals> {
  const [shown, setShown] = createStore<{ rows: readonly Row[] | null; totals: Totals | null }>({
    rows: null,
    totals: null,
  });
  const [trouble, setTrouble] = createSignal<Trouble | null>(null);
  const [readAt, setReadAt] = createSignal<number | null>(null);
  const [newest, setNewest] = createSignal<readonly Row[]>([]);
  const [next, setNext] = createSignal<string | null>(null);
  let round = 0;
  let isAsking = false;

  const show = (rows: readonly Row[]): void => setShown("rows", reconcile(rows, { key: "id" }));
  const waiting = (): number => unseen(newest(), shown.rows ?? []).length;
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
      setShown("totals", reconcile(answer.value.totals as Totals | null));
      take(answer.value);
    });
  };
  const refresh = (): Promise<void> =>
    ask(null, (page) => {
      const rows = shown.rows;
      setNewest(page.rows);
      if (rows === null || rows.length <= page.rows.length) setNext(page.next);
      const held = rows !== null && rows.length > 0 && source.isHeld();
      show(held ? updated(rows, page.rows) : joined(page.rows, rows ?? []));
    });
  createEffect(
    on(source.filter, () => {
      round += 1;
      batch(() => {
        setShown({ rows: null, totals: null });
        setNewest([]);
        setNext(null);
        setTrouble(null);
        setReadAt(null);
      });
      void refresh();
    }),
  );
  onCleanup(clock.every(everyMs, () => void (isAsking || refresh())));
  return {
    rows: () => shown.rows,
    totals: () => shown.totals,
    trouble,
    readAt,
    waiting,
    showWaiting: () => show(joined(newest(), shown.rows ?? [])),
    hasEarlier: () => next() !== null,
    showEarlier: () =>
      ask(next(), (page) => {
        setNext(page.next);
        show([...(shown.rows ?? []), ...unseen(page.rows, shown.rows ?? [])]);
      }),
    refresh,
  };
}

/** Rows of `page` that are not among `rows`. */
function unseen<Row extends ListRow>(page: readonly Row[], rows: readonly Row[]): readonly Row[] {
  const known = new Set(rows.map(({ id }) => id));
  return page.filter(({ id }) => !known.has(id));
}

/** The same rows with what `page` knows anew of them. */
function updated<Row extends ListRow>(rows: readonly Row[], page: readonly Row[]): readonly Row[] {
  const fresh = new Map(page.map((row) => [row.id, row]));
  return rows.map((row) => fresh.get(row.id) ?? row);
}

/** The newest page, and below it the rows that were shown beyond its end. */
function joined<Row extends ListRow>(page: readonly Row[], rows: readonly Row[]): readonly Row[] {
  return [...page, ...unseen(rows, page)];
}
