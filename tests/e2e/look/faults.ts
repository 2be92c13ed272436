import type { Page } from "playwright-core";
import { languages } from "../../../src/i18n/languages.ts";
import { wrongOn } from "./axe.ts";
import { misfits, type Size } from "./fit.ts";

/** The sizes that a page is made for, the least side of what is pressed there (px), and its choice of language by test id. */
export type Wanted = { readonly sizes: readonly Size[]; readonly least: number; readonly languageChoice: string };

/** What is wrong on an office's or the wallet's page as it is: by axe in both themes, by size in each language. */
export async function faultsOf(page: Page, { sizes, least, languageChoice }: Wanted): Promise<readonly string[]> {
  const told = [...(await wrongOn(page, { isEnhanced: false }))];
  const choice = page.locator(`[data-testid="${languageChoice}"]`);
  const spoken = await choice.inputValue();
  for (const language of languages) {
    await choice.selectOption(language);
    for (const size of sizes) {
      await page.setViewportSize(size);
      for (const each of await misfits(page, { least, places: {} }))
        told.push(`${language} at ${size.width}×${size.height}: ${each}`);
    }
  }
  await choice.selectOption(spoken);
  return told;
}
