import { expect, test } from "vitest";
import { languages } from "../../../src/i18n/languages.ts";
import { wrongOn } from "../look/axe.ts";
import { displaySize, lookAtEveryScreen, tillSize, type View } from "../look/every-screen.ts";
import { misfits, type Fit } from "../look/fit.ts";

/** A tablet upright, and a phone. */
const tillSizes = [tillSize, { width: 800, height: 1280 }, { width: 390, height: 844 }];
const fit: Fit = { least: 44, places: { ".pay": 72 } };

/** Everything that does not fit in one of the languages and sizes. */
async function misfitting({ name, kind, page, speak }: View): Promise<readonly string[]> {
  const told: string[] = [];
  for (const language of languages) {
    await speak(language);
    for (const size of kind === "till" ? tillSizes : [displaySize]) {
      await page.setViewportSize(size);
      for (const each of await misfits(page, fit))
        told.push(`${kind} ${name} in ${language} at ${size.width}×${size.height}: ${each}`);
    }
  }
  return told;
}

test("no screen of till or customer's window breaks a rule of accessibility, or does not fit, in any theme, language or size", async () => {
  const wrong: string[] = [];
  const seen: string[] = [];
  await lookAtEveryScreen(async (view) => {
    seen.push(`${view.kind} ${view.name}`);
    for (const told of await wrongOn(view.page, { isEnhanced: true })) wrong.push(`${view.kind} ${view.name}: ${told}`);
    wrong.push(...(await misfitting(view)));
  });
  expect(seen.length).toBeGreaterThan(50);
  expect(wrong).toEqual([]);
});
