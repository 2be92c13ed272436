/** How far clocks may differ before a difference is one (`books.md` 3), in minutes; a setting of each provider account. */
export type MatchingWindow = {
  /** How near the provider's midnight a movement may stand in the bill of the neighbouring day. */
  readonly nearMinutes: number;
  /** How far apart a tender noted unproved and the provider's row may be to be one payment. */
  readonly pairMinutes: number;
};

export const usualWindow: MatchingWindow = { nearMinutes: 10, pairMinutes: 10 };

/** Two hours: beyond it nothing would be held against anything. */
export const windowMinutesMax = 120;
