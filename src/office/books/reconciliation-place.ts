import { isDate } from "../../domain/local-time.ts";
import type { ItemName } from "../../contract/reconciliation.ts";

export const openKinds = ["breaks", "waiting", "mended"] as const;
export type OpenKind = (typeof openKinds)[number];

/** Where one is in matching: all days, a day of an account, what is open over all days; one cause or an item opened there. */
export type ReconciliationPlace = {
  readonly list:
    | { readonly kind: "days" }
    | { readonly kind: "day"; readonly day: string; readonly account: string }
    | { readonly kind: "open"; readonly open: OpenKind };
  /** The items of one cause, which are one line of the list. */
  readonly cause: string | null;
  readonly item: ItemName | null;
};

const days: ReconciliationPlace = { list: { kind: "days" }, cause: null, item: null };

/** Reads what the address holds behind the view's name; what is not understood are all days. */
export function reconciliationPlace(opened: string | null): ReconciliationPlace {
  const parts = (opened ?? "").split("/").map(plain);
  const [first = "", second = ""] = parts;
  const open = openKinds.find((each) => each === second);
  if (first === "open" && open !== undefined) return { list: { kind: "open", open }, ...openedIn(parts.slice(2)) };
  if (!isDate(first) || second === "") return days;
  return { list: { kind: "day", day: first, account: second }, ...openedIn(parts.slice(2)) };
}

/** The place as the address holds it. */
export function placeText({ list, cause, item }: ReconciliationPlace): string | null {
  if (list.kind === "days") return null;
  const where = list.kind === "day" ? [list.day, list.account] : ["open", list.open];
  const together = cause === null ? [] : ["cause", cause];
  const what = item === null ? [] : ["item", item.store, item.account, item.side, item.number];
  return [...where, ...together, ...what].map(encodeURIComponent).join("/");
}

function openedIn(parts: readonly string[]): Pick<ReconciliationPlace, "cause" | "item"> {
  const [word, cause] = parts;
  if (word !== "cause" || cause === undefined) return { cause: null, item: itemIn(parts) };
  return { cause, item: itemIn(parts.slice(2)) };
}

function itemIn(parts: readonly string[]): ItemName | null {
  const [word, store, account, side, number] = parts;
  if (word !== "item" || store === undefined || account === undefined || side === undefined || number === undefined)
    return null;
  return { store, account, side, number };
}

/** An address that somebody typed may hold a stray percent sign. */
function plain(part: string): string {
  return /%(?![0-9a-f]{2})/i.test(part) ? part : decodeURIComponent(part);
}
