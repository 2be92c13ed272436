import type { Cancel, Clock } from "../../domain/clock.ts";
import { unreachable } from "../../domain/assert.ts";
import type { DeviceConnection } from "../../domain/device-connection.ts";
import type { PrinterStatus } from "../../domain/printer-status.ts";
import type { AnswerDecoder, PrinterFacts, PrinterLanguage, StatusQuestion } from "./printer-language.ts";

/** One status question waits this long for its byte; answers come within some 20 ms of a printer that answers at all. */
const answerWaitMs = 500;
/** An idle printer is asked this often; changes it tells by itself arrive between. */
const pollMs = 5_000;
/** While a job waits for its proof the printer is asked more often, to learn of paper and cover. */
const proofPollMs = 1_000;
/** Rounds without an answer after which a printer that used to answer counts as off line. */
const missedRoundsMax = 2;

/** Listens to a printer and asks it how it is. Knows facts and proofs, sends no jobs. */
export type PrinterMonitor = {
  /** Takes bytes from the line. */
  received(bytes: Uint8Array): void;
  /** The line was opened (anew): greets, asks a first round. */
  opened(): void;
  /** The line is gone: forgets everything it was told. */
  gone(): void;
  /** Whether the first round of questions is over, answered or not. */
  isKnown(): boolean;
  hasAnswered(): boolean;
  /** Whether the printer is known to wait for a person: paper, cover, off line, a fault. */
  isBlocked(): boolean;
  status(connection: DeviceConnection): PrinterStatus;
  /** Registers the proof question just sent; resolves with its answer, in the order of asking. */
  proof(): Promise<void>;
  proofsOpen(): number;
  /** Gives up answers that never came, so that a later answer is not taken for an earlier question's. */
  forgetProofs(): void;
};

/** What the monitor needs; `ask` writes a question and is called only when `mayAsk` says that no job's bytes are under way. */
export type PrinterMonitorParts = {
  readonly language: PrinterLanguage;
  readonly clock: Clock;
  readonly ask: (bytes: Uint8Array) => void;
  readonly mayAsk: () => boolean;
  readonly onChange: () => void;
};

/** A monitor that has heard nothing yet. */
export function createPrinterMonitor(parts: PrinterMonitorParts): PrinterMonitor {
  return new Monitor(parts);
}

class Monitor implements PrinterMonitor {
  readonly #parts: PrinterMonitorParts;
  #facts: PrinterFacts = {};
  #decoder: AnswerDecoder;
  #question: StatusQuestion | null = null;
  #timer: Cancel = () => undefined;
  #known = false;
  #answered = false;
  #answersQuestions = false;
  #missedRounds = 0;
  #roundAnswers = 0;
  #proofs: (() => void)[] = [];

  constructor(parts: PrinterMonitorParts) {
    this.#parts = parts;
    this.#decoder = parts.language.createDecoder();
  }

  received(bytes: Uint8Array): void {
    const before = this.#question;
    for (const answer of this.#decoder.push(bytes, before)) {
      this.#facts = { ...this.#facts, ...answer.facts };
      this.#answered = true;
      this.#missedRounds = 0;
      if (answer.kind === "proof") this.#proofs.shift()?.();
      if (answer.kind === "status" && this.#question !== null) {
        this.#answersQuestions = true;
        this.#roundAnswers += 1;
        this.#next(this.#question);
      }
    }
    this.#parts.onChange();
  }

  opened(): void {
    this.gone();
    this.#parts.ask(this.#parts.language.hello);
    this.#round();
  }

  gone(): void {
    this.#timer();
    this.#facts = {};
    this.#decoder = this.#parts.language.createDecoder();
    this.#question = null;
    this.#known = false;
    this.#answered = false;
    this.#answersQuestions = false;
    this.#missedRounds = 0;
    this.#proofs = [];
  }

  isKnown(): boolean {
    return this.#known;
  }

  hasAnswered(): boolean {
    return this.#answered;
  }

  isBlocked(): boolean {
    const { kind } = this.#told();
    return kind === "paperOut" || kind === "coverOpen" || kind === "offline" || kind === "error";
  }

  status(connection: DeviceConnection): PrinterStatus {
    switch (connection.state) {
      case "unpaired":
        return { kind: "notPaired" };
      case "detached":
        return { kind: "unplugged" };
      case "error":
        return { kind: "error", fault: connection.fault };
      case "closed":
      case "opening":
        return { kind: "unknown" };
      case "idle":
      case "busy":
        return this.#told();
      default:
        return unreachable(connection);
    }
  }

  proof(): Promise<void> {
    return new Promise((resolve) => this.#proofs.push(resolve));
  }

  proofsOpen(): number {
    return this.#proofs.length;
  }

  forgetProofs(): void {
    this.#proofs = [];
  }

  /** The causes before the effect: an open cover also means off line, and only the cover helps the person. */
  #told(): PrinterStatus {
    if (!this.#answered) return { kind: "unknown" };
    const { coverOpen, paper, fault, offline } = this.#facts;
    if (coverOpen === true) return { kind: "coverOpen" };
    if (paper === "out") return { kind: "paperOut" };
    if (fault !== undefined && fault !== "none") return { kind: "error", fault };
    if (offline === true || this.#missedRounds >= missedRoundsMax) return { kind: "offline" };
    return paper === "low" ? { kind: "paperLow" } : { kind: "ready" };
  }

  #round(): void {
    this.#roundAnswers = 0;
    this.#askAt(0);
  }

  #askAt(index: number): void {
    const question = this.#parts.language.questions[index];
    if (question === undefined) return this.#endRound();
    if (!this.#parts.mayAsk()) return this.#later();
    this.#question = question;
    this.#parts.ask(question.bytes);
    // A printer that leaves the first question unanswered is not asked the others: they would only cost time.
    this.#timer = this.#parts.clock.after(answerWaitMs, () => {
      this.#question = null;
      if (index === 0) this.#endRound();
      else this.#askAt(index + 1);
    });
  }

  #next(answered: StatusQuestion): void {
    this.#timer();
    this.#question = null;
    this.#askAt(this.#parts.language.questions.indexOf(answered) + 1);
  }

  #endRound(): void {
    this.#known = true;
    if (this.#roundAnswers === 0 && this.#answersQuestions) this.#missedRounds += 1;
    this.#later();
    this.#parts.onChange();
  }

  #later(): void {
    this.#question = null;
    this.#timer = this.#parts.clock.after(this.#proofs.length > 0 || !this.#parts.mayAsk() ? proofPollMs : pollMs, () =>
      this.#round(),
    );
  }
}
