import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";

const office = resolve(import.meta.dirname, "../../src/office");
/** Sheets of views that are fetched when they are opened: each stays on the page once it is there. */
const folders = readdirSync(office, { withFileTypes: true }).filter((entry) => entry.isDirectory());

/** The classes that a folder's sheets style wherever they stand: the first of a selector, by itself. */
function bareClasses(folder: string): ReadonlySet<string> {
  const found = selectorsOf(folder).flatMap((selector) => /^\s*(\.[a-z][\w-]*)(?![\w.-])/.exec(selector)?.[1] ?? []);
  return new Set(found);
}

/** The classes that a folder's sheets give to one of everybody's, as `narrow` in `.search.narrow`: one that is bare elsewhere styles it too. */
function addedClasses(folder: string): ReadonlySet<string> {
  const found = selectorsOf(folder).flatMap(
    (selector) => /^\s*\.[a-z][\w-]*((?:\.[a-z][\w-]*)+)/.exec(selector)?.[1]?.split(/(?=\.)/) ?? [],
  );
  return new Set(found);
}

function selectorsOf(folder: string): readonly string[] {
  const sheets = readdirSync(join(office, folder)).filter((file) => file.endsWith(".css"));
  const text = sheets.map((file) => readFileSync(join(office, folder, file), "utf8")).join("\n");
  return [...text.replaceAll(/\/\*[^]*?\*\//g, "").matchAll(/([^{}@;]+)\{/g)].flatMap(([, all]) =>
    (all ?? "").split(","),
  );
}

it("no view's sheet styles a class of another view's, which it would change once both are there", () => {
  const bare = folders.map(({ name }) => ({ name, classes: bareClasses(name) }));
  expect(bare.flatMap(({ classes }) => [...classes]).length).toBeGreaterThan(50);
  const shared = bare.flatMap((one, nth) =>
    bare.slice(nth + 1).flatMap((other) =>
      [...one.classes]
        .filter((name) => other.classes.has(name))
        // a print sheet sets the whole page, and only on paper
        .filter((name) => ![one.name, other.name].includes("reports") || !onPaper.has(name))
        .map((name) => `${name} in ${one.name} and ${other.name}`),
    ),
  );
  expect(shared).toEqual([]);
});

it("no view's sheet styles by itself a class that another view's adds to everybody's", () => {
  const hit = folders.flatMap(({ name }) =>
    folders
      .filter((other) => other.name !== name)
      .flatMap((other) => {
        const added = addedClasses(other.name);
        return [...bareClasses(name)]
          .filter((each) => added.has(each))
          .map((each) => `${each} in ${name} and ${other.name}`);
      }),
  );
  expect(hit).toEqual([]);
});

/** What the print sheet styles of everybody's. */
const onPaper = new Set([".office", ".list", ".split", ".panel", ".stale", ".scroll"]);
