import type { Scan } from "./scan.ts";

/** What windows of one till hand each other scans over. */
export type ScanChannel = {
  post(text: string): void;
  /** Calls `listener` with what another window posts. */
  listen(listener: (text: string) => void): void;
};

/** Takes a scan where this window is the one in front, and else hands it on; the window in front takes what it is handed. */
export function shareScans(
  channel: ScanChannel,
  isInFront: () => boolean,
  take: (text: string) => void,
): (scan: Scan) => void {
  channel.listen((text) => {
    if (isInFront()) take(text);
  });
  return ({ text }) => {
    if (isInFront()) take(text);
    else channel.post(text);
  };
}
