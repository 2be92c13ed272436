import type { Money } from "../domain/money.ts";
import { tell, type Core } from "./core.ts";

/** The second press of a double one comes sooner than this and has read no question: it is no answer. */
const answerAfterMs = 600;

/**
 * Asks once whether `typed` is meant, and remembers it: the same amount for the same `subject` again is meant, once the question
 * has stood long enough to be read. True when it was asked, or just before, and nothing is to happen yet.
 */
export function asksOnce(core: Core, subject: string, typed: Money, due: Money | null): boolean {
  const asked = `${subject} ${typed.amount} ${due?.amount ?? ""}`;
  const now = core.ports.clock.now();
  const since = core.asked.get(asked);
  const stood = since === undefined ? 0 : now - since;
  if (since !== undefined && (stood >= answerAfterMs || stood < 0)) {
    core.asked.clear();
    return false;
  }
  if (since === undefined) core.asked.set(asked, now);
  tell(core, { kind: "slip", typed, due });
  return true;
}
