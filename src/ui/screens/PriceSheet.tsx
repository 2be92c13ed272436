import { createMemo, createSignal, For, Show, type JSX } from "solid-js";
import { isDiscountRule, type DiscountRule } from "../../domain/discount.ts";
import { minorDigits, money, type CurrencyCode, type Money } from "../../domain/money.ts";
import { noteLengthMax } from "../../domain/line-note.ts";
import { grossOf, type OverrideReason, type SaleLine } from "../../domain/sale-line.ts";
import type { PriceBegun } from "../../register/selling/price-begun.ts";
import { loadPriceWords, type PriceWords } from "../../i18n/areas/price-words.ts";
import { listenToDigits } from "../digit-keys.ts";
import { Keypad } from "../parts/Keypad.tsx";
import { useAreaWords } from "../area-words.ts";
import { useTill } from "../till.ts";

type Kind = keyof PriceWords["kinds"];

const reasons: readonly OverrideReason[] = ["damaged", "nearExpiry", "priceMatch", "labelWrong", "regular", "other"];
const percents: readonly number[] = [5, 10, 15, 20, 30, 50];
const digitsMax = 9;

/** One line's discount or other price; or, without a line, the whole sale's discount. */
export function PriceSheet(): JSX.Element {
  const { state } = useTill();
  const words = useAreaWords(loadPriceWords);
  const line = (): SaleLine | undefined => {
    const { counter, sale } = state();
    return counter.kind === "line" ? sale?.lines.find((each) => each.line === counter.line) : undefined;
  };
  const begun = (): PriceBegun | undefined => {
    const { counter } = state();
    return counter.kind === "line" || counter.kind === "discount" ? counter.begun : undefined;
  };
  return <Show when={words()}>{(spoken) => <Sheet words={spoken()} line={line()} begun={begun()} />}</Show>;
}

function Sheet(props: {
  readonly words: PriceWords;
  readonly line: SaleLine | undefined;
  readonly begun: PriceBegun | undefined;
}): JSX.Element {
  const { register, state } = useTill();
  const { begun } = props;
  const [kind, setKind] = createSignal<Kind>(begun?.kind ?? "percent");
  const [reason, setReason] = createSignal<OverrideReason | null>(begun?.kind === "price" ? begun.reason : null);
  const entry = createEntry(() => state().sale?.currency ?? "CNY", typedOf(begun));
  const rule = (): DiscountRule | null => ruleOf(kind(), entry.typed(), entry.amount());
  const isReady = (): boolean => (kind() === "price" ? entry.typed() !== "" && reason() !== null : rule() !== null);
  /** The sheet closes by itself once the price is taken; it stays while it is refused. */
  const apply = (discount: DiscountRule | null): Promise<void> =>
    props.line === undefined ? register.discountSale(discount) : register.discountLine(props.line.line, discount);
  const take = async (): Promise<void> => {
    const why = reason();
    if (!isReady()) return;
    if (kind() !== "price" || props.line === undefined || why === null) return apply(rule());
    return register.overridePrice(props.line.line, entry.amount(), why);
  };
  const choose = (next: Kind): void => {
    setKind(next);
    entry.clear();
  };
  entry.onEnter(() => void take());
  return (
    <div class="cash price" data-testid="price-sheet" data-kind={kind()}>
      <div class="given">
        <Before words={props.words} line={props.line} />
        <Kinds words={props.words} hasLine={props.line !== undefined} kind={kind()} choose={choose} />
        <p>{props.words.hint[kind()]}</p>
        <div class="big num" data-testid="price-typed">
          {entry.typed() === "" ? "0" : entry.typed()}
          {kind() === "percent" ? " %" : ""}
        </div>
        <Show when={kind() === "percent"}>
          <Percents words={props.words} take={(basisPoints) => void apply({ kind: "percent", basisPoints })} />
        </Show>
        <Show when={kind() === "price"}>
          <Reasons words={props.words} reason={reason()} choose={setReason} />
        </Show>
        <Show when={props.line}>{(line) => <Note words={props.words} line={line()} />}</Show>
        <Ways words={props.words} line={props.line} clear={() => void apply(null)} />
      </div>
      <PriceKeys entry={entry} label={props.words.take} ready={isReady()} take={() => void take()} />
    </div>
  );
}

/** What is priced, and what it comes to before. */
function Before(props: { readonly words: PriceWords; readonly line: SaleLine | undefined }): JSX.Element {
  const { state, formats, language } = useTill();
  const before = createMemo((): Money => {
    const { line } = props;
    return line === undefined ? (state().totals?.lines ?? money(0, "CNY")) : grossOf(line);
  });
  return (
    <>
      <h1>{props.line?.names[language()] ?? props.words.saleTitle}</h1>
      <div class="sumrow">
        <span>{props.words.now}</span>
        <b class="num">{formats().money(before())}</b>
      </div>
    </>
  );
}

