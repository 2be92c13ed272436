import { createEffect, createSignal, on } from "solid-js";

/**
 * Reads something that a part of a page needs, anew for another `source`; undefined until it is there. A resource would hold the whole
 * page back until then: it went away under whoever had pressed in it, with where they were.
 */
export function createReadBeside<Source, Told>(
  source: () => Source,
  read: (source: Source) => Promise<Told>,
): () => Told | undefined {
  const [told, setTold] = createSignal<Told>();
  createEffect(
    on(source, async (asked) => {
      setTold(undefined);
      const answer = await read(asked);
      if (asked === source()) setTold(() => answer);
    }),
  );
  return told;
}
