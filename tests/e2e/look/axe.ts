import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import type axe from "axe-core";
import type { BrowserContext, Page } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** The rules that a theme can break: all others judge what is the same in each. */
const ofColours = ["color-contrast", "link-in-text-block"];
const enhanced = "color-contrast-enhanced";

export type Strictness = {
  /** Text has 7:1, as on till and customer's window. What cannot be pressed now, and a box's placeholder, axe leaves out by itself. */
  readonly isEnhanced: boolean;
};

/** Puts axe into every page of `context` from now on; an init script, because the pages' policy lets no other script in. */
export async function bringAxe(context: BrowserContext): Promise<void> {
  await context.addInitScript(source);
}

/** What axe finds wrong on `page` in one theme by the rules of `only`, a line for each element. Empty when all is well. */
async function wrongIn(
  page: Page,
  theme: "light" | "dark",
  only: { readonly type: "tag" | "rule"; readonly values: string[] },
  { isEnhanced }: Strictness,
): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  const found = await page.evaluate(
    async ({ runOnly, rules }) => {
      const { axe: tool } = globalThis as unknown as { axe: typeof axe };
      const { violations } = await tool.run(document, { runOnly, rules, resultTypes: ["violations"] });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, html, any, all }) => ({
          id,
          where: target.join(" "),
          html: html.slice(0, 160),
          why: [...any, ...all].map((check) => check.message).join("; "),
        })),
      );
    },
    { runOnly: only, rules: isEnhanced ? { [enhanced]: { enabled: true } } : {} },
  );
  return found.map(({ id, where, html, why }) => `${theme} ${id} at ${where}: ${why}\n    ${html}`);
}

/** What axe finds wrong: every rule in the light, and those of colours in the dark. */
export async function wrongOn(page: Page, strictness: Strictness): Promise<readonly string[]> {
  const colours = strictness.isEnhanced ? [...ofColours, enhanced] : ofColours;
  return [
    ...(await wrongIn(page, "light", { type: "tag", values: tags }, strictness)),
    ...(await wrongIn(page, "dark", { type: "rule", values: colours }, strictness)),
  ];
}
