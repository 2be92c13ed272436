import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, parse } from "node:path";
import type { BrowserContext } from "playwright-core";

/** What a customer's window of 1024×600 leaves above its words, and as large as a large one needs it. */
const size = { width: 1600, height: 800 };
/** Flat colours keep their edges at this. */
const qualityPercent = 90;

/** Paints the sample shop's drawings as WebP: the gateway shows no SVG, and a shop's own pictures are photographs anyway. */
export async function paintDrawings(context: BrowserContext, root: string): Promise<void> {
  const from = join(root, "tests/pictures/drawings");
  const to = join(root, "src/gateway/sample-shop/public/pictures");
  mkdirSync(to, { recursive: true });
  const page = await context.newPage();
  await page.setViewportSize(size);
  const session = await context.newCDPSession(page);
  for (const file of readdirSync(from)) {
    const drawing = readFileSync(join(from, file), "utf8");
    await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${drawing}`);
    const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: qualityPercent });
    writeFileSync(join(to, `${parse(file).name}.webp`), Buffer.from(data, "base64"));
  }
  await page.close();
}
