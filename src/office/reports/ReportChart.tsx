import { createEffect, createMemo, createSignal, onCleanup, onMount, Show } from "solid-js";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { reportKind, type Report } from "../../contract/reports.ts";
import { minorDigits, type Money } from "../../domain/money.ts";
import { periodWord } from "../../i18n/report-keys.ts";
import { reportWords } from "../../i18n/report-words.ts";
import type { ReportParts } from "./report-parts.ts";
import type { ReportState } from "./report-state.ts";
import { hasTime, nameOfRow } from "./report-columns.ts";

type Point = { readonly name: string; readonly value: number };
type Colours = { readonly bar: string; readonly ink: string; readonly line: string; readonly font: string };

/** Bars of rows without time: more names do not fit below. */
const rowBarsMax = 12;
const nameCharsMax = 8;
const wideCharPx = 13;
const narrowCharPx = 8;
const heightPx = 148;

/** The report as bars, over time where it has one, else of its first rows. The table says the same in figures. */
export function ReportChart(props: { readonly parts: ReportParts; readonly report: Report }) {
  const { office, state } = props.parts;
  const words = () => reportWords(office.language());
  const [pointed, setPointed] = createSignal<number | null>(null);
  const points = createMemo(() => pointsOf(props.parts, props.report));
  const money = (value: number): string =>
    office.formats().money({ amount: value as Money["amount"], currency: props.report.currency });
  const title = (): string => {
    const figure = words().figure[isGivenAway(state) ? "givenAway" : "total"];
    return hasTime(state.grain()) && !isGivenAway(state) ? words().chart(figure) : figure;
  };
  const largest = () =>
    points().reduce((most, each) => (each.value > most.value ? each : most), { name: "", value: 0 });
  const told = (): string => words().chartText(points().length, money(largest().value), largest().name);
  let place!: HTMLDivElement;
  onMount(() => drawIn(place, props.parts, points, () => props.report.currency, setPointed));
  return (
    <div class="chart-card" data-testid="report-chart" role="img" aria-label={`${title()}. ${told()}`}>
      <p class="chart-title">
        <b>{title()}</b>
        <span class="num soft">
          <Show when={points()[pointed() ?? -1]}>{(at) => `${at().name} ${money(at().value)}`}</Show>
        </span>
      </p>
      <div class="chart" ref={place} />
    </div>
  );
}

function isGivenAway({ by, filter }: ReportState): boolean {
  return reportKind(by(), filter()) === "discount";
}

function pointsOf({ office, state }: ReportParts, report: Report): readonly Point[] {
  const words = reportWords(office.language());
  if (hasTime(state.grain()) && !isGivenAway(state))
    return report.chart.map(({ period, total }) => ({ name: periodWord(period, words), value: total }));
  return report.rows.slice(0, rowBarsMax).map((row) => ({
    name: nameOfRow(state.by(), row, office.language(), words),
    value: row.figures[isGivenAway(state) ? "discounts" : "total"],
  }));
}

/** Keeps a chart of `points` in `place`: drawn anew when they, the language, the colours or the width change. */
function drawIn(
  place: HTMLDivElement,
  { office }: ReportParts,
  points: () => readonly Point[],
  currency: () => Money["currency"],
  onPoint: (at: number | null) => void,
): void {
  const [changed, setChanged] = createSignal(0, { equals: false });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const onDark = (): void => void setChanged(0);
  dark.addEventListener("change", onDark);
  const sizes = new ResizeObserver(() => setChanged(0));
  sizes.observe(place);
  let chart: uPlot | null = null;
  createEffect(() => {
    changed();
    office.theme();
    const shown = points();
    const digits = minorDigits[currency()];
    chart?.destroy();
    chart = null;
    if (place.clientWidth === 0) return;
    const values = shown.map(({ value }) => value / 10 ** digits);
    const options = optionsOf(shown, place.clientWidth, coloursOf(place), office.language(), onPoint);
    chart = new uPlot(options, [shown.map((_, at) => at), values], place);
  });
  onCleanup(() => {
    dark.removeEventListener("change", onDark);
    sizes.disconnect();
    chart?.destroy();
  });
}

/** The canvas cannot read tokens: its place wears them where a script can. */
function coloursOf(place: HTMLDivElement): Colours {
  const style = getComputedStyle(place);
  return {
    bar: style.outlineColor,
    ink: style.color,
    line: style.borderTopColor,
    font: `13px ${style.fontFamily}`,
  };
}

function optionsOf(
  points: readonly Point[],
  width: number,
  colours: Colours,
  language: string,
  onPoint: (at: number | null) => void,
): uPlot.Options {
  const short = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 });
  const nameAt = (at: number): string => {
    const name = points[at]?.name ?? "";
    const own = /^\d{4}-\d{2}-\d{2}$/.test(name) ? name.slice(5) : name;
    return own.length > nameCharsMax + 2 ? `${own.slice(0, nameCharsMax)}…` : own;
  };
  const axis = { stroke: colours.ink, font: colours.font, ticks: { show: false } };
  return {
    width,
    height: heightPx,
    legend: { show: false },
    cursor: { x: true, y: false, points: { show: false }, drag: { x: false, y: false } },
    scales: { x: { time: false, range: [-0.5, points.length - 0.5] }, y: { range: rangeOf } },
    series: [{}, { fill: colours.bar, width: 0, paths: barPaths(), points: { show: false } }],
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 28,
        splits: () =>
          spread(
            points.map((_, at) => nameAt(at)),
            width,
          ),
        values: (_, splits) => splits.map(nameAt),
      },
      {
        ...axis,
        size: 56,
        grid: { stroke: colours.line, width: 1 },
        values: (_, splits) => splits.map((each) => short.format(each)),
      },
    ],
    hooks: { setCursor: [(chart) => onPoint(chart.cursor.idx ?? null)] },
  };
}

function barPaths(): NonNullable<uPlot.Series["paths"]> {
  const bars = uPlot.paths.bars;
  if (bars === undefined) throw new Error("this build of uPlot draws no bars");
  return bars({ size: [0.7, 48], align: 0 });
}

function rangeOf(_: uPlot, least: number, most: number): [number, number] {
  const low = Math.min(least ?? 0, 0) * 1.1;
  const high = Math.max(most ?? 0, 0) * 1.1;
  return low === high ? [0, 1] : [low, high];
}

/** Which bars have their name below: as many as fit side by side. */
function spread(names: readonly string[], width: number): number[] {
  const widest = Math.max(1, ...names.map(widthOf)) + wideCharPx;
  const step = Math.max(1, Math.ceil((names.length * widest) / Math.max(width, 1)));
  return Array.from({ length: Math.ceil(names.length / step) }, (_, nth) => nth * step);
}

/** About as wide as a name is drawn. */
function widthOf(name: string): number {
  return [...name].reduce((sum, char) => sum + (char > "\u2000" ? wideCharPx : narrowCharPx), 0);
}
