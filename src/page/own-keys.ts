import { createSignal } from "solid-js";
import { readOwnKeys, writtenOwnKeys } from "../ui/keys.ts";
import type { Shell } from "../ui/till.ts";

const ownKeysKey = "kuantai-keys";

/** A person's own keys on this device, kept over restarts. */
export function storedOwnKeys(): Pick<Shell, "ownKeys" | "setOwnKeys"> {
  const [ownKeys, setOwnKeys] = createSignal(readOwnKeys(localStorage.getItem(ownKeysKey) ?? ""));
  return {
    ownKeys,
    setOwnKeys: (own) => {
      localStorage.setItem(ownKeysKey, writtenOwnKeys(own));
      setOwnKeys(own);
    },
  };
}
