/** A thing that needs words: what happened, and what it means or what to do. */
export type Told = { readonly title: string; readonly text: string };
