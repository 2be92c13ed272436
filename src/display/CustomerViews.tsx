import { createSignal, For, onCleanup, Show, type JSX } from "solid-js";
import { displayHeartbeatMs, type DisplayView } from "../contract/display.ts";
import type { Clock } from "../domain/clock.ts";
import { negate, type Money } from "../domain/money.ts";
import type { DisplayWords } from "../i18n/display-words.ts";
import type { Formats } from "../i18n/locale.ts";
import type { Told } from "../i18n/told.ts";
import { QrCode } from "../ui/parts/QrCode.tsx";

/** Room for lines, and the heights of lines, in hundredths of the window's height, as `display.css` makes them. */
const roomVh = 84;
const heightVh = { line: 8.6, newest: 16.5, saving: 4.5 };

type Line = Extract<DisplayView, { kind: "selling" }>["lines"][number];

/** As many whole lines as fit into `room`: the one at `newest`, what stands under it, then what stands above. */
function linesAround(lines: readonly Line[], newest: number, room: number): readonly Line[] {
  const height = ({ saving }: Line): number => heightVh.line + (saving.amount > 0 ? heightVh.saving : 0);
  let [from, to, left] = [newest, newest, room - (heightVh.newest - heightVh.line)];
  const fits = (line: Line | undefined): boolean => {
    if (line === undefined || height(line) > left) return false;
    left -= height(line);
    return true;
  };
  while (fits(lines[to])) to++;
  while (fits(lines[from - 1])) from--;
  return lines.slice(from, to);
}

type AskedAmounts = { readonly due: Money; readonly total: Money };

/** What is to be paid now, or goes back, large; of a sale that is paid in parts its total as well. */
function Asked(props: {
  readonly asked: AskedAmounts;
  readonly words: DisplayWords;
  readonly formats: Formats;
}): JSX.Element {
  const isBack = (): boolean => props.asked.due.amount < 0;
  const due = (): string => props.formats.money(isBack() ? negate(props.asked.due) : props.asked.due);
  const word = (): string => (isBack() ? props.words.back : isPart() ? props.words.now : props.words.due);
  const isPart = (): boolean => props.asked.due.amount > 0 && props.asked.due.amount < props.asked.total.amount;
  return (
    <>
      <span data-testid="display-due-word">{word()}</span>
      <strong class="num" classList={{ long: due().length > 8, longer: due().length > 11 }} data-testid="display-due">
        {due()}
      </strong>
      <Show when={isPart()}>
        <small class="of num" data-testid="display-total">
          {props.words.total} {props.formats.money(props.asked.total)}
        </small>
      </Show>
    </>
  );
}

export function Idle(props: {
  readonly shop: string;
  readonly silent: boolean;
  readonly words: DisplayWords;
}): JSX.Element {
  return (
    <main class="idle">
      <h1>{props.silent ? props.words.stale.title : props.words.welcome}</h1>
      <p>{props.silent ? "" : props.shop}</p>
    </main>
  );
}

function Row(props: { readonly line: Line; readonly isNewest: boolean; readonly formats: Formats }): JSX.Element {
  return (
    <li classList={{ new: props.isNewest }}>
      <span class="n">{props.line.name}</span>
      <span class="q num">
        {props.line.quantity.unit === "piece" ? "×" : ""}
        {props.formats.quantity(props.line.quantity)}
      </span>
      <span class="s num">{props.formats.money(props.line.amount)}</span>
      <Show when={props.line.saving.amount > 0}>
        <em class="num">−{props.formats.amount(props.line.saving)}</em>
      </Show>
    </li>
  );
}

export function Selling(props: {
  readonly view: Extract<DisplayView, { kind: "selling" }>;
  readonly shop: string;
  readonly words: DisplayWords;
  readonly formats: Formats;
}): JSX.Element {
  const isOff = (): boolean => props.view.saleDiscount.amount > 0;
  const tax = (): Money | null => {
    const { tax: added } = props.view;
    return added === undefined || added.amount === 0 ? null : added;
  };
  const newest = (): number | undefined => props.view.newest ?? props.view.lines.at(-1)?.line;
  const shown = (): readonly Line[] => {
    const { lines } = props.view;
    const changed = lines.findIndex((line) => line.line === newest());
    const room = roomVh - (isOff() ? heightVh.line : 0) - (tax() === null ? 0 : heightVh.line);
    return linesAround(lines, changed === -1 ? lines.length - 1 : changed, room);
  };
  return (
    <main class="disp">
      <section>
        <h1>{props.shop}</h1>
        <ul>
          <For each={shown()}>
            {(line) => <Row line={line} isNewest={line.line === newest()} formats={props.formats} />}
          </For>
          <Show when={isOff()}>
            <li class="onall" data-testid="display-sale-discount">
              <span class="n">{props.words.saleDiscount}</span>
              <span class="q" />
              <span class="s num">−{props.formats.money(props.view.saleDiscount)}</span>
            </li>
          </Show>
          <Show when={tax()}>
            {(added) => (
              <li data-testid="display-tax">
                <span class="n">{props.words.tax}</span>
                <span class="q" />
                <span class="s num">{props.formats.money(added())}</span>
              </li>
            )}
          </Show>
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
          <Asked asked={props.view} words={props.words} formats={props.formats} />
        </div>
      </aside>
    </main>
  );
}

export function Asking(props: {
  readonly told: Told;
  readonly asked: AskedAmounts;
  readonly words: DisplayWords;
  readonly formats: Formats;
  readonly tone: "accent" | "doubt" | "danger";
}): JSX.Element {
  return (
    <main class="asking" classList={{ [props.tone]: true }}>
      <div>
        <Asked asked={props.asked} words={props.words} formats={props.formats} />
        <h1>{props.told.title}</h1>
        <p>{props.told.text}</p>
      </div>
    </main>
  );
}

/** The code to scan: as large as the window lets it, the wallet's name and the time left beside it. */
export function ScanThis(props: {
  readonly view: Extract<DisplayView, { kind: "scan" }>;
  readonly clock: Clock;
  readonly channel: string;
  readonly words: DisplayWords;
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
        <Asked asked={props.view} words={props.words} formats={props.formats} />
        <h1>{props.words.scan(props.channel)}</h1>
        <p class="num" role="timer">
          {props.words.codeLeft(left())}
        </p>
      </div>
    </main>
  );
}

export function Paid(props: {
  readonly view: Extract<DisplayView, { kind: "paid" }>;
  readonly words: DisplayWords;
  readonly formats: Formats;
}): JSX.Element {
  const isNoted = (): boolean => props.view.unverified === true;
  const title = (): string => {
    if (props.view.back !== null) return props.words.back;
    return isNoted() ? props.words.noted : props.words.paid;
  };
  return (
    <main class="paid" classList={{ noted: isNoted() }} data-testid="display-result">
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={isNoted() ? "M4 20h4L19 9l-4-4L4 16zM13 7l4 4" : "M5 13l5 5L20 7"} />
      </svg>
      <div>
        <h1>{title()}</h1>
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
