import { For } from "solid-js";

/** Several of a list, each with its box. */
export function Boxes<Value extends string>(props: {
  readonly title: string;
  readonly all: readonly Value[];
  readonly chosen: readonly Value[];
  readonly nameOf: (value: Value) => string;
  readonly testId: string;
  readonly choose: (chosen: Value[]) => void;
}) {
  const toggled = (value: Value): Value[] =>
    props.all.filter((each) => props.chosen.includes(each) !== (each === value));
  return (
    <fieldset class="radios">
      <legend>{props.title}</legend>
      <For each={props.all}>
        {(value) => (
          <label>
            <input
              type="checkbox"
              data-testid={`${props.testId}-${value}`}
              checked={props.chosen.includes(value)}
              onChange={() => props.choose(toggled(value))}
            />
            {props.nameOf(value)}
          </label>
        )}
      </For>
    </fieldset>
  );
}
