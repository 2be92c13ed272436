/** What the page notes of itself while it is measured; put in before its own code runs. */
export type PageMarks = {
  /** Enter's own time stamp → the line is on the page; and → the task after the frame that shows it. One a scan, ms. */
  readonly lines: number[];
  readonly scans: number[];
  /** Navigation start → the browser shows the first content, which is the sign-on screen, ms. */
  signOnShown: number | null;
  /** The last answer of the PIN worker, ms since navigation start. */
  pinChecked: number | null;
  /** The frame that first shows tiles, ms since navigation start. */
  tilesShown: number | null;
};

export type MarkedPage = { readonly marks: PageMarks };

/**
 * Runs in the page. A change of the document is taken for painted in the first task after the animation frame that follows
 * it: by then Chromium has done style, layout and paint of that frame.
 */
export function markPage(): void {
  const marks: PageMarks = { lines: [], scans: [], signOnShown: null, pinChecked: null, tilesShown: null };
  Object.assign(globalThis, { marks });
  const afterPaint = (task: () => void): void => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", task);
      port1.start();
      port2.postMessage(null);
    });
  };
  let scannedAt: number | null = null;
  addEventListener("keydown", (event) => (scannedAt = event.key === "Enter" ? event.timeStamp : null), true);
  const lines = (): number => document.querySelectorAll('.lines li[data-testid^="line-"]').length;
  let shown = 0;
  const look = (): void => {
    const count = lines();
    if (count !== shown && scannedAt !== null) {
      const from = scannedAt;
      scannedAt = null;
      marks.lines.push(performance.now() - from);
      afterPaint(() => marks.scans.push(performance.now() - from));
    }
    shown = count;
    if (marks.tilesShown === null && document.querySelector('[data-testid^="tile-"]') !== null) {
      marks.tilesShown = 0;
      afterPaint(() => (marks.tilesShown = performance.now()));
    }
  };
  new PerformanceObserver((entries) => {
    for (const { startTime } of entries.getEntriesByName("first-contentful-paint")) marks.signOnShown = startTime;
  }).observe({ type: "paint", buffered: true });
  new MutationObserver(look).observe(document, { subtree: true, childList: true });
  const Original = Worker;
  globalThis.Worker = class extends Original {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      if (String(url).includes("pin")) this.addEventListener("message", () => (marks.pinChecked = performance.now()));
    }
  };
}
