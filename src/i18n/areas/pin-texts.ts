/** What the page for one's own PIN says. */
export type PinWords = {
  readonly title: string;
  readonly text: string;
  readonly step: { readonly [S in "present" | "fresh" | "again"]: string };
  readonly next: string;
  readonly change: string;
  readonly busy: string;
  readonly cancel: string;
  readonly close: string;
  readonly differs: string;
  readonly told: { readonly [T in "changed" | "offline" | "notNew"]: string };
};
