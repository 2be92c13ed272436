import {
  createEffect,
  createMemo,
  createSignal,
  For,
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
import { QrCode } from "../ui/parts/QrCode.tsx";
import { formatsOf, type Formats } from "../i18n/locale.ts";
import { loadMessages, preferredLanguage } from "../i18n/languages.ts";
import type { Messages, Told } from "../i18n/messages.ts";

type Message = Extract<DisplayMessage, { kind: "view" }>;

/** How the display hears the till. */
export type DisplayChannel = { post(message: unknown): void; listen(listener: (message: unknown) => void): () => void };

/** Lines shown at most: the newest at the bottom, older ones scroll away. */
const linesShown = 8;

/** The customer's window: what the till last said, and nobody's amount once the till has been silent for three seconds. */
export function CustomerDisplay(props: { readonly channel: DisplayChannel; readonly clock: Clock }): JSX.Element {
  const message = listen(props.channel, props.clock);
  const language = () => message()?.language ?? preferredLanguage(navigator.languages);
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
            words={spoken().display}
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
function displayWords(language: Accessor<Language>): Accessor<Messages | undefined> {
  const [words, setWords] = createSignal<Messages>();
  createEffect(() => {
    const wanted = language();
    void loadMessages(wanted).then((messages) => {
      if (wanted === language()) setWords(() => messages);
    });
  });
  return words;
}

function Shown(props: {
  readonly message: Message | null;
  readonly words: Messages["display"];
  readonly channel: Messages["channel"];
  readonly clock: Clock;
  readonly formats: Formats;
}): JSX.Element {
  const view = (): DisplayView | null => props.message?.view ?? null;
  const selling = () => narrow(view(), "selling");
  const paying = () => narrow(view(), "paying");
  const declined = () => narrow(view(), "declined");
  const scan = () => narrow(view(), "scan");
  const paid = () => narrow(view(), "paid");
  return (
    <Switch fallback={<Idle shop={props.message?.shop ?? ""} silent={props.message === null} words={props.words} />}>
      <Match when={selling()}>
        {(now) => <Selling view={now()} shop={props.message?.shop ?? ""} words={props.words} formats={props.formats} />}
      </Match>
      <Match when={paying()}>
        {(now) => (
          <Asking
            told={toldOf(now().stage, props.words)}
            amount={props.formats.money(now().due)}
            due={props.words.due}
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
            amount={props.formats.money(now().due)}
            due={props.words.due}
            tone={now().givenBack ? "accent" : "danger"}
          />
        )}
      </Match>
      <Match when={paid()}>{(now) => <Paid view={now()} words={props.words} formats={props.formats} />}</Match>
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

function toldOf(stage: "contacting" | "password" | "inDoubt", words: Messages["display"]): Told {
  return stage === "password" ? words.password : stage === "contacting" ? words.contacting : words.inDoubt;
}

/** The browser lets only a press in this very window fill the screen. */
function fillScreen(): void {
  if (document.fullscreenElement === null) document.documentElement.requestFullscreen().then(null, () => false);
}

function Idle(props: {
  readonly shop: string;
  readonly silent: boolean;
  readonly words: Messages["display"];
}): JSX.Element {
  return (
    <main class="idle">
      <h1>{props.silent ? props.words.stale.title : props.words.welcome}</h1>
      <p>{props.silent ? "" : props.shop}</p>
    </main>
  );
}

function Selling(props: {
  readonly view: Extract<DisplayView, { kind: "selling" }>;
  readonly shop: string;
  readonly words: Messages["display"];
  readonly formats: Formats;
}): JSX.Element {
  const shown = () => props.view.lines.slice(-linesShown);
  return (
    <main class="disp">
      <section>
        <h2>{props.shop}</h2>
        <ul>
          <For each={shown()}>
            {(line) => (
              <li classList={{ new: line.line === (props.view.newest ?? props.view.lines.at(-1)?.line) }}>
                <span class="n">{line.name}</span>
                <span class="q num">
                  {line.quantity.unit === "piece" ? "×" : ""}
                  {props.formats.quantity(line.quantity)}
                </span>
                <span class="s num">{props.formats.money(line.amount)}</span>
                <Show when={line.saving.amount > 0}>
                  <em class="num">−{props.formats.amount(line.saving)}</em>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </section>
      <aside>
        <Show when={props.view.savings.amount > 0}>
          <div class="save">
            <span>{props.words.saved}</span>
            <strong class="num">{props.formats.money(props.view.savings)}</strong>
          </div>
        </Show>
        <div class="duebox">
          <span>{props.words.due}</span>
          <strong
            class="num"
            classList={{ long: props.formats.money(props.view.due).length > 8 }}
            data-testid="display-due"
          >
            {props.formats.money(props.view.due)}
          </strong>
        </div>
      </aside>
    </main>
  );
}

function Asking(props: {
  readonly told: Told;
  readonly amount: string;
  readonly due: string;
  readonly tone: "accent" | "doubt" | "danger";
}): JSX.Element {
  return (
    <main class="asking" classList={{ [props.tone]: true }}>
      <div>
        <span>{props.due}</span>
        <strong class="num" data-testid="display-due">
          {props.amount}
        </strong>
        <h1>{props.told.title}</h1>
        <p>{props.told.text}</p>
      </div>
    </main>
  );
}

/** The code to scan: as large as the window lets it, the wallet's name and the time left beside it. */
function ScanThis(props: {
  readonly view: Extract<DisplayView, { kind: "scan" }>;
  readonly clock: Clock;
  readonly channel: string;
  readonly words: Messages["display"];
  readonly formats: Formats;
}): JSX.Element {
  const [now, setNow] = createSignal(props.clock.now());
  let cancel: () => void = () => undefined;
  const tick = (): void => {
    setNow(() => props.clock.now());
    cancel = props.clock.after(displayHeartbeatMs, tick);
  };
  tick();
  onCleanup(() => cancel());
  const left = (): number => Math.max(0, Math.ceil((props.view.expiresAt - now()) / 1000));
  return (
    <main class="scanthis" data-testid="display-scan" data-content={props.view.content}>
      <QrCode text={props.view.content} />
      <div>
        <span>{props.words.due}</span>
        <strong class="num" data-testid="display-due">
          {props.formats.money(props.view.due)}
        </strong>
        <h1>{props.words.scan(props.channel)}</h1>
        <p class="num" role="timer">
          {props.words.codeLeft(left())}
        </p>
      </div>
    </main>
  );
}

function Paid(props: {
  readonly view: Extract<DisplayView, { kind: "paid" }>;
  readonly words: Messages["display"];
  readonly formats: Formats;
}): JSX.Element {
  return (
    <main class="paid">
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M5 13l5 5L20 7" />
      </svg>
      <div>
        <h1>{props.view.back === null ? props.words.paid : props.words.back}</h1>
        <strong class="num" data-testid="display-paid">
          {props.formats.money(props.view.back ?? props.view.total)}
        </strong>
        <Show when={props.view.change}>
          {(change) => (
            <p class="num">
              {props.words.given} {props.formats.money(props.view.given ?? change())} · {props.words.change}{" "}
              <b data-testid="display-change">{props.formats.money(change())}</b>
            </p>
          )}
        </Show>
        <Show when={props.view.savings.amount > 0}>
          <p class="num">
            {props.words.saved} {props.formats.money(props.view.savings)}
          </p>
        </Show>
        <p>{props.words.thanks}</p>
      </div>
    </main>
  );
}
