import type { Setter } from "solid-js";
import type { JournalPart } from "./journal-file.ts";
import type { Register } from "../register/register.ts";
import type { LedgerDatabase } from "../storage/database.ts";
import type { Signer } from "../sync/gateway-client.ts";
import type { JournalFileView } from "../ui/till.ts";

/** Where a journal file is written from. */
export type JournalSource = { readonly database: LedgerDatabase; readonly signer: () => Signer | null };

/** What the code that comes after the first screen is given. */
export type AppParts = {
  readonly register: Register;
  readonly journal: JournalSource;
  readonly openDisplay: () => void;
  /** Chromium's question about installing, when it came before that code. */
  readonly earlyPrompt: Event | null;
  readonly setOffered: Setter<boolean>;
  readonly journalView: () => JournalFileView | null;
  readonly setJournalView: Setter<JournalFileView | null>;
};

export type JoinedApp = {
  acceptInstall(): void;
  declineInstall(): void;
  exportJournal(part: JournalPart): void;
};
