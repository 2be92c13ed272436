import type { BillKind, BillPart } from "../domain/bills/bill.ts";
import type { BillOwner } from "../domain/bills/reader.ts";
import type { ProviderSilence, ProviderWord } from "./provider-outcome.ts";

/** The provider's bills: which there are, when a day's is ready, how one is asked for and read. */
export type Bills = {
  readonly bills: BillRules;
  /** Asks for one day's bill and hands its bytes on as they come. One exchange, or two where the address is asked for first. */
  fetchBill(request: BillRequest, signal: AbortSignal): Promise<BillOutcome>;
  /** The number by which a file of this account names its owner (`BillSource.owner`). */
  billAccount(accountId: string): Promise<string>;
  /** Reads a stored bill in one go, in batches, in memory that does not grow with the file. Throws `BillRefused`. */
  readBill(kind: BillKind, source: BillSource): AsyncIterable<BillPart>;
};

export type BillRules = {
  readonly kinds: readonly BillKind[];
  /** IANA zone of the provider's day, and the minute of that day at which it cuts. */
  readonly zone: string;
  readonly cutMinute: number;
  /** A day's bill is asked for from this minute of the next day on, in that zone. */
  readonly readyMinute: number;
  /** How far back the provider keeps bills. */
  readonly keptDays: number;
};

export type BillRequest = {
  readonly accountId: string;
  readonly kind: BillKind;
  /** The provider's day, `YYYY-MM-DD` in its zone. */
  readonly day: string;
  /** How long the asking may take; the download may take `downloadWithinMs`. */
  readonly withinMs: number;
  readonly downloadWithinMs: number;
};

export type BillOutcome =
  /** `bytes` must be read to the end; a failure on the way is thrown. `announced` is what the provider said of the uncompressed file. */
  | {
      readonly kind: "file";
      readonly name: string;
      readonly announced: { readonly type: "SHA1"; readonly value: string } | null;
      readonly bytes: AsyncIterable<Uint8Array>;
    }
  /** The provider says that there is nothing for that day: it may still come late. */
  | { readonly kind: "none"; readonly word: ProviderWord }
  /** Being made. */
  | { readonly kind: "notReady"; readonly word: ProviderWord }
  /** This account has no bills of that kind, or the request is refused for good: somebody must look. */
  | { readonly kind: "refused"; readonly word: ProviderWord }
  | ProviderSilence;

/** A stored file: read in order or, where the form needs it (zip), anywhere. */
export type BillSource = {
  readonly size: number;
  /** What the provider announced of the uncompressed file; checked while reading, before the end is given. */
  readonly announced: { readonly type: "SHA1"; readonly value: string } | null;
  /** Whose bill of which day it must be: another is refused as `notOurs`. The account's number is the provider's; null asks nothing. */
  readonly owner?: BillOwner | null;
  /** The bytes from `start` up to `end` (exclusive). */
  read(start: number, end: number): AsyncIterable<Uint8Array>;
};
