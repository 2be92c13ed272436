import type { Money } from "../domain/money.ts";
import { tell, type Core } from "./core.ts";

/**
 * Asks once whether `typed` is meant, and remembers it: the same amount for the same `subject` again is meant. True when it was
 * asked, and nothing is to happen yet.
 */
export function asksOnce(core: Core, subject: string, typed: Money, due: Money | null): boolean {
  const asked = `${subject} ${typed.amount} ${due?.amount ?? ""}`;
  if (core.asked.has(asked)) {
    core.asked.clear();
    return false;
  }
  core.asked.add(asked);
  tell(core, { kind: "slip", typed, due });
  return true;
}
