import type { ReceiptDocument } from "../../domain/receipt.ts";
import type { PrinterModel } from "./printer-model.ts";

/** What an answer says; a field that is absent was not spoken of. */
export type PrinterFacts = {
  readonly paper?: "ok" | "low" | "out";
  readonly coverOpen?: boolean;
  readonly offline?: boolean;
  readonly fault?: "none" | "cutter" | "recoverable" | "unrecoverable";
};

/** One answer read from the line: to a status question, unasked, or to the question that stands behind a job. */
export type PrinterAnswer = { readonly kind: "status" | "unasked" | "proof"; readonly facts: PrinterFacts };

/** One status question: its bytes and how its one-byte answer reads. */
export type StatusQuestion = { readonly bytes: Uint8Array; readonly read: (answer: number) => PrinterFacts };

/** Reads answers out of bytes cut anywhere. `question` is the one now waiting for its answer, if any. */
export type AnswerDecoder = { push(bytes: Uint8Array, question: StatusQuestion | null): readonly PrinterAnswer[] };

/** A printer's language: pure bytes in, bytes out. It owns no port, no timer, no clock. */
export type PrinterLanguage = {
  readonly id: string;
  /** The whole job for a receipt, from reset to cut. */
  encodeReceipt(document: ReceiptDocument, model: PrinterModel): Uint8Array;
  /** The whole job that opens the drawer. Never sent twice for one id. */
  encodeDrawerKick(model: PrinterModel): Uint8Array;
  /** A question answered only once everything before it has been carried out. */
  readonly proof: Uint8Array;
  /** Bytes to send when the line opens, so that changes are told unasked. */
  readonly hello: Uint8Array;
  readonly questions: readonly StatusQuestion[];
  createDecoder(): AnswerDecoder;
};
