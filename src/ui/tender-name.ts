import { sum, type Money } from "../domain/money.ts";
import type { Tender } from "../domain/tender.ts";
import type { Messages } from "../i18n/messages.ts";
import type { FoundSale } from "../register/returning/found-sale.ts";
import type { TakenPart } from "../register/state.ts";

/** How a tender is called where a past sale's payment is told: its wallet, and the mark of one that nobody has proved. */
export function tenderName(tender: Tender, cash: string, words: Pick<Messages, "channel" | "sales">): string {
  if (tender.kind === "cash") return cash;
  const channel = words.channel[tender.channel];
  return tender.kind === "unverified" ? words.sales.unverified(channel) : channel;
}

/** The same for a key of the day's figures: `cash`, a wallet, or `unverified/` and its wallet. */
export function tenderKeyName(key: string, words: Pick<Messages, "channel" | "sales">): string {
  const [first = "", second] = key.split("/");
  const channels: Readonly<Record<string, string>> = words.channel;
  if (first === "cash") return words.sales.cash;
  return second === undefined ? (channels[first] ?? first) : words.sales.unverified(channels[second] ?? second);
}

/** What of a past sale was paid unproved, by code on the wall; null when nothing was. */
export function unverifiedIn(sale: Pick<FoundSale, "body">): Money | null {
  const { tenders, sale: sold } = sale.body;
  const amount = sum(
    tenders.filter((tender) => tender.kind === "unverified").map((tender) => tender.amount),
    sold.total.currency,
  );
  return amount.amount === 0 ? null : amount;
}

/** Whether a part of what was just taken is one that nobody has proved. */
export function isUnverified(part: TakenPart): boolean {
  return part.isUnverified === true;
}

/** What a part of a sale just paid is called. */
export function takenName(part: TakenPart, words: Pick<Messages, "channel" | "sales" | "tender">): string {
  if (part.by === "cash") return words.tender.cash;
  const channel = words.channel[part.by];
  return isUnverified(part) ? words.sales.unverified(channel) : channel;
}
