import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import type { Shop } from "./shop.ts";
import type { TillPage } from "./till-page.ts";

/** What the camera's clip shows; texts as in the fixtures' notice. */
const photographedBarcode = "8413000065504";
export const filmedPaymentCode = "124733778574525702";
const clips = join(import.meta.dirname, "../../fixtures/codes");

/**
 * Runs in the page: every row of every database of this origin, as text. Bytes are read as the text they are; the catalogue's
 * own offsets and sorted numbers are left out: among thousands of them some six digits are a PIN by chance.
 */
export async function readWholeBrowserStorage(): Promise<string> {
  const texts: string[] = [];
  const asText = (_name: string, value: unknown): unknown => {
    if (value instanceof Uint8Array) return new TextDecoder().decode(value);
    return ArrayBuffer.isView(value) ? `${value.byteLength} bytes of numbers` : value;
  };
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise<IDBDatabase>((done, failed) => {
      const opening = indexedDB.open(name ?? "");
      opening.addEventListener("success", () => done(opening.result));
      opening.addEventListener("error", () => failed(opening.error));
    });
    for (const store of database.objectStoreNames) {
      const rows = await new Promise<unknown[]>((done) => {
        const asking = database.transaction(store).objectStore(store).getAll();
        asking.addEventListener("success", () => done(asking.result));
      });
      texts.push(JSON.stringify(rows, asText));
    }
    database.close();
  }
  return texts.join("\n") + JSON.stringify(localStorage);
}

/** Kills every process of the browser at once, as a power cut of the program would. */
export async function killBrowser(open: TillPage, profile: string): Promise<void> {
  const gone = new Promise<void>((done) => open.context.on("close", () => done()));
  execFileSync("pkill", ["-KILL", "-f", profile]);
  await gone;
  rmSync(join(profile, "SingletonLock"), { force: true });
}

/** A clip for the camera: goods for four seconds, then the payer's code, over and over. */
export function cameraClip(profile: string): string {
  const goodsClip = readFileSync(join(clips, "ean13-photograph.mjpeg"));
  const codeClip = readFileSync(join(clips, "payment-qr.mjpeg"));
  const file = join(profile, "clip.mjpeg");
  writeFileSync(
    file,
    Buffer.concat([...Array.from({ length: 15 }, () => goodsClip), ...Array.from({ length: 6 }, () => codeClip)]),
  );
  return file;
}

/** Barcodes of goods sold by the piece; the photographed one is given to a product of ours. */
export async function pieceBarcodes(open: Shop): Promise<readonly string[]> {
  const rows = await sql<{
    id: string;
    body: { barcodes: string[] };
  }>`select id, body from product where body->>'unit' = 'piece' and (body->>'price')::int < 9000 order by id limit 160`.execute(
    open.database,
  );
  const [last] = rows.rows.slice(-1);
  await sql`update product set body = jsonb_set(body, '{barcodes}', ${JSON.stringify([photographedBarcode])}::jsonb) where id = ${last?.id ?? ""}`.execute(
    open.database,
  );
  return rows.rows.slice(0, -1).flatMap((row) => row.body.barcodes.slice(0, 1));
}
