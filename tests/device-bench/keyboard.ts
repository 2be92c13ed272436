import type { Page } from "playwright-core";

/** A usual wedge scanner's pace; the browser's own time stamps are what the till looks at. */
const scannerKeyMs = 8;
/** A quick typist's pace. Faster than this is no person, and the till rightly takes it for a scanner. */
const personKeyMs = 90;

/** Types `text` as a keyboard-wedge scanner does, ended by its terminator. */
export async function typeAsScanner(page: Page, text: string, terminator: "Enter" | "Tab" = "Enter"): Promise<void> {
  const session = await page.context().newCDPSession(page);
  let timestamp = Date.now() / 1_000;
  const down = async (key: string, code: string, character: string, keyCode: number): Promise<void> => {
    // Not awaited one by one and stamped as the scanner sent them: a busy machine must not make a scanner slow.
    timestamp += scannerKeyMs / 1_000;
    await Promise.all([
      session.send("Input.dispatchKeyEvent", {
        type: "keyDown",
        key,
        code,
        text: character,
        windowsVirtualKeyCode: keyCode,
        timestamp,
      }),
      session.send("Input.dispatchKeyEvent", { type: "keyUp", key, code, windowsVirtualKeyCode: keyCode, timestamp }),
    ]);
  };
  const sent: Promise<void>[] = [];
  for (const character of text) {
    sent.push(down(character, codeOf(character), character, character.toUpperCase().charCodeAt(0)));
    await new Promise((resolve) => setTimeout(resolve, scannerKeyMs));
  }
  sent.push(terminator === "Enter" ? down("Enter", "Enter", "\r", 13) : down("Tab", "Tab", "", 9));
  await Promise.all(sent);
  await session.detach();
}

/** Types `text` as a person does. */
export async function typeAsPerson(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text, { delay: personKeyMs });
  await page.waitForTimeout(personKeyMs);
}

function codeOf(character: string): string {
  if (/\d/u.test(character)) return `Digit${character}`;
  if (/[a-z]/iu.test(character)) return `Key${character.toUpperCase()}`;
  return character === " " ? "Space" : "Minus";
}
