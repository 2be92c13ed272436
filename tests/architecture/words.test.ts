import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../../src");
const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) => /\.tsx?$/.test(path));
const textOf = (path: string): string => readFileSync(join(root, path), "utf8");
const isTexts = (path: string): boolean => /^i18n\/(?:.*-(?:texts|words)|messages)\.ts$/.test(path);

/** By name only: one that another place has a use for as well is not found. */
it("every word that the languages must have is named where words are used", () => {
  const used = new Set(
    paths
      .filter((path) => !path.startsWith("i18n/locales/") && !isTexts(path))
      .flatMap((path) => textOf(path).match(/\w+/g) ?? []),
  );
  const named = paths
    .filter(isTexts)
    .flatMap((path) =>
      [...textOf(path).matchAll(/readonly (\w+):/g)].map(([, word = ""]) => ({ word, told: `${path} ${word}` })),
    );
  expect(named.length).toBeGreaterThan(300);
  expect(named.filter(({ word }) => !used.has(word)).map(({ told }) => told)).toEqual([]);
});
