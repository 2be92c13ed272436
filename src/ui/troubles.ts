import type { IconName } from "./parts/icons.tsx";
import type { Till } from "./till.ts";

/** What can be wrong, the worst first; each name is also what tests look for. */
const kinds = ["storage-fault", "connection", "printer-trouble", "clock-off", "cut-passed", "fragile"] as const;
export type TroubleKind = (typeof kinds)[number];

export const troubleIcons: { readonly [K in TroubleKind]: IconName } = {
  "storage-fault": "warning",
  connection: "offline",
  "printer-trouble": "printer",
  "clock-off": "wait",
  "cut-passed": "wait",
  fragile: "warning",
};

/** A trouble in words; null while all is well with it. */
export function troubleText(kind: TroubleKind, till: Till): string | null {
  const state = till.state();
  const words = till.words();
  const isSelling = state.phase === "selling";
  switch (kind) {
    case "storage-fault":
      return state.storage.fault === null ? null : words.broken[state.storage.fault.kind].title;
    case "connection":
      return connectionText(till);
    case "printer-trouble":
      return words.strip.printer(state.printer.status);
    case "clock-off":
      return state.clockOffMs === 0 ? null : words.strip.clockOff(Math.round(Math.abs(state.clockOffMs) / 60_000));
    case "cut-passed":
      return isSelling && state.cutPassed ? words.strip.cut : null;
    case "fragile":
      // the offer to install stands beside it and says the same
      return isSelling && !state.storage.persisted && !till.shell.install.isOffered() ? words.strip.fragile : null;
  }
}

/** Everything that is wrong now, the worst first. */
export function troublesOf(till: Till): readonly TroubleKind[] {
  return kinds.filter((kind) => troubleText(kind, till) !== null);
}

function connectionText({ state, words, formats, zone }: Till): string | null {
  const { online, unsent, oldestUnsentAt } = state().connection;
  if (state().phase === "activation" || (online && unsent === 0)) return null;
  const since = oldestUnsentAt === null || online ? null : formats().time(oldestUnsentAt, zone());
  return [
    ...(online ? [] : [words().strip.offline]),
    ...(unsent === 0 ? [] : [words().strip.unsent(unsent, since)]),
  ].join(" · ");
}
