import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { parseSync } from "oxc-parser";

export type Fault = { readonly line: number; readonly what: string };
export type Source = {
  /** From the project's root. */
  readonly path: string;
  readonly lines: number;
  /** Paths of the project's own files it imports, and names of packages. */
  readonly files: readonly string[];
  readonly packages: readonly string[];
  readonly longFunctions: readonly Fault[];
  readonly emptyCatches: readonly Fault[];
  /** Uses of time, timers, randomness and code made of text. */
  readonly impure: readonly Fault[];
  readonly dynamicImports: readonly Fault[];
  readonly sqlTime: readonly Fault[];
};

type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [key: string]: unknown };

const functionLinesMax = 60;
const sqlTime =
  /\b(?:now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(\s*\)|\bcurrent_(?:timestamp|date|time)\b|\blocaltime(?:stamp)?\b/i;
const impureCalls = ["Date.now", "Math.random", "setTimeout", "setInterval", "setImmediate", "eval", "Function"];

/** Every source file below the given folders of `root`. */
export function readSources(root: string, folders: readonly string[]): readonly Source[] {
  return folders.flatMap((folder) => walk(root, folder)).map((path) => readSource(root, path));
}

function walk(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  if (statSync(join(root, folder)).isFile()) return [folder];
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => /\.(?:tsx?|mjs|css)$/.test(path) && !path.endsWith(".d.mts") && !path.endsWith(".d.ts"));
}

function readSource(root: string, path: string): Source {
  const text = readFileSync(join(root, path), "utf8");
  const empty = { longFunctions: [], emptyCatches: [], impure: [], dynamicImports: [], sqlTime: [] };
  if (path.endsWith(".css"))
    return {
      path,
      lines: text.split("\n").length - 1,
      files: [...text.matchAll(/@import\s+"([^"]+)"/g)].map((found) => normalize(join(dirname(path), found[1] ?? ""))),
      packages: [],
      ...empty,
    };
  const parsed = parseSync(path, text);
  if (parsed.errors.length > 0) throw new Error(`${path}: ${parsed.errors[0]?.message}`);
  const found = inspect(parsed.program as unknown as Node, text);
  const named = [
    ...parsed.module.staticImports.map((each) => each.moduleRequest.value),
    ...parsed.module.staticExports.flatMap((each) => each.entries.flatMap((entry) => entry.moduleRequest?.value ?? [])),
    ...found.named,
  ].map((name) => name.replace(/\?.*$/, ""));
  const own = named.filter((name) => name.startsWith("."));
  return {
    path,
    lines: text.split("\n").length - 1,
    files: [...new Set(own.map((name) => normalize(join(dirname(path), name))))],
    packages: [
      ...new Set(
        named.filter((name) => !name.startsWith(".") && !name.startsWith("virtual:") && !name.startsWith("/")),
      ),
    ],
    ...found.faults,
  };
}

function inspect(program: Node, text: string) {
  const named: string[] = [];
  const faults = {
    longFunctions: [] as Fault[],
    emptyCatches: [] as Fault[],
    impure: [] as Fault[],
    dynamicImports: [] as Fault[],
    sqlTime: [] as Fault[],
  };
  const lineOf = (at: number): number => text.slice(0, at).split("\n").length;
  visit(program, (node) => {
    const fault = (what: string): Fault => ({ line: lineOf(node.start), what });
    if (
      /Function|^ArrowFunctionExpression$/.test(node.type) &&
      typeof node["body"] === "object" &&
      node["body"] !== null
    ) {
      const length = text.slice(node.start, node.end).split("\n").length;
      if (length > functionLinesMax) faults.longFunctions.push(fault(`${length} lines`));
    }
    if (node.type === "CatchClause" && ((node["body"] as Node)["body"] as readonly Node[]).length === 0)
      faults.emptyCatches.push(fault("empty catch"));
    if (node.type === "ImportExpression") {
      faults.dynamicImports.push(fault("import()"));
      named.push(...literal(node["source"] as Node));
    }
    if (node.type === "CallExpression" && impureCalls.includes(nameOf(node["callee"] as Node)))
      faults.impure.push(fault(nameOf(node["callee"] as Node)));
    if (node.type === "CallExpression" && nameOf(node["callee"] as Node) === "import.meta.glob")
      named.push(
        ...((node["arguments"] as Node[])[0] === undefined ? [] : literal((node["arguments"] as Node[])[0] as Node)),
      );
    if (node.type === "NewExpression") {
      const [first, second] = node["arguments"] as readonly Node[];
      const callee = nameOf(node["callee"] as Node);
      if (callee === "Function" || (callee === "Date" && first === undefined))
        faults.impure.push(fault(`new ${callee}()`));
      if (callee === "URL" && first !== undefined && second !== undefined && nameOf(second) === "import.meta.url")
        named.push(...literal(first));
    }
    if (
      (node.type === "Literal" && typeof node["value"] === "string" && sqlTime.test(node["value"])) ||
      (node.type === "TemplateElement" && sqlTime.test((node["value"] as { readonly raw: string }).raw))
    )
      faults.sqlTime.push(fault("a time of the database's own"));
  });
  return { named, faults };
}

function visit(node: Node, see: (node: Node) => void): void {
  see(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, see);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}

function literal(node: Node): string[] {
  return node.type === "Literal" && typeof node["value"] === "string" ? [node["value"]] : [];
}

function nameOf(node: Node): string {
  if (node.type === "Identifier") return node["name"] as string;
  if (node.type === "MetaProperty") return "import.meta";
  if (node.type === "MemberExpression" && node["computed"] !== true)
    return `${nameOf(node["object"] as Node)}.${nameOf(node["property"] as Node)}`;
  return "";
}
