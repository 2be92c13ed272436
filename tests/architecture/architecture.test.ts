import { resolve } from "node:path";
import { expect, it } from "vitest";
import { allowances, entries, floors, isAllowedPackage, ownsTime, type Floor } from "./floors.ts";
import { readSources, type Fault, type Source } from "./source.ts";

const fileLinesMax = 300;
const root = resolve(import.meta.dirname, "../..");
const sources = readSources(root, ["src", "workers", "tests", "vite.config.ts", "vitest.config.ts"]).filter(
  ({ path }) => !/tests\/(?:fixtures|vectors\/.*\.json)/.test(path),
);
const product = sources.filter(({ path }) => /^(?:src|workers)\//.test(path));
const byPath = new Map(sources.map((source) => [source.path, source]));

function floorOf(path: string): Floor {
  const floor = floors.find(({ files }) => files.test(path));
  if (floor === undefined) throw new Error(`${path} stands on no floor`);
  return floor;
}

function listed(of: readonly Source[], faults: (source: Source) => readonly Fault[]): string[] {
  return of.flatMap((source) => faults(source).map(({ line, what }) => `${source.path}:${line} ${what}`));
}

it("every import goes to a floor that the importing floor may use", () => {
  const wrong = sources.flatMap((source) => {
    const { mayImport } = floorOf(source.path);
    const isAllowed = (to: string): boolean =>
      mayImport.includes("*") ||
      mayImport.includes(floorOf(to).name) ||
      allowances.some((own) => own.from.test(source.path) && own.to.test(to));
    return source.files
      .filter((to) => /\.(?:tsx?|mjs|css)$/.test(to) && !isAllowed(to))
      .map((to) => `${source.path} imports ${to}`);
  });
  expect(wrong).toEqual([]);
});

it("every package is one that its floor may use", () => {
  const wrong = sources.flatMap((source) => {
    const { packages } = floorOf(source.path);
    return source.packages
      .filter((name) => !isAllowedPackage(packages, name))
      .map((name) => `${source.path} imports ${name}`);
  });
  expect(wrong).toEqual([]);
});

it("providers never import each other", () => {
  const providerOf = (path: string): string | undefined => /^src\/gateway\/providers\/([^/]+)\//.exec(path)?.[1];
  const wrong = product.flatMap((source) =>
    source.files.filter(
      (to) =>
        providerOf(to) !== undefined &&
        providerOf(source.path) !== undefined &&
        providerOf(to) !== providerOf(source.path),
    ),
  );
  expect(wrong).toEqual([]);
});

it("no chain of imports leads back to where it began", () => {
  const done = new Set<string>();
  const cycles: string[] = [];
  const follow = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) cycles.push([...way.slice(way.indexOf(path)), path].join(" → "));
    if (way.includes(path) || done.has(path)) return;
    for (const next of byPath.get(path)?.files ?? []) follow(next, [...way, path]);
    done.add(path);
  };
  for (const { path } of product) follow(path, []);
  expect(cycles).toEqual([]);
});

it("every file of the product is reached from an entry or a test", () => {
  const reached = new Set<string>();
  const follow = (path: string): void => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const next of byPath.get(path)?.files ?? []) follow(next);
  };
  for (const { path } of sources) if (entries.some((entry) => entry.test(path))) follow(path);
  expect(product.map(({ path }) => path).filter((path) => !reached.has(path))).toEqual([]);
});

it(`no file is longer than ${fileLinesMax} lines, no function of the product longer than a screen`, () => {
  expect(
    sources
      .filter(({ path, lines }) => lines > fileLinesMax && !path.endsWith(".css"))
      .map(({ path, lines }) => `${path} ${lines}`),
  ).toEqual([]);
  expect(listed(product, ({ longFunctions }) => longFunctions)).toEqual([]);
});

it("the domain has no time, no chance, no code made of text and no package", () => {
  const domain = product.filter(({ path }) => path.startsWith("src/domain/"));
  expect(listed(domain, ({ impure, dynamicImports }) => [...impure, ...dynamicImports])).toEqual([]);
  expect(domain.flatMap(({ packages }) => packages)).toEqual([]);
});

it("time, timers and randomness come in from outside wherever a day is simulated", () => {
  const simulated = product.filter(
    ({ path }) => /^src\/(?:register|sync|storage|gateway)\//.test(path) && !ownsTime.some((own) => own.test(path)),
  );
  expect(listed(simulated, ({ impure }) => impure)).toEqual([]);
});

it("no SQL asks the database for the time", () => {
  expect(
    listed(
      product.filter(({ path }) => path.startsWith("src/gateway/")),
      ({ sqlTime }) => sqlTime,
    ),
  ).toEqual([]);
});

it("no catch is empty", () => {
  expect(listed(sources, ({ emptyCatches }) => emptyCatches)).toEqual([]);
});
