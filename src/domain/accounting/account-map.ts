/** What an accounting system may ask of a line besides its account. */
export const dimensions = ["department", "customer", "cashFlow"] as const;
export type Dimension = (typeof dimensions)[number];

/** Where an account of ours goes in the accounting system's books. */
export type MappedAccount = {
  /** One of ours (`receivable/wechat`), or its kind (`receivable`): the longer one wins. */
  readonly pattern: string;
  /** The lowest level; at most 15 characters. */
  readonly code: string;
  readonly name: string;
  /** What this account asks for, and what is given. */
  readonly asks: readonly Dimension[];
  readonly department: string;
  readonly customer: string;
  readonly cashFlow: string;
};

/** A day's line of ours. */
export type LedgerLine = { readonly account: string; readonly debit: number; readonly credit: number };

/** A line as it is exported: one of debit and credit is nothing; red entries are below zero. */
export type VoucherEntry = {
  readonly code: string;
  readonly name: string;
  readonly summary: string;
  readonly debit: number;
  readonly credit: number;
  readonly department: string;
  readonly customer: string;
  readonly cashFlow: string;
};

/** Why a day cannot be exported: accounts that are not mapped, or that ask for what is not given. */
export type Unmapped = { readonly account: string; readonly missing: "account" | Dimension };

export const codeLengthMax = 15;
/** What a code is made of: letters, figures, dots, hyphens and underscores. Empty is one that is still to come. */
export const codePattern = /^[\w.-]*$/;

/** The entry that an account of ours has, or null. */
export function mappedAccount(account: string, map: readonly MappedAccount[]): MappedAccount | null {
  const kind = account.split("/")[0] ?? account;
  return map.find(({ pattern }) => pattern === account) ?? map.find(({ pattern }) => pattern === kind) ?? null;
}

/** What is missing to export these accounts; nothing when all are mapped. */
export function unmappedOf(accounts: readonly string[], map: readonly MappedAccount[]): readonly Unmapped[] {
  return accounts.flatMap((account): Unmapped[] => {
    const entry = mappedAccount(account, map);
    if (entry === null || entry.code === "") return [{ account, missing: "account" }];
    return entry.asks.flatMap((asked) => (entry[asked] === "" ? [{ account, missing: asked }] : []));
  });
}

/**
 * A day's lines as the accounting system takes them, in a fixed order: debits, then credits, by code; lines of one code and the same
 * dimensions are one; a line that comes to nothing is left out. Every account must be mapped.
 *
 * @param summary what stands on each line, made of the account's name
 */
export function entriesOf(
  lines: readonly LedgerLine[],
  map: readonly MappedAccount[],
  summary: (name: string) => string,
): readonly VoucherEntry[] {
  const merged = new Map<string, VoucherEntry>();
  for (const line of lines) {
    const entry = mappedAccount(line.account, map);
    if (entry === null) throw new RangeError(`${line.account} is not mapped`);
    for (const side of ["debit", "credit"] as const) {
      if (line[side] === 0) continue;
      const { code, name, department, customer, cashFlow } = entry;
      const key = [side === "debit" ? 0 : 1, code, department, customer, cashFlow].join("\n");
      const before = merged.get(key);
      const one = before ?? { code, name, summary: summary(name), debit: 0, credit: 0, department, customer, cashFlow };
      merged.set(key, { ...one, [side]: one[side] + line[side] });
    }
  }
  return [...merged.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, entry]) => entry)
    .filter(({ debit, credit }) => debit !== 0 || credit !== 0);
}
