import type { JSX } from "solid-js";

/** Line drawings of 24 × 24, in the colour of the text around them. Never alone: a word goes with each. */
const paths = {
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM20 20l-4-4",
  camera:
    "M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3M7 9v6M11 9v6M14 9v6M17 9v6",
  code: "M4 7v10M8 7v10M11 7v10M15 7v10M17 7v10M20 7v10",
  qr: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h3v3h-3zM20 14v3M17 20h3",
  tag: "M4 4h8l8 8-8 8-8-8zM8 8v.5",
  hold: "M9 5v14M15 5v14",
  back: "M9 14l-5-5 5-5M4 9h10a6 6 0 0 1 0 12h-3",
  cash: "M3 6h18v12H3zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  drawer: "M5 4h14l2 9H3zM3 13h18v7H3zM10 16.500h4",
  moneyIn: "M12 3v9M8 8l4 4 4-4M4 14v6h16v-6",
  moneyOut: "M12 13V4M8 8l4-4 4 4M4 14v6h16v-6",
  keyboard: "M3 6h18v12H3zM7 10h.5M10.500 10h.5M14 10h.5M17.500 10h.5M8 14h8",
  offline: "M4 4l16 16M7 18h10a4 4 0 0 0 2-7.5A6 6 0 0 0 9 7M6.500 9.500A4.500 4.500 0 0 0 7 18",
  upload: "M12 18V6M7 11l5-5 5 5M5 21h14",
  warning: "M12 4l9 16H3zM12 10v4M12 17v.5",
  check: "M5 13l5 5L20 7",
  key: "M8 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 12h9M18 12v4M21 12v3",
  shield: "M12 3l8 3v6c0 5-3.500 8-8 9-4.500-1-8-4-8-9V6zM9 12l2 2 4-4",
  history: "M4 12a8 8 0 1 0 2.500-5.800M4 4v4h4M12 8v4l3 2",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 20c1.500-4 4.500-5 8-5s6.500 1 8 5",
  printer: "M7 9V4h10v5M6 17H4v-6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v6h-2M7 14h10v6H7z",
  screen: "M4 5h16v11H4zM9 20h6M12 16v4",
  chart: "M4 4v16h16M8 16v-4M12 16V8M16 16v-7",
  download: "M12 4v12M7 11l5 5 5-5M5 21h14",
  balance: "M12 4v16M7 20h10M5 7h14M5 7l-3 7h6zM19 7l-3 7h6z",
  bill: "M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7",
  book: "M5 4h12a2 2 0 0 1 2 2v14H7a2 2 0 0 1-2-2zM5 17a2 2 0 0 1 2-2h12",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.5M4 12h.5M4 18h.5",
  backspace: "M9 6h11v12H9l-6-6zM12 10l4 4M16 10l-4 4",
  close: "M6 6l12 12M18 6L6 18",
  up: "M6 14l6-6 6 6",
  down: "M6 10l6 6 6-6",
  more: "M5 11.200a.8.8 0 1 0 0 1.600.8.8 0 0 0 0-1.600zM12 11.200a.8.8 0 1 0 0 1.600.8.8 0 0 0 0-1.600zM19 11.200a.8.8 0 1 0 0 1.600.8.8 0 0 0 0-1.600z",
  wait: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4l3 2",
  bin: "M5 7h14M10 7V5h4v2M7 7l1 13h8l1-13",
  bell: "M6 17v-6a6 6 0 0 1 12 0v6l2 1H4zM10 21h4",
  globe: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
} as const;

export type IconName = keyof typeof paths;

/** One icon; hidden from screen readers, since a word says the same. */
export function Icon(props: { readonly name: IconName }): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" class="icon">
      <path d={paths[props.name]} />
    </svg>
  );
}
