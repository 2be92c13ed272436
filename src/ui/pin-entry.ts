import { createSignal, type Accessor } from "solid-js";
import { pinLengthMax, pinLengthMin } from "../domain/staff.ts";

/** Digits of a PIN as they are entered; taken out once, then gone. */
export type PinEntry = {
  readonly count: Accessor<number>;
  readonly complete: Accessor<boolean>;
  digit(key: string): void;
  back(): void;
  clear(): void;
  /** The PIN, forgotten here at the same moment. */
  take(): string;
};

/** An empty entry. */
export function createPinEntry(): PinEntry {
  const [pin, setPin] = createSignal("");
  return {
    count: () => pin().length,
    complete: () => pin().length >= pinLengthMin,
    digit: (key) => {
      if (pin().length < pinLengthMax) setPin(pin() + key);
    },
    back: () => void setPin(pin().slice(0, -1)),
    clear: () => void setPin(""),
    take: () => {
      const entered = pin();
      setPin("");
      return entered;
    },
  };
}
