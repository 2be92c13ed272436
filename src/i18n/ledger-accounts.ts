import type { LedgerAccountKind, LedgerTexts } from "./ledger-texts.ts";

/**
 * An account's kind in the trade's word, and the rest of its name: a rate in percent, else as `nameOf` tells it. An account of a kind
 * that has no word yet stands under its own name.
 */
export function ledgerAccount(
  account: string,
  words: LedgerTexts,
  nameOf: (kind: string, rest: string) => string = (_, rest) => rest,
): { readonly kind: string; readonly of: string } {
  const slash = account.indexOf("/");
  const kind = slash === -1 ? account : account.slice(0, slash);
  const rest = slash === -1 ? "" : account.slice(slash + 1);
  const word = words.kinds[kind as LedgerAccountKind] as string | undefined;
  if (word === undefined) return { kind: account, of: "" };
  if (rest !== "" && (kind === "revenue" || kind === "returns" || kind === "outputTax"))
    return { kind: word, of: words.rateOf(String(Number(rest) / 100)) };
  return { kind: word, of: rest === "" ? "" : nameOf(kind, rest) };
}
