import { createEffect } from "solid-js";
import type { BillAccount, BillAccounts } from "../../contract/bills.ts";
import { cashAccount } from "../../contract/item-classes.ts";
import type { Instant } from "../../domain/clock.ts";
import { localTime } from "../../domain/local-time.ts";
import type { Money } from "../../domain/money.ts";
import type { PaymentChannel } from "../../domain/tender.ts";
import { createLive, type Live } from "../live.ts";
import { billWords } from "../../i18n/bill-words.ts";
import type { OfficeTold } from "../../i18n/office-words.ts";
import type { Office } from "../office.ts";
import { booksClient } from "./books-client.ts";

/** Matching and bills follow bills, not sales: slower than the lists of the day. */
export const booksRefreshMs = 15_000;
const accountsRefreshMs = 600_000;
/** Where no account is known yet; the providers there are have their day in Beijing. */
const usualZone = "Asia/Shanghai";

/** What the three views of the books share. */
export type BooksParts = ReturnType<typeof createBooks>;

/** Provider accounts, how they are called, and the providers' day. */
export function createBooks(office: Office) {
  const accounts = createLive<string, BillAccounts>(
    () => "accounts",
    () => booksClient.accounts(),
    office.browser.clock,
    accountsRefreshMs,
  );
  endWhenSignedOut(office, accounts);
  const known = (): readonly BillAccount[] => accounts.value()?.accounts ?? [];
  const withheld = () => accounts.value()?.withheld ?? [];
  const accountOf = (id: string): BillAccount | undefined => known().find((each) => each.id === id);
  const channelWord = (channel: string): string =>
    office.words().channel[channel as PaymentChannel] ?? office.words().noChannel;
  const zone = (): string => known()[0]?.zone ?? usualZone;
  return {
    office,
    accounts: known,
    /** The shop takes no wallet: what is asked for by account never comes. */
    hasNoAccount: (): boolean => accounts.value() !== null && known().length === 0 && withheld().length === 0,
    accountsLive: accounts,
    accountOf,
    /** Whether it is known which accounts there are, if only that there are none. */
    isKnown: (): boolean => accounts.value() !== null,
    /** Why nothing of accounts as a whole is here: they serve other stores too. Null where one is here, or there is none. */
    withheldTold: (): OfficeTold | null =>
      withheld().length === 0 || known().length > 0 ? null : billWords(office.language()).withheld,
    /** The same beside what is shown of one's own stores, of one account or of all; null where nothing is kept back. */
    withheldNote: (of?: string): string | null =>
      withheld().some(({ id }) => of === undefined || id === of) ? billWords(office.language()).withheldNote : null,
    channelWord,
    /** The channel's word, or that of cash; with it the account's own name where a channel has several. */
    accountName(id: string): string {
      if (id === cashAccount) return office.words().views.cash;
      const named = [...known(), ...withheld()];
      const account = named.find((each) => each.id === id);
      if (account === undefined) return id;
      const isAlone = named.filter(({ channel }) => channel === account.channel).length === 1;
      return isAlone ? channelWord(account.channel) : `${channelWord(account.channel)} ${id}`;
    },
    zone,
    /** The provider's day now. */
    today: (): string => localTime(office.browser.clock.now() as Instant, zone()).date,
  };
}

/** Takes the page to the sign-in when the session is over. */
export function endWhenSignedOut<Told>(office: Office, live: Pick<Live<Told>, "trouble">): void {
  createEffect(() => {
    if (live.trouble() === "signedOut") office.setSession(null);
  });
}

/** "12.34", or a dash where there is nothing to write. */
export function amountOrDash(office: Office, amount: Money | null): string {
  return amount === null ? office.words().never : office.formats().amount(amount);
}

/** The same without its sign. */
export function unsigned({ amount, currency }: Money): Money {
  return { amount: Math.abs(amount) as Money["amount"], currency };
}
