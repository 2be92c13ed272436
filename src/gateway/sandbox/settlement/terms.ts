import { filled, member, number } from "../config-members.ts";
import { rateIn } from "./fees.ts";

/** What the shop agreed with a provider, and where its account stood before the sandbox's first day. */
export type AccountTerms = {
  /** Fen. */
  readonly opening: number;
  readonly ratePpm: number;
  /** Taken beside the amount of a withdrawal by hand or of the same day; automatic payouts cost nothing. */
  readonly withdrawalRatePpm: number;
};

/** 1000.00 yuan, 0.60 %, and 0.10 % of a withdrawal. */
export const usualTerms: AccountTerms = { opening: 100_000, ratePpm: 6_000, withdrawalRatePpm: 1_000 };

const openingMax = 1_000_000_000;

/** The member `account` of a provider's configuration, `{opening (fen), rate, withdrawalRate}`; what is left out is usual. */
export function readTerms(source: unknown, name: string): AccountTerms {
  if (source === undefined) return usualTerms;
  const terms = member(source, name);
  const rate = (value: unknown, path: string, usual: number): number => {
    if (value === undefined) return usual;
    const ppm = rateIn(filled(value, path));
    if (ppm === null) throw new TypeError(`the sandbox's configuration: ${path} must be a rate like 0.60%`);
    return ppm;
  };
  return {
    opening: Math.trunc(number(terms["opening"] ?? usualTerms.opening, `${name}.opening`, 0, openingMax)),
    ratePpm: rate(terms["rate"], `${name}.rate`, usualTerms.ratePpm),
    withdrawalRatePpm: rate(terms["withdrawalRate"], `${name}.withdrawalRate`, usualTerms.withdrawalRatePpm),
  };
}
