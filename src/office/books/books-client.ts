import { openItems, trialBalance, type OpenItems, type TrialBalance } from "../../contract/ledger.ts";
import {
  billAccounts,
  billFetchAnswer,
  billHandedIn,
  officeBills,
  officeFeeRates,
  type BillAccounts,
  type OfficeBills,
  type OfficeFeeRates,
} from "../../contract/bills.ts";
import {
  reconciliationBridge,
  reconciliationDays,
  reconciliationItemOpened,
  reconciliationItems,
  reconciliationNames,
  reconciliationOpen,
  type ItemFilter,
  type ItemName,
  type ReconciliationBridge,
  type ReconciliationDays,
  type ReconciliationItemOpened,
  type ReconciliationItems,
  type ReconciliationNames,
  type ReconciliationOpen,
} from "../../contract/reconciliation.ts";
import type { Language } from "../../domain/item.ts";
import { call, sendFile, type Answer } from "../office-client.ts";
import { orProposed, withApproval, type OrProposed } from "../people/people-client.ts";

type Asked = Readonly<Record<string, string | undefined>>;

/** A bill that is handed in: whose, of which day, what it is called. */
export type HandedIn = {
  readonly account: string;
  readonly kind: string;
  readonly day: string;
  readonly name: string;
  /** `yes` where another file has taken its place and it is wanted all the same. */
  readonly again?: string;
  /** Another person's yes, where it takes the place of what the provider delivered. */
  readonly approval?: string;
};

/** The gateway asks the provider, downloads and matches before it answers. */
const fetchedWithinMs = 120_000;

/** The books' part of the office's one way out: matching, bills, fee rates, ledger. */
export const booksClient = {
  open: (asked: { readonly store?: string | undefined }): Answer<ReconciliationOpen> =>
    call("GET", `reconciliation/open${asQuery(asked)}`, reconciliationOpen),
  days: (asked: Asked): Answer<ReconciliationDays> =>
    call("GET", `reconciliation/days${asQuery(asked)}`, reconciliationDays),
  items: (filter: ItemFilter): Answer<ReconciliationItems> =>
    call("GET", `reconciliation/items${asQuery(filter)}`, reconciliationItems),
  names: (filter: ItemFilter): Answer<ReconciliationNames> =>
    call("GET", `reconciliation/names${asQuery(filter)}`, reconciliationNames),
  item: (name: ItemName): Answer<ReconciliationItemOpened> =>
    call("GET", `reconciliation/item${asQuery(name)}`, reconciliationItemOpened),
  bridge: (asked: { readonly day: string; readonly account: string }): Answer<ReconciliationBridge> =>
    call("GET", `reconciliation/bridge${asQuery(asked)}`, reconciliationBridge),
  accounts: (): Answer<BillAccounts> => call("GET", "bills/accounts", billAccounts),
  bills: (asked: Asked): Answer<OfficeBills> => call("GET", `bills${asQuery(asked)}`, officeBills),
  fetchBills: (account: string, day: string): Answer<{ outcome: "here" | "later"; day: string }> =>
    call("POST", "bills/fetches", billFetchAnswer, { v: 1, account, day }, fetchedWithinMs),
  handIn: (bill: HandedIn, file: Blob) => sendFile(`bills/file${asQuery(bill)}`, file, orProposed(billHandedIn)),
  rates: (): Answer<OfficeFeeRates> => call("GET", "fee-rates", officeFeeRates),
  setRate: (
    rate: { account: string; since: string; rate: number; givesBack: boolean },
    approval?: string,
  ): Answer<OrProposed<OfficeFeeRates>> =>
    call("PUT", "fee-rates", orProposed(officeFeeRates), { ...withApproval(approval), ...rate }),
  setWindow: (window: OfficeFeeRates["windows"][number], approval?: string): Answer<OrProposed<OfficeFeeRates>> =>
    call("PUT", "matching-windows", orProposed(officeFeeRates), { ...withApproval(approval), ...window }),
  trial: (asked: Asked): Answer<TrialBalance> => call("GET", `ledger/trial-balance${asQuery(asked)}`, trialBalance),
  openItems: (account: string): Answer<OpenItems> => call("GET", `ledger/open-items${asQuery({ account })}`, openItems),
};

/** Where a bill's bytes are, as they came. */
export function billAddress(id: string): string {
  return `/v1/office/bills/file${asQuery({ id })}`;
}

/** Where the trial balance is as a file. */
export function trialAddress(asked: Asked, language: Language): string {
  return `/v1/office/ledger/trial-balance/file${asQuery({ ...asked, language })}`;
}

function asQuery(asked: object): string {
  const given = Object.entries(asked).filter((pair): pair is [string, string] => typeof pair[1] === "string");
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}
