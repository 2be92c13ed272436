import type { Cancel, Clock } from "../../domain/clock.ts";
import type { PrintOutcome } from "../../domain/printer-status.ts";

/** Jobs that may wait at once: an hour of a busy till's receipts. More is refused aloud, never dropped. */
export const queuedJobsMax = 50;
/** A receipt of 1,000 lines is 48 KB; more than this is a mistake of ours. */
export const jobBytesMax = 65_536;

/** A job for the printer. A job with `startWithinMs` that could not start in time fails as `expired`: nothing was sent. */
export type PrintJob = { readonly id: string; readonly bytes: Uint8Array; readonly startWithinMs?: number };

/** Where a job stands; a finished one is told by its promise. */
export type QueuedJob = { readonly id: string; readonly state: "queued" | "printing" };

/** Whether the head of the queue may start now, must wait, or cannot be served at all. */
export type StartAnswer = "now" | "wait" | Extract<PrintOutcome, { kind: "failed" }>["reason"];

/**
 * Jobs in order, one at a time. Each ends in exactly one outcome, told by its promise: none is lost without a word, none is
 * sent twice. A job whose line died under way is `uncertain` and is not tried again; the next one goes on.
 */
export type PrinterQueue = {
  /** The outcome of the job. The id of a job that still waits or prints gives that job's promise, not a second copy. */
  add(job: PrintJob): Promise<PrintOutcome>;
  jobs(): readonly QueuedJob[];
  /** Looks whether the head may start; called whenever anything about the printer changed. */
  look(): void;
};

/** `run` carries out one job and never throws; `onChange` hears of every change in the queue. */
export type PrinterQueueParts = {
  readonly clock: Clock;
  readonly mayStart: () => StartAnswer;
  readonly run: (job: PrintJob) => Promise<PrintOutcome>;
  readonly onChange: () => void;
};

type Waiting = {
  readonly job: PrintJob;
  /** Everybody who asked for this job. */
  readonly settle: ((outcome: PrintOutcome) => void)[];
  stopExpiry: Cancel | null;
};

/** An empty queue. */
export function createPrinterQueue(parts: PrinterQueueParts): PrinterQueue {
  let waiting: readonly Waiting[] = [];
  let printing: Waiting | null = null;

  function end(entry: Waiting, outcome: PrintOutcome): void {
    entry.stopExpiry?.();
    waiting = waiting.filter((other) => other !== entry);
    if (printing === entry) printing = null;
    for (const settle of entry.settle) settle(outcome);
    parts.onChange();
  }

  function look(): void {
    const head = waiting[0];
    if (printing !== null || head === undefined) return;
    const answer = parts.mayStart();
    if (answer === "wait") return;
    if (answer === "now") {
      head.stopExpiry?.();
      waiting = waiting.slice(1);
      printing = head;
      void parts.run(head.job).then((outcome) => {
        end(head, outcome);
        look();
      });
      return;
    }
    end(head, { kind: "failed", reason: answer });
    look();
  }

  function take(job: PrintJob, settle: (outcome: PrintOutcome) => void): void {
    const twin = [printing, ...waiting].find((entry) => entry?.job.id === job.id);
    if (twin !== undefined && twin !== null) twin.settle.push(settle);
    else if (job.bytes.length > jobBytesMax) settle({ kind: "failed", reason: "tooLarge" });
    else if (waiting.length >= queuedJobsMax) settle({ kind: "failed", reason: "queueFull" });
    else {
      const entry: Waiting = { job, settle: [settle], stopExpiry: null };
      if (job.startWithinMs !== undefined) {
        entry.stopExpiry = parts.clock.after(job.startWithinMs, () =>
          end(entry, { kind: "failed", reason: "expired" }),
        );
      }
      waiting = [...waiting, entry];
      parts.onChange();
      look();
    }
  }

  return {
    add: (job) => new Promise((resolve) => take(job, resolve)),
    look,
    jobs: () => [
      ...(printing === null ? [] : [{ id: printing.job.id, state: "printing" } as const]),
      ...waiting.map(({ job }) => ({ id: job.id, state: "queued" }) as const),
    ],
  };
}
