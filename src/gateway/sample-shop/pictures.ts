import { cpSync, existsSync } from "node:fs";

/** Gives the sample shop its pictures for the customer's window, unless there is a folder already: what is in it is the owner's. */
export function putSamplePictures(from: string, to: string): void {
  if (!existsSync(to)) cpSync(from, to, { recursive: true });
}
