import type { LeaderLocks } from "../sync/leadership.ts";
import { createCore, type Core } from "./core.ts";
import type { Desk } from "./desk.ts";
import { openFront } from "./front.ts";
import type { RegisterPorts } from "./ports.ts";
import type { Register } from "./register.ts";

/**
 * Starts the till of one window before the desk's code is there; `loadDesk` is called once, when something first needs it or
 * `load` asks. See `joinLate` for an action that comes before then.
 */
export function createLateRegister(
  ports: RegisterPorts,
  locks: LeaderLocks,
  loadDesk: (core: Core) => Promise<Desk>,
): { readonly register: Register; load(): Promise<void> } {
  const core = createCore(ports);
  let asked: Promise<Desk> | null = null;
  const load = (): Promise<Desk> => (asked ??= loadDesk(core));
  const register = joinLate(openFront(core, locks, load), async () => (await load()).actions);
  return { register, load: async () => void (await load()) };
}

type Action = (...given: readonly unknown[]) => unknown;

/**
 * `front` with the actions that `load` will give. One called before they are there waits for them, in order, and answers with a
 * promise; from then on it is a plain call. (Only `inCategory` answers at once; the screen that asks comes with the actions.)
 */
export function joinLate<Front extends object, Actions extends object>(
  front: Front,
  load: () => Promise<Actions>,
): Front & Actions {
  let there: Actions | null = null;
  const arrived = async (): Promise<Actions> => (there = await load());
  const joined = new Proxy(front, {
    get: (target, name) => {
      if (name in target) return Reflect.get(target, name) as unknown;
      if (there !== null) return Reflect.get(there, name) as unknown;
      return async (...given: readonly unknown[]) => (Reflect.get(await arrived(), name) as Action)(...given);
    },
  });
  return joined as Front & Actions;
}
