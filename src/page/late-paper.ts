import { invariant } from "../domain/assert.ts";
import type { RegisterPorts } from "../register/ports.ts";

/** What paper needs: a printer, and the words on receipts. */
export type Paper = Pick<RegisterPorts, "printer" | "receiptWords">;

/**
 * A printer before its code is there: it looks for its port once `load` has been called, and everything asked of it waits until
 * then. The words are asked for only by the desk, which comes after them.
 */
export function latePaper(fetch: () => Promise<Paper>): Paper & { load(): Promise<Paper> } {
  let asked: Promise<Paper> | null = null;
  let paper: Paper | null = null;
  const listeners = new Set<() => void>();
  const load = (): Promise<Paper> =>
    (asked ??= fetch().then((loaded) => {
      paper = loaded;
      loaded.printer.subscribe(() => listeners.forEach((listener) => listener()));
      return loaded;
    }));
  return {
    load,
    printer: {
      status: () => paper?.printer.status() ?? { kind: "unknown" },
      queueLength: () => paper?.printer.queueLength() ?? 0,
      subscribe: (listener) => {
        listeners.add(listener);
        return () => {
          listeners.delete(listener);
        };
      },
      print: async (...given) => (await load()).printer.print(...given),
      openDrawer: async (job) => (await load()).printer.openDrawer(job),
      pair: async () => (await load()).printer.pair(),
    },
    receiptWords: (language) => {
      invariant(paper !== null, "the desk comes after the words on paper");
      return paper.receiptWords(language);
    },
  };
}
