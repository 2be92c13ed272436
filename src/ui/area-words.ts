import { createResource, type Accessor } from "solid-js";
import type { Language } from "../domain/item.ts";
import { useTill } from "./till.ts";

/**
 * The words of one part of the till, fetched when that part is first shown (all are precached, so offline too) and again when
 * the language changes; until then the last ones, at first none.
 */
export function useAreaWords<Words>(load: (language: Language) => Promise<Words>): Accessor<Words | undefined> {
  const { language } = useTill();
  const [words] = createResource(language, load);
  return () => words.latest;
}
