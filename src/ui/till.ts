import { createContext, createEffect, createMemo, createSignal, onCleanup, useContext, type Accessor } from "solid-js";
import type { Clock, Instant } from "../domain/clock.ts";
import type { Language } from "../domain/item.ts";
import type { ChainFindings } from "../domain/journal-check.ts";
import { invariant } from "../domain/assert.ts";
import { formatsOf, type Formats } from "../i18n/locale.ts";
import type { Messages } from "../i18n/messages.ts";
import type { Product } from "../domain/item.ts";
import type { Register } from "../register/register.ts";
import type { RegisterState } from "../register/state.ts";
import type { OwnKeys } from "./keys.ts";

/** What the page around the till can do: kept out of the components, which only draw. */
export type Shell = {
  readonly clock: Clock;
  readonly language: Accessor<Language>;
  /** The sentences of `language`, changing with it. */
  readonly words: Accessor<Messages>;
  setLanguage(language: Language): void;
  /** Opens the customer display in a second window; only on a click. */
  openDisplay(): void;
  readonly camera: {
    readonly view: Accessor<CameraView>;
    start(): void;
    stop(): void;
  };
  /** Scanners of their own USB class (WebHID), and one on a serial line. */
  readonly scanners: Readonly<
    Record<
      "hid" | "serial",
      {
        /** True where the browser could have one and none is connected. */
        readonly isOffered: Accessor<boolean>;
        /** Lets the person choose one; only on a click. */
        pair(): void;
      }
    >
  >;
  /** The receipt printer's paper, in millimetres. */
  readonly paperWidthMm: Accessor<PaperWidth>;
  setPaperWidthMm(width: PaperWidth): void;
  /** Writes the journal to a file: all of this till's, or what the gateway has not acknowledged. */
  exportJournal(part: "all" | "unsent"): void;
  /** A journal file that was opened with the till; null when none is. */
  readonly journalFile: Accessor<JournalFileView | null>;
  closeJournalFile(): void;
  /** Installing as an app: offered when a sale is done and none is open. */
  readonly install: {
    readonly isOffered: Accessor<boolean>;
    accept(): void;
    decline(): void;
  };
  /** True when a shortcut asked for the customer display and the browser wants a press on its button. */
  readonly displayWanted: Accessor<boolean>;
  /** Keys that a person chose in place of the usual ones; kept on this device. */
  readonly ownKeys: Accessor<OwnKeys>;
  setOwnKeys(own: OwnKeys): void;
  /** True when a new version waits and may take over now. */
  readonly updateReady: Accessor<boolean>;
  update(): void;
};

export type PaperWidth = 58 | 80;

/** An opened journal file, as far as it was looked through. */
export type JournalFileView =
  | { readonly kind: "busy" | "noJournal" | "tooLarge"; readonly name: string }
  | {
      readonly kind: "journal";
      readonly name: string;
      readonly till: string;
      readonly series: number;
      readonly chain: ChainFindings;
      readonly isWhole: boolean;
      readonly end: "own" | "theirs" | "unsigned" | "cut" | "wrong";
    };

/** What the camera is doing, or why it is not. */
export type CameraView =
  | { readonly kind: "off" | "starting" | "refused" | "noCamera" | "inUse" | "unsupported" | "decoderFailed" }
  | { readonly kind: "running"; readonly stream: MediaStream };

/**
 * What lies over the screen, or is to be open when its page comes: the keys, one's own PIN, how many of a product,
 * why the drawer opens.
 */
export type Asked =
  | { readonly kind: "keys" | "drawer" | "ownPin" }
  | { readonly kind: "count"; readonly product: Product }
  | null;

/** Everything a screen needs: the register's state as a signal, words and formats of the language, the second's tick. */
export type Till = {
  readonly register: Register;
  readonly shell: Shell;
  readonly state: Accessor<RegisterState>;
  readonly words: Accessor<Messages>;
  readonly formats: Accessor<Formats>;
  readonly language: Accessor<Language>;
  /** The till's clock, moving once a second. */
  readonly now: Accessor<Instant>;
  /** The store's zone, for showing times. */
  readonly zone: Accessor<string>;
  readonly asked: Accessor<Asked>;
  ask(what: Asked): void;
};

const tickMs = 1_000;

/** Wraps the register's observable state in a signal. */
export function createTill(register: Register, shell: Shell): Till {
  const [state, setState] = createSignal(register.state.get());
  onCleanup(register.state.subscribe((next) => setState(() => next)));
  const [asked, ask] = createSignal<Asked>(null);
  const [now, setNow] = createSignal(shell.clock.now());
  let cancel: () => void = () => undefined;
  const tick = (): void => {
    setNow(() => shell.clock.now());
    cancel = shell.clock.after(tickMs, tick);
  };
  tick();
  onCleanup(() => cancel());
  const { words } = shell;
  const formats = createMemo(() => formatsOf(shell.language()));
  createEffect(() => {
    document.documentElement.lang = shell.language();
    document.title = words().app;
  });
  return {
    register,
    shell,
    state,
    words,
    formats,
    language: shell.language,
    now,
    zone: () => state().settings?.store.zone ?? "Asia/Shanghai",
    asked,
    ask: (what) => void ask(what),
  };
}

export const TillContext = createContext<Till>();

/** The till around this component. */
export function useTill(): Till {
  const till = useContext(TillContext);
  invariant(till !== undefined, "a till stands around this component");
  return till;
}
