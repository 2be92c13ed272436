import type { Instant } from "../../../domain/clock.ts";
import type { ProviderName } from "../provider-name.ts";
import type { PlayStore } from "../store.ts";
import type { Withdrawal } from "./account.ts";
import type { Plant } from "./plant.ts";

/** `nextMorning`: at 9:00 in Beijing of the day after, as at the providers. `atOnce`: whenever it is asked for, today's too. */
export const readyPlays = ["nextMorning", "atOnce"] as const;
export type BillsReady = (typeof readyPlays)[number];

/** One file in which a plant stood when it was asked for. */
export type Shown = { readonly bill: string; readonly day: string; readonly at: Instant };

type SettlementEvent =
  | { readonly event: "billsReady"; readonly ready: BillsReady }
  | { readonly event: "withdrawn"; readonly of: ProviderName; readonly withdrawal: Withdrawal }
  | { readonly event: "planted"; readonly plant: Plant }
  | { readonly event: "shown"; readonly id: string; readonly shown: Shown };

/** What the sandbox was told about bills, payouts and differences, over all providers; its lines bear the mark `settlement`. */
export type SettlementBooks = {
  ready(): BillsReady;
  withdrawals(of: ProviderName): readonly Withdrawal[];
  plants(of?: ProviderName): readonly Plant[];
  /** The files in which a plant stood, first time of each. */
  shownIn(id: string): readonly Shown[];
  /** Returns when it is on the disk. */
  record(event: SettlementEvent): void;
};

/** Under which mark its lines stand in the store. */
export const settlementMark = "settlement";

/** Opens them on their lines of the store; `first` holds until somebody says otherwise. */
export function openSettlement(store: PlayStore, first: BillsReady = "nextMorning"): SettlementBooks {
  let ready = first;
  const withdrawals = new Map<ProviderName, Withdrawal[]>();
  const plants: Plant[] = [];
  const shown = new Map<string, Shown[]>();
  const fold = (event: SettlementEvent): void => {
    switch (event.event) {
      case "billsReady":
        ({ ready } = event);
        return;
      case "withdrawn":
        withdrawals.set(event.of, [...(withdrawals.get(event.of) ?? []), event.withdrawal]);
        return;
      case "planted":
        plants.push(event.plant);
        return;
      case "shown":
        shown.set(event.id, [...(shown.get(event.id) ?? []), event.shown]);
    }
  };
  for (const event of store.events) fold(event as SettlementEvent);
  return {
    ready: () => ready,
    withdrawals: (of) => withdrawals.get(of) ?? [],
    plants: (of) => (of === undefined ? plants : plants.filter(({ provider }) => provider === of)),
    shownIn: (id) => shown.get(id) ?? [],
    record(event) {
      store.append(event);
      fold(event);
    },
  };
}

/** Notes that `ids` stood in a file, once for each file. */
export function noteShown(
  books: SettlementBooks,
  ids: readonly string[],
  bill: string,
  day: string,
  at: Instant,
): void {
  for (const id of ids) {
    const isNew = books.shownIn(id).every((each) => each.bill !== bill || each.day !== day);
    if (isNew) books.record({ event: "shown", id, shown: { bill, day, at } });
  }
}
