import { canBeGain, type MendingAction } from "../../domain/reconciliation/mending.ts";
import type { MendTexts } from "../../i18n/mend-texts.ts";
import type { Told } from "../../i18n/told.ts";

/** Accepting these moves nothing in the books. */
const isOnlyNoted: ReadonlySet<string> = new Set(["footerDiffers", "flowMissing", "payoutReturned"]);

/** What an action is called and does, of this break: writing off what is over is a gain, and accepting need not post. */
export function actionTold(
  words: MendTexts,
  action: MendingAction,
  subject: { readonly class: string; readonly isOver: boolean | null } | null,
): Told {
  const told = words.actions[action];
  if (subject === null) return told;
  if (action === "accept" && isOnlyNoted.has(subject.class)) return { ...told, text: words.acceptedAsIs };
  if (action !== "writeOff" || !canBeGain(subject.class)) return told;
  if (subject.isOver === null) return { ...told, text: words.lossOrGain };
  return subject.isOver ? words.gain : told;
}
