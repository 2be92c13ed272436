import type { Instant } from "../../domain/clock.ts";

/** A code read by any scanner: all come through one door. What it means is the register's business. */
export type Scan = {
  readonly text: string;
  readonly source: "wedge" | "camera" | "hid" | "serial";
  readonly at: Instant;
  /** The AIM identifier (`]E0` for EAN-13) where the scanner gave one. */
  readonly symbology?: string;
};
