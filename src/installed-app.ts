import { createSignal } from "solid-js";
import { createInstallOffer } from "./install-offer.ts";
import type { JournalPart } from "./journal-file.ts";
import { fulfilWishes, listenToLaunches } from "./launched.ts";
import type { Register } from "./register/register.ts";
import type { LedgerDatabase } from "./storage/database.ts";
import { readInstall } from "./storage/install.ts";
import { sha256Hex } from "./storage/sha256.ts";
import type { Signer } from "./sync/gateway-client.ts";
import type { JournalFileView, Shell } from "./ui/till.ts";

const declinedKey = "kuantai-install-declined";

/** What the shell has of an app that is installed, or could be. */
type AppShell = Pick<
  Shell,
  "exportJournal" | "journalFile" | "closeJournalFile" | "install" | "displayWanted" | "openDisplay"
>;

export type InstalledApp = {
  /** Joins the till, once it is composed. */
  join(register: Register, journal: JournalSource, openDisplay: () => Window | null): AppShell;
};

export type JournalSource = { readonly database: LedgerDatabase; readonly signer: () => Signer | null };

/** Listens from the first moment on: Chromium asks about installing before the till's databases are open. */
export function listenAsApp(): InstalledApp {
  const [isOffered, setOffered] = createSignal(false);
  const offer = createInstallOffer({
    target: window,
    declined: {
      get: () => localStorage.getItem(declinedKey) !== null,
      set: () => localStorage.setItem(declinedKey, "1"),
    },
    onChange: setOffered,
    // the browser promises an installed app more: asked for again at once
    onInstalled: () => void navigator.storage.persist(),
  });
  return {
    join: (register, journal, openDisplay) => {
      const [displayWanted, setDisplayWanted] = createSignal(false);
      const open = (): void => void setDisplayWanted(openDisplay() === null);
      register.state.subscribe((state) => offer.follow(state, register.isIdle()));
      const file = journalFiles(journal);
      listenToLaunches(window, location.href, fulfilWishes(register, open), file.open);
      if (location.search.includes("open=")) history.replaceState(null, "", location.pathname + location.hash);
      return {
        openDisplay: open,
        displayWanted,
        install: { isOffered, accept: offer.accept, decline: offer.decline },
        journalFile: file.view,
        closeJournalFile: file.close,
        exportJournal: (part) => void exportJournal(journal, part),
      };
    },
  };
}

/** The journal's code comes when a file is written or opened. */
async function exportJournal({ database, signer }: JournalSource, part: JournalPart): Promise<void> {
  const { writeJournalFile } = await import("./journal-file.ts");
  const file = await writeJournalFile(database, signer(), part);
  if (file === null) return;
  const address = URL.createObjectURL(file.content);
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  link.click();
  URL.revokeObjectURL(address);
}

function journalFiles({ database }: JournalSource) {
  const [view, setView] = createSignal<JournalFileView | null>(null);
  const open = async (file: File): Promise<void> => {
    const busy: JournalFileView = { kind: "busy", name: file.name };
    setView(busy);
    const { readJournalFile } = await import("./journal-file.ts");
    const install = await readInstall(database);
    const parts = { sha256: sha256Hex, subtle: crypto.subtle, ownKey: install?.publicKey ?? null };
    const found = await readJournalFile(file, parts);
    // closed, or another file opened meanwhile
    if (view() === busy) setView(found);
  };
  return { view, open: (file: File) => void open(file), close: () => void setView(null) };
}
