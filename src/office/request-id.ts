import { randomCrockford } from "../domain/identifier.ts";
import type { Random } from "../domain/clock.ts";

const length = 26;

/** Gives what is asked to be made an id: the same as long as it is the same, so that a second press makes no second one. */
export function createRequestId(
  random: Random,
): <Content extends object>(content: Content) => Content & { readonly id: string } {
  let last: { readonly content: string; readonly id: string } | null = null;
  return (content) => {
    const text = JSON.stringify(content);
    if (last?.content !== text) last = { content: text, id: randomCrockford(random, length) };
    return { ...content, id: last.id };
  };
}
