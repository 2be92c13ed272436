import {
  createEffect,
  createMemo,
  createSignal,
  Match,
  onCleanup,
  Show,
  Switch,
  type Accessor,
  type JSX,
} from "solid-js";
import {
  displayHeartbeatMs,
  displayMessage,
  displayStaleMs,
  type DisplayMessage,
  type DisplayView,
} from "../contract/display.ts";
import type { Clock } from "../domain/clock.ts";
import type { Language } from "../domain/item.ts";
import { PicturedIdle } from "./PicturedIdle.tsx";
import { takeTurns } from "./picture-turns.ts";
import { Asking, Idle, Paid, ScanThis, Selling } from "./CustomerViews.tsx";
import { formatsOf, type Formats } from "../i18n/locale.ts";
import { loadDisplayWords, preferredLanguage } from "../i18n/languages.ts";
import type { DisplayWords } from "../i18n/display-words.ts";
import type { Told } from "../i18n/told.ts";

type Message = Extract<DisplayMessage, { kind: "view" }>;

/** How the display hears the till. */
export type DisplayChannel = { post(message: unknown): void; listen(listener: (message: unknown) => void): () => void };

/** The customer's window: what the till last said, and nobody's amount once the till has been silent for three seconds. */
export function CustomerDisplay(props: {
  readonly channel: DisplayChannel;
  readonly clock: Clock;
  /** Addresses of what hangs there while nobody is served. */
  readonly pictures: readonly string[];
}): JSX.Element {
  const message = listen(props.channel, props.clock);
  const isIdle = createMemo(() => message()?.view.kind === "idle");
  const hung = takeTurns(() => props.pictures, isIdle, props.clock);
  // a till that fell silent is waited for in the language it spoke
  const language = createMemo<Language>((last) => message()?.language ?? last, preferredLanguage(navigator.languages));
  const words = displayWords(language);
  const formats = createMemo(() => formatsOf(language()));
  return (
    <div
      class="customer"
      data-testid="display"
      data-view={message()?.view.kind ?? "silent"}
      lang={language()}
      onClick={fillScreen}
    >
      <Show when={words()}>
        {(spoken) => (
          <Shown
            message={message()}
            hung={hung()}
            words={spoken()}
            channel={spoken().channel}
            clock={props.clock}
            formats={formats()}
          />
        )}
      </Show>
    </div>
  );
}

/** The display's sentences, undefined until they are there. */
function displayWords(language: Accessor<Language>): Accessor<DisplayWords | undefined> {
  const [words, setWords] = createSignal<DisplayWords>();
  createEffect(() => {
    const wanted = language();
    void loadDisplayWords(wanted).then((messages) => {
      if (wanted === language()) setWords(() => messages);
    });
  });
  return words;
}

function Shown(props: {
  readonly message: Message | null;
  readonly hung: readonly HTMLImageElement[];
  readonly words: DisplayWords;
  readonly channel: DisplayWords["channel"];
  readonly clock: Clock;
  readonly formats: Formats;
}): JSX.Element {
  const view = (): DisplayView | null => props.message?.view ?? null;
  const shop = (): string => props.message?.shop ?? "";
  const selling = () => narrow(view(), "selling");
  const paying = () => narrow(view(), "paying");
  const declined = () => narrow(view(), "declined");
  const scan = () => narrow(view(), "scan");
  const paid = () => narrow(view(), "paid");
  return (
    <Switch fallback={<Idle shop={shop()} silent={props.message === null} words={props.words} />}>
      <Match when={selling()}>
        {(now) => <Selling view={now()} shop={shop()} words={props.words} formats={props.formats} />}
      </Match>
      <Match when={paying()}>
        {(now) => (
          <Asking
            told={toldOf(now().stage, props.words)}
            asked={now()}
            words={props.words}
            formats={props.formats}
            tone={now().stage === "inDoubt" ? "doubt" : "accent"}
          />
        )}
      </Match>
      <Match when={scan()}>
        {(now) => (
          <ScanThis
            view={now()}
            clock={props.clock}
            channel={props.channel[now().channel]}
            words={props.words}
            formats={props.formats}
          />
        )}
      </Match>
      <Match when={declined()}>
        {(now) => (
          <Asking
            told={now().givenBack ? props.words.givenBack : props.words.declined}
            asked={now()}
            words={props.words}
            formats={props.formats}
            tone={now().givenBack ? "accent" : "danger"}
          />
        )}
      </Match>
      <Match when={paid()}>{(now) => <Paid view={now()} words={props.words} formats={props.formats} />}</Match>
      <Match when={view()?.kind === "idle" && props.hung.length > 0}>
        <PicturedIdle hung={props.hung} shop={shop()} words={props.words} />
      </Match>
    </Switch>
  );
}

function listen(channel: DisplayChannel, clock: Clock): Accessor<Message | null> {
  const [message, setMessage] = createSignal<Message | null>(null);
  let heardAt = clock.now();
  const stop = channel.listen((raw) => {
    const parsed = displayMessage.safeParse(raw);
    if (!parsed.success || parsed.data.kind !== "view") return;
    const next = parsed.data;
    const last = message();
    if (last !== null && (next.epoch < last.epoch || (next.epoch === last.epoch && next.revision <= last.revision)))
      return;
    heardAt = clock.now();
    setMessage(next);
  });
  const hello = (): void => channel.post({ kind: "hello", v: 1 });
  let cancel: () => void = () => undefined;
  const watch = (): void => {
    if (clock.now() - heardAt > displayStaleMs) {
      setMessage(null);
      hello();
    }
    cancel = clock.after(displayHeartbeatMs, watch);
  };
  hello();
  watch();
  onCleanup(() => {
    stop();
    cancel();
  });
  return message;
}

function narrow<Kind extends DisplayView["kind"]>(
  view: DisplayView | null,
  kind: Kind,
): Extract<DisplayView, { kind: Kind }> | false {
  return view !== null && view.kind === kind ? (view as Extract<DisplayView, { kind: Kind }>) : false;
}

function toldOf(stage: "contacting" | "password" | "inDoubt", words: DisplayWords): Told {
  return stage === "password" ? words.password : stage === "contacting" ? words.contacting : words.inDoubt;
}

/** The browser lets only a press in this very window fill the screen. */
function fillScreen(): void {
  if (document.fullscreenElement === null) document.documentElement.requestFullscreen().then(null, () => false);
}
