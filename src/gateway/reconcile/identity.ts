/** What is judged: one number of one side, in the store whose tag it bears (`books.md` 3). */
export type Identity = {
  readonly store: string;
  /** `tender`: one noted unproved. `bill`: a whole bill. `payout` left the provider, `credit` came to the bank. */
  readonly side: "payment" | "refund" | "tender" | "bill" | "payout" | "credit" | "drawer" | "safe" | "deposit";
  readonly number: string;
};

/** An account as matching needs it. */
export type MatchedAccount = { readonly id: string; readonly homeStore: string };

/** Where an item belongs, for the lists: whatever is known of it. */
export type ItemPlace = {
  readonly attempt: string | null;
  readonly sale: string | null;
  readonly till: string | null;
  readonly staff: string | null;
  readonly channel: string | null;
  readonly bill: string | null;
  /** The provider's day and ours; empty where there is none. */
  readonly day: string;
  readonly businessDate: string;
  readonly currency: string;
  /** The rate that the bill names for it, in parts per million. */
  readonly rate?: number | null;
  /** The bill of its day came without a row. */
  readonly isDayEmpty?: boolean;
};
