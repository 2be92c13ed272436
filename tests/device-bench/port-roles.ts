import { keptPortRoles, type PortRoles } from "../../src/devices/transports/port-roles.ts";

/** Port roles of a browser in which nobody has chosen a scanner yet. */
export function freshPortRoles(kept = new Map<string, string>()): PortRoles {
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  return keptPortRoles(storage, () => undefined);
}
