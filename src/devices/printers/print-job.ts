import type { Clock } from "../../domain/clock.ts";
import { sleep } from "../../domain/clock.ts";
import type { PrintOutcome } from "../../domain/printer-status.ts";
import type { DeviceLink } from "../device-link.ts";
import type { PrinterLanguage } from "./printer-language.ts";
import type { PrinterMonitor } from "./printer-monitor.ts";
import type { PrinterModel } from "./printer-model.ts";
import type { PrintJob } from "./printer-queue.ts";

/** Bytes handed over at a time, so that the deadline watches progress and not the length of a receipt. */
const chunkBytes = 512;
/** A chunk that is not taken within this, with no reason told, means the printer is stuck. 512 bytes at 9600 baud take 0.6 s. */
const chunkDeadlineMs = 10_000;
/** The answer behind the last byte is awaited this long, and as long again as the line needs for the job's bytes. */
const proofWaitMs = 5_000;
/** After an answer that did not come, the line must be silent for this long before the next question's answer is believed. */
const resyncQuietMs = 1_000;
/** A serial byte is ten bits on the line: start, eight, stop. */
const bitsPerByte = 10;

/** What a print job runs on. `lost` resolves when the line that the job began on is gone. */
export type PrintJobParts = {
  readonly clock: Clock;
  readonly link: DeviceLink;
  readonly monitor: PrinterMonitor;
  readonly language: PrinterLanguage;
  readonly model: PrinterModel;
  readonly lost: () => Promise<void>;
  /** Told while the job's bytes go out, when no question may stand in their midst. */
  readonly onSending: (isSending: boolean) => void;
};

/**
 * Sends a job and waits for its proof. Begun is begun: once a byte may have gone out nothing is repeated, whatever happens;
 * the outcome tells, and a person decides. Paper out and cover open are waited out without limit, because the printer keeps
 * the job and goes on by itself; a printer that says nothing has a deadline.
 */
export async function runPrintJob(job: PrintJob, parts: PrintJobParts): Promise<PrintOutcome> {
  const { link, monitor, language, clock } = parts;
  link.begin(job.id);
  const lost = parts.lost().then(() => "lost" as const);
  if (monitor.proofsOpen() > 0) {
    await sleep(clock, resyncQuietMs);
    monitor.forgetProofs();
  }
  const bytes = Uint8Array.from([...job.bytes, ...language.proof]);
  const proof = monitor.proof();
  parts.onSending(true);
  const broken = await send(bytes, lost, parts);
  parts.onSending(false);
  if (broken !== null) return { kind: "uncertain", reason: broken };
  const onLineMs = Math.ceil((bytes.length * bitsPerByte * 1_000) / parts.model.baudRate);
  const proven = proof.then(() => "proven" as const);
  for (;;) {
    const waited = new AbortController();
    const answer = await Promise.race([
      proven,
      lost,
      sleep(clock, proofWaitMs + onLineMs, waited.signal).then(() => "silent" as const),
    ]);
    waited.abort();
    if (answer === "silent" && monitor.isBlocked()) continue;
    link.finish();
    if (answer === "proven") return { kind: "printed" };
    if (answer === "lost") return { kind: "uncertain", reason: "linkLost" };
    return { kind: "uncertain", reason: monitor.hasAnswered() ? "noAnswer" : "neverAnswers" };
  }
}

/** Null when every byte was taken, else why not. */
async function send(
  bytes: Uint8Array,
  lost: Promise<"lost">,
  { link, monitor }: PrintJobParts,
): Promise<"linkLost" | "noAnswer" | null> {
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const written = await Promise.race([
      link.write(bytes.subarray(at, at + chunkBytes), chunkDeadlineMs, () => monitor.isBlocked()),
      lost,
    ]);
    if (written === "lost") return "linkLost";
    if (!written.ok) return written.refusal === "lost" ? "linkLost" : "noAnswer";
  }
  return null;
}
