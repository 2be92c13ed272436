import { createSignal } from "solid-js";
import type { JoinedApp, JournalSource } from "./app-parts.ts";
import type { Register } from "../register/register.ts";
import type { JournalFileView, Shell } from "../ui/till.ts";

/** What the shell has of an app that is installed, or could be. */
type AppShell = Pick<
  Shell,
  "exportJournal" | "journalFile" | "closeJournalFile" | "install" | "displayWanted" | "openDisplay"
>;

export type InstalledApp = {
  /** Joins the till, once it is composed. */
  join(register: Register, journal: JournalSource, openDisplay: () => Window | null, painted: Promise<void>): AppShell;
};

/** Listens from the first moment on: Chromium asks about installing before the till's databases are open. The rest comes later. */
export function listenAsApp(): InstalledApp {
  let earlyPrompt: Event | null = null;
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    earlyPrompt = event;
  });
  const [isOffered, setOffered] = createSignal(false);
  const [displayWanted, setDisplayWanted] = createSignal(false);
  const [journalView, setJournalView] = createSignal<JournalFileView | null>(null);
  return {
    join: (register, journal, open, painted) => {
      const openDisplay = (): void => void setDisplayWanted(open() === null);
      const joined: Promise<JoinedApp> = painted
        .then(() => import("./join-app.ts"))
        .then(({ joinApp }) =>
          joinApp({ register, journal, openDisplay, earlyPrompt, setOffered, journalView, setJournalView }),
        );
      return {
        openDisplay,
        displayWanted,
        install: {
          isOffered,
          accept: () => void joined.then((app) => app.acceptInstall()),
          decline: () => void joined.then((app) => app.declineInstall()),
        },
        journalFile: journalView,
        closeJournalFile: () => void setJournalView(null),
        exportJournal: (part) => void joined.then((app) => app.exportJournal(part)),
      };
    },
  };
}
