import { browserClock } from "./browser.ts";
import type { Observable } from "../register/observable.ts";
import type { RegisterState } from "../register/state.ts";

/** A hidden window paints nothing: it does not wait for that longer than this. */
const paintMsMax = 500;

export type FirstScreen = {
  /** Settles once the first screen has been painted: what is fetched from then on does not hold it up. */
  readonly painted: Promise<void>;
  /** Tells it which register's screen that is. */
  follow(state: Observable<RegisterState>): void;
};

/** Watches for the till's first screen. */
export function watchFirstScreen(): FirstScreen {
  let done: () => void = () => undefined;
  const painted = new Promise<void>((resolve) => {
    done = resolve;
  });
  return {
    painted,
    follow: (state) => {
      let stop: () => void = () => undefined;
      const see = ({ phase }: RegisterState): void => {
        if (phase === "starting") return;
        stop();
        afterFirstContent(done);
        browserClock.after(paintMsMax, done);
      };
      stop = state.subscribe(see);
      see(state.get());
    },
  };
}

/** Runs `task` once the browser has put the page's first content before somebody's eyes; at once in one that does not tell. */
function afterFirstContent(task: () => void): void {
  if (!PerformanceObserver.supportedEntryTypes.includes("paint")) return task();
  const watch = new PerformanceObserver((entries) => {
    if (entries.getEntriesByName("first-contentful-paint").length === 0) return;
    watch.disconnect();
    task();
  });
  watch.observe({ type: "paint", buffered: true });
}
