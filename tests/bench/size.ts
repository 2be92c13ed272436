import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Stage } from "./bench.ts";
import type { Row } from "./figures.ts";

const kilobytesMax = 100;
const kilobyte = 1_000;

/** Gzipped JavaScript that stands between an empty cache and the first screen: scripts, their preloads, one language. */
export async function measureSize({ root }: Pick<Stage, "root">): Promise<readonly Row[]> {
  const page = join(root, "dist/page");
  const html = readFileSync(join(page, "index.html"), "utf8");
  const tags = html.matchAll(/<(?:script|link)[^>]*(?:src|href)="([^"]+\.js)"[^>]*>/g);
  const named = [...tags].map((tag) => tag[1] ?? "");
  if (named.length === 0) throw new Error("dist/page/index.html names no script: its form has changed.");
  const languages = readdirSync(join(page, "assets")).filter((file) => /^(?:zh-CN|en|ja)-.*\.js$/.test(file));
  const gzipped = (path: string): number => gzipSync(readFileSync(join(page, path)), { level: 9 }).length;
  const script = named.reduce((all, path) => all + gzipped(path), 0);
  const language = Math.max(...languages.map((file) => gzipped(`assets/${file}`)));
  const total = (script + language) / kilobyte;
  return [
    {
      measure: `initial JavaScript, gzip (${named.length} files + largest language)`,
      figures: `${total.toFixed(1)} kB`,
      target: `≤ ${kilobytesMax} kB`,
      isMet: total <= kilobytesMax,
    },
  ];
}
