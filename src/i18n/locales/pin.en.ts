import type { PinWords } from "../areas/pin-texts.ts";

export const pinEn: PinWords = {
  title: "Change my PIN",
  text: "Choose one that only you know. Other tills take it once they are online. If somebody had the present one made, change it in the office instead, under My sign-in: only then does it approve what they ask.",
  step: { present: "Your present PIN", fresh: "New PIN, at least 6 digits", again: "The new PIN again" },
  next: "Next",
  change: "Change PIN",
  busy: "Changing…",
  cancel: "Cancel",
  close: "Done",
  differs: "The two are not the same. Type the new PIN anew.",
  told: {
    changed: "Your PIN is changed. Sign on with the new one from now on.",
    offline:
      "No connection: a PIN can only be changed online. Try again later; if the old one no longer works, the new one already holds.",
    notNew: "That is your present PIN. Choose another.",
  },
};
