import type { BrowserContext } from "playwright-core";

const minute = 60_000;
const day = 24 * 60 * minute;
/** The providers' own time, which is the stores' as well. */
const zoneMs = 8 * 60 * minute;
/** A file's tests are over within this, and rows are made this long ago (`beforeMinutes`) and further from midnight than it decides. */
const before = 30 * minute;
const after = 22 * minute;
const setBackMs = 60 * minute;

type Undo = () => void;

/**
 * Around the provider's midnight a row waits for the neighbouring bill, and what was a minute ago is on another day (`books.md` 3). What
 * is not about that is tested an hour earlier then, the page and the gateway alike; at any other time the clock is the machine's.
 */
export async function awayFromMidnight(browser: BrowserContext): Promise<Undo> {
  const now = (Date.now() + zoneMs) % day;
  if (now >= after && now < day - before) return () => undefined;
  const real = globalThis.Date;
  await browser.addInitScript(setBack, setBackMs);
  setBack(setBackMs);
  return () => {
    globalThis.Date = real;
  };
}

/** Runs in a page as well: it uses nothing from outside. */
function setBack(ms: number): void {
  const Real = globalThis.Date;
  globalThis.Date = class extends Real {
    constructor(...given: readonly unknown[]) {
      super(...((given.length === 0 ? [Real.now() - ms] : given) as [number]));
    }
    static override now(): number {
      return Real.now() - ms;
    }
  } as DateConstructor;
}
