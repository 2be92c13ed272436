import { pino, type Logger, type LevelWithSilent } from "pino";
import type { Clock } from "../domain/clock.ts";

export type Log = Logger;

/**
 * One JSON line an event on standard output, stamped by `clock`.
 *
 * Bodies, headers and queries are never logged: codes, PINs and keys travel in them. What is logged is a method, a route,
 * a status, an id.
 */
export function makeLog(clock: Clock, level: LevelWithSilent): Log {
  return pino({ level, base: null, timestamp: () => `,"time":${clock.now()}` });
}
