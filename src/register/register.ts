import type { LeaderLocks } from "../sync/leadership.ts";
import { createCore } from "./core.ts";
import { openDesk, type Actions, type Desk, type Displays } from "./desk.ts";
import { openFront, type Front } from "./front.ts";
import type { RegisterPorts } from "./ports.ts";

/** One window's till: what it shows, and everything a cashier can do. */
export type Register = Front & Actions;

/** Starts the till of one window, with all its code at hand. */
export function createRegister(ports: RegisterPorts, displays: Displays, locks: LeaderLocks): Register {
  const core = createCore(ports);
  const desk: Desk = openDesk(core, displays);
  return { ...openFront(core, locks, async () => desk), ...desk.actions };
}
