import { proxy, wrap } from "comlink";
import { billReading, type AccountKnown, type BillReading, type BillWorker } from "../../contract/bill-reading.ts";

/** A file that is being read in a worker of its own; null when it was stopped, or its worker broke. */
export type BillBeingRead = { readonly reading: Promise<BillReading | null>; stop(): void };

/** Reads a bill file away from the page. Nothing is sent anywhere. */
export function readBillFile(
  file: File,
  accounts: readonly AccountKnown[],
  onProgress: (part: number, rows: number) => void,
): BillBeingRead {
  const worker = new Worker(new URL("../../../workers/bill.worker.ts", import.meta.url), { type: "module" });
  let stop = (): void => undefined;
  const stopped = new Promise<null>((settle) => {
    stop = () => settle(null);
    // one that cannot start, or dies, answers nobody
    worker.addEventListener("error", stop, { once: true });
  });
  const read = wrap<BillWorker<File>>(worker).read(file, accounts, proxy(onProgress));
  const reading = Promise.race([read, stopped]).then((told) => {
    worker.terminate();
    const parsed = billReading.safeParse(told);
    return parsed.success ? parsed.data : null;
  });
  return { reading, stop };
}
