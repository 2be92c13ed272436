import { createSignal } from "solid-js";

/** Holds a second press off while the first is on its way: what is asked twice would be made twice. */
export function createOnce() {
  const [isSending, setSending] = createSignal(false);
  return {
    isSending,
    /** Does `work`, or nothing where another is not over yet. */
    async run(work: () => Promise<void>): Promise<void> {
      if (isSending()) return;
      setSending(true);
      try {
        await work();
      } finally {
        setSending(false);
      }
    },
  };
}
