import { createSignal, Show, type JSX } from "solid-js";
import { nameOf } from "../../domain/item.ts";
import { money } from "../../domain/money.ts";
import { priceOf, quantity, type Quantity } from "../../domain/quantity.ts";
import { listenToDigits } from "../digit-keys.ts";
import { Keypad } from "../parts/Keypad.tsx";
import { useTill } from "../till.ts";

/** As many digits as a line takes; one typed without its point is asked about when it is added. */
const weightForm = /^\d{0,4}(?:\.\d{0,3})?$/;

/** The weight of goods sold by the kilogram, typed in. */
export function Weigh(): JSX.Element {
  const { register, state, words, formats, language } = useTill();
  const [text, setText] = createSignal("");
  const product = () => {
    const { counter } = state();
    return counter.kind === "weigh" ? counter.product : null;
  };
  const weight = (): Quantity | null => {
    const thousandths = Math.round(Number(text() === "." ? "0" : text()) * 1000);
    return text() === "" || thousandths === 0 ? null : quantity(thousandths, "kg");
  };
  const type = (key: string): void => {
    if (weightForm.test(text() + key)) setText(text() + key);
  };
  const add = (): void => {
    const [goods, amount] = [product(), weight()];
    if (goods !== null && amount !== null) void register.add(goods, amount);
  };
  const back = (): void => void setText(text().slice(0, -1));
  listenToDigits({ typed: text, set: setText, type, back, isReady: () => weight() !== null, done: add });
  const currency = () => state().settings?.store.currency ?? "CNY";
  return (
    <Show when={product()}>
      {(goods) => (
        <div class="cash" data-testid="weigh">
          <div class="given">
            <div class="sumrow">
              <span>{words().weigh.title(nameOf(goods(), language()))}</span>
              <b class="num">{words().weigh.price(formats().money(money(goods().price, currency())))}</b>
            </div>
            <div class="big num">{text() === "" ? "0" : text()} kg</div>
            <span />
            <div class="change figure">
              <span>{words().weigh.item}</span>
              <strong class="num">
                {formats().money(priceOf(money(goods().price, currency()), weight() ?? quantity(0, "kg")))}
              </strong>
            </div>
          </div>
          <Keypad
            onDigit={type}
            onBack={back}
            backLabel={words().signOn.back}
            left={{ label: ".", press: () => type(".") }}
          >
            <button type="button" class="word" onClick={() => register.backToGoods()}>
              {words().weigh.cancel}
            </button>
            <button type="button" class="go two" data-testid="weigh-add" disabled={weight() === null} onClick={add}>
              {words().weigh.go}
            </button>
          </Keypad>
        </div>
      )}
    </Show>
  );
}
