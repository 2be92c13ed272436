import type { PaymentChannel } from "../domain/tender.ts";
import type { Told } from "./told.ts";

/** The customer display's own words. */
export type DisplayWords = {
  readonly channel: { readonly [C in PaymentChannel]: string };
  readonly saved: string;
  /** Off the whole sale. */
  readonly saleDiscount: string;
  readonly due: string;
  /** In place of `due`, when the sale is paid in parts. */
  readonly now: string;
  readonly total: string;
  /** On top of the lines, where prices are without it. */
  readonly tax: string;
  readonly welcome: string;
  readonly password: Told;
  readonly contacting: Told;
  readonly inDoubt: Told;
  readonly declined: Told;
  readonly givenBack: Told;
  readonly scan: (channel: string) => string;
  readonly codeLeft: (seconds: number) => string;
  readonly back: string;
  readonly paid: string;
  /** In place of `paid`: the amount is noted and nobody has proved it yet. */
  readonly noted: string;
  readonly change: string;
  readonly given: string;
  readonly thanks: string;
  readonly stale: Told;
};