function Kinds(props: {
  readonly words: PriceWords;
  readonly hasLine: boolean;
  readonly kind: Kind;
  readonly choose: (kind: Kind) => void;
}): JSX.Element {
  const kinds = (): readonly Kind[] =>
    props.hasLine ? ["percent", "amount", "target", "price"] : ["percent", "amount", "target"];
  return (
    <div class="kinds" role="group">
      <For each={kinds()}>
        {(each) => (
          <button
            type="button"
            data-testid={`price-${each}`}
            classList={{ on: props.kind === each }}
            aria-pressed={props.kind === each}
            onClick={() => props.choose(each)}
          >
            {props.words.kinds[each]}
          </button>
        )}
      </For>
    </div>
  );
}

function Percents(props: { readonly words: PriceWords; readonly take: (basisPoints: number) => void }): JSX.Element {
  return (
    <div class="quick num">
      <For each={percents}>
        {(percent) => (
          <button type="button" data-testid={`percent-${percent}`} onClick={() => props.take(percent * 100)}>
            {props.words.percentOff(String(percent))}
          </button>
        )}
      </For>
    </div>
  );
}

function Reasons(props: {
  readonly words: PriceWords;
  readonly reason: OverrideReason | null;
  readonly choose: (reason: OverrideReason) => void;
}): JSX.Element {
  return (
    <div class="chips" role="group" aria-label={props.words.why}>
      <For each={reasons}>
        {(each) => (
          <button
            type="button"
            data-testid={`reason-${each}`}
            classList={{ on: props.reason === each }}
            aria-pressed={props.reason === each}
            onClick={() => props.choose(each)}
          >
            {props.words.reasons[each]}
          </button>
        )}
      </For>
    </div>
  );
}

/** A few words to the line; kept as soon as the box is left, or with Enter. */
function Note(props: { readonly words: PriceWords; readonly line: SaleLine }): JSX.Element {
  const { register } = useTill();
  const keep = (note: string): void => {
    if (note !== (props.line.note ?? "")) void register.noteLine(props.line.line, note);
  };
  return (
    <label class="slip">
      <span>{props.words.note}</span>
      <input
        data-testid="line-note"
        value={props.line.note ?? ""}
        maxLength={noteLengthMax}
        autocomplete="off"
        placeholder={props.words.noteHint}
        onChange={(event) => keep(event.currentTarget.value)}
      />
    </label>
  );
}

/** Back, no discount, or the line off the ticket. */
function Ways(props: {
  readonly words: PriceWords;
  readonly line: SaleLine | undefined;
  readonly clear: () => void;
}): JSX.Element {
  const { register } = useTill();
  const remove = (line: SaleLine): void => {
    register.remove(line.line);
    register.backToGoods();
  };
  return (
    <div class="row">
      <button type="button" class="quiet" data-testid="price-back" onClick={() => register.backToGoods()}>
        {props.words.back}
      </button>
      <button type="button" class="quiet" data-testid="price-clear" onClick={() => props.clear()}>
        {props.words.clear}
      </button>
      <Show when={props.line}>
        {(line) => (
          <button type="button" class="quiet danger" data-testid="price-remove" onClick={() => remove(line())}>
            {props.words.remove}
          </button>
        )}
      </Show>
    </div>
  );
}

function PriceKeys(props: {
  readonly entry: Entry;
  readonly label: string;
  readonly ready: boolean;
  readonly take: () => void;
}): JSX.Element {
  const { words } = useTill();
  return (
    <Keypad
      onDigit={props.entry.type}
      onBack={props.entry.back}
      backLabel={words().signOn.back}
      left={{ label: ".", press: () => props.entry.type(".") }}
    >
      <button type="button" class="go wide" data-testid="price-take" disabled={!props.ready} onClick={props.take}>
        {props.label}
      </button>
    </Keypad>
  );
}

type Entry = {
  readonly typed: () => string;
  readonly amount: () => Money;
  type(key: string): void;
  back(): void;
  clear(): void;
  onEnter(take: () => void): void;
};

/** Digits and one point, by keypad and keyboard. */
function createEntry(currency: () => CurrencyCode, begun: string): Entry {
  const [typed, setTyped] = createSignal(begun);
  let enter: () => void = () => undefined;
  const type = (key: string): void => {
    const next = typed() + key;
    if (/^\d*\.?\d{0,2}$/u.test(next) && next.length <= digitsMax) setTyped(next);
  };
  const back = (): void => void setTyped(typed().slice(0, -1));
  listenToDigits({ typed, set: setTyped, type, back, isReady: () => true, done: () => enter() });
  return {
    typed,
    amount: () => money(Math.round(Number(typed() || "0") * 10 ** minorDigits[currency()]), currency()),
    type,
    back,
    clear: () => void setTyped(""),
    onEnter: (take) => {
      enter = take;
    },
  };
}

/** What was typed before, as it was typed. */
function typedOf(begun: PriceBegun | undefined): string {
  if (begun === undefined) return "";
  if (begun.kind === "percent") return String(begun.basisPoints / 100);
  const { amount, currency } = begun.kind === "price" ? begun.unitPrice : begun.amount;
  return String(amount / 10 ** minorDigits[currency]);
}

/** The rule that was typed; null while it is none. */
function ruleOf(kind: Kind, typed: string, amount: Money): DiscountRule | null {
  if (typed === "" || kind === "price") return null;
  const rule: DiscountRule =
    kind === "percent" ? { kind, basisPoints: Math.round(Number(typed) * 100) } : { kind, amount };
  return isDiscountRule(rule) ? rule : null;
}
