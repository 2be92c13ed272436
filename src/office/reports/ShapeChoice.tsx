import { For, Show } from "solid-js";
import { reportBys, reportGrains, type ReportBy, type ReportGrain } from "../../contract/reports.ts";
import { presets, type Preset } from "../../domain/reports/periods.ts";
import { reportWords } from "../../i18n/report-words.ts";
import type { ReportParts } from "./report-parts.ts";

/** What the rows are, by which time they stand apart, and over which days. */
export function ShapeChoice(props: { readonly parts: ReportParts }) {
  const { office, state } = props.parts;
  const words = () => reportWords(office.language());
  const isOwn = () => typeof state.asked() !== "string";
  const ranges = () => [
    ...presets.map((each) => [each, words().preset[each]] as const),
    ["own", words().ownRange] as const,
  ];
  return (
    <div class="report-shape">
      <Choice
        title={words().rows}
        testId="report-by"
        choices={reportBys.map((each) => [each, words().by[each]] as const)}
        chosen={state.by()}
        choose={(value) => state.setBy(value as ReportBy)}
      />
      <Choice
        title={words().time}
        testId="report-grain"
        choices={reportGrains.map((each) => [each, words().grain[each]] as const)}
        chosen={state.grain()}
        choose={(value) => state.setGrain(value as ReportGrain)}
      />
      <Choice
        title={words().range}
        testId="report-range"
        choices={ranges()}
        chosen={isOwn() ? "own" : String(state.asked())}
        choose={(value) => state.setRange(value === "own" ? state.range() : (value as Preset))}
      />
      <Show when={isOwn()} fallback={<RangeShown parts={props.parts} />}>
        <Day parts={props.parts} end="from" />
        <Day parts={props.parts} end="to" />
      </Show>
    </div>
  );
}

function Choice(props: {
  readonly title: string;
  readonly testId: string;
  readonly choices: readonly (readonly [value: string, name: string])[];
  readonly chosen: string;
  readonly choose: (value: string) => void;
}) {
  return (
    <label class="chip">
      <span>{props.title}</span>
      <select data-testid={props.testId} onChange={(event) => props.choose(event.currentTarget.value)}>
        <For each={props.choices}>
          {([value, name]) => (
            <option value={value} selected={value === props.chosen}>
              {name}
            </option>
          )}
        </For>
      </select>
    </label>
  );
}

function RangeShown(props: { readonly parts: ReportParts }) {
  const range = () => props.parts.state.range();
  return (
    <span class="range num soft" data-testid="report-days">
      {range().from === range().to ? range().from : `${range().from} – ${range().to}`}
    </span>
  );
}

/** The date reads the same in every language; the browser's own calendar lies over it, unseen until it is opened. */
function Day(props: { readonly parts: ReportParts; readonly end: "from" | "to" }) {
  const { office, state } = props.parts;
  const words = () => reportWords(office.language());
  return (
    <label class="date">
      <span>{words()[props.end]}</span>
      <b class="num">{state.range()[props.end]}</b>
      <input
        type="date"
        max={office.today()}
        data-testid={`report-${props.end}`}
        value={state.range()[props.end]}
        onClick={(event) => event.currentTarget.showPicker()}
        onChange={(event) => {
          const { value } = event.currentTarget;
          if (value !== "") state.setRange({ ...state.range(), [props.end]: value });
        }}
      />
    </label>
  );
}
