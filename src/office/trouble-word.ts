import type { OfficeTold, OfficeWords, RefusalWord } from "../i18n/office-words.ts";
import type { Trouble } from "./office-client.ts";

const refusals: { readonly [T in Exclude<Trouble, "unreachable" | "broken">]: RefusalWord } = {
  badRequest: "badRequest",
  signedOut: "signedOut",
  forbidden: "forbidden",
  tooManyTries: "tooManyTries",
  notFound: "notFound",
  otherStore: "otherStore",
  wrongPassword: "wrongSecret",
  wrongPin: "wrongSecret",
  locked: "tooManyTries",
  taken: "taken",
  nothingLeft: "badRequest",
  codeInvalid: "over",
  noPasskeys: "badRequest",
  columnsUnknown: "badRequest",
  deadlinePassed: "over",
  approvalNeeded: "over",
  knownPin: "over",
};

/** Whether the same again may come out otherwise: only where nothing was decided. */
export function mayTryAgain(trouble: Trouble | null): boolean {
  return trouble === null || trouble === "unreachable" || trouble === "broken";
}

/** What a person is told of it. */
export function troubleTold(words: OfficeWords, trouble: Trouble | null): OfficeTold {
  const { unreachable, broken, refused } = words.trouble;
  if (trouble === "unreachable") return unreachable;
  return trouble === null || trouble === "broken" ? broken : refused[refusals[trouble]];
}
