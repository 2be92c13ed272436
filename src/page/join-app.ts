import { createInstallOffer } from "./install-offer.ts";
import type { AppParts, JoinedApp, JournalSource } from "./app-parts.ts";
import { readJournalFile, writeJournalFile, type JournalPart } from "./journal-file.ts";
import { fulfilWishes, listenToLaunches } from "./launched.ts";
import { readInstall } from "../storage/install.ts";
import { sha256Hex } from "../storage/sha256.ts";
import type { JournalFileView } from "../ui/till.ts";

const declinedKey = "kuantai-install-declined";

/** Hears how the app was started, offers to install it, writes and opens journal files: nothing the first screen waits for. */
export function joinApp(parts: AppParts): JoinedApp {
  const { register, journal } = parts;
  const offer = createInstallOffer({
    target: window,
    early: parts.earlyPrompt,
    declined: {
      get: () => localStorage.getItem(declinedKey) !== null,
      set: () => localStorage.setItem(declinedKey, "1"),
    },
    onChange: parts.setOffered,
    // the browser promises an installed app more: asked for again at once
    onInstalled: () => void navigator.storage.persist(),
  });
  const follow = (): void => offer.follow(register.state.get(), register.isIdle());
  register.state.subscribe(follow);
  follow();
  listenToLaunches(
    window,
    location.href,
    fulfilWishes(register, parts.openDisplay),
    (file) => void openJournal(parts, file),
  );
  if (location.search.includes("open=")) history.replaceState(null, "", location.pathname + location.hash);
  return {
    acceptInstall: offer.accept,
    declineInstall: offer.decline,
    exportJournal: (part) => void exportJournal(journal, part),
  };
}

async function exportJournal({ database, signer }: JournalSource, part: JournalPart): Promise<void> {
  const file = await writeJournalFile(database, signer(), part);
  if (file === null) return;
  const address = URL.createObjectURL(file.content);
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  link.click();
  URL.revokeObjectURL(address);
}

async function openJournal({ journal, journalView, setJournalView }: AppParts, file: File): Promise<void> {
  const busy: JournalFileView = { kind: "busy", name: file.name };
  setJournalView(busy);
  const install = await readInstall(journal.database);
  const reading = { sha256: sha256Hex, subtle: crypto.subtle, ownKey: install?.publicKey ?? null };
  const found = await readJournalFile(file, reading);
  // closed, or another file opened meanwhile
  if (journalView() === busy) setJournalView(found);
}
