import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { pictureBytesMax, picturesMax } from "../../../src/contract/picture-paths.ts";
import { lookAgainAfterMs } from "../../../src/gateway/pictures/picture-folder.ts";
import { pictureBytes } from "../../fakes/picture-bytes.ts";
import { gatewayBench, testConfiguration, type GatewayBench } from "../gateway-bench.ts";

const place = mkdtempSync(join(tmpdir(), "kuantai-pictures-"));
const folder = join(place, "pictures");
const said: { readonly msg: string; readonly file?: string }[] = [];
const log = pino(
  { level: "info" },
  new Writable({ write: (chunk, _encoding, done) => (said.push(JSON.parse(String(chunk))), done()) }),
);
let bench: GatewayBench;

beforeAll(async () => {
  bench = await gatewayBench({ log, config: { ...testConfiguration, display: { pictures: folder } } });
});
afterAll(() => rmSync(place, { recursive: true, force: true }));
beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  said.length = 0;
  bench.parts.clock.move(lookAgainAfterMs);
});

const hashOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
const put = (name: string, bytes: Buffer): string => {
  writeFileSync(join(folder, name), bytes);
  return hashOf(bytes);
};
/** A picture that differs from every other `nth`. */
const picture = (nth: number): Buffer => pictureBytes.png(1600, 900, { fill: nth });
const ask = (url: string, host = "127.0.0.1") =>
  bench.gateway.app.server.inject({ method: "GET", url, headers: { host } });
const named = async (): Promise<readonly string[]> => (await ask("/v1/display/pictures")).json().pictures;
const complaints = () => said.filter(({ file }) => file !== undefined).map(({ file, msg }) => [file, msg]);

it("the pictures are named by their content, in the order of their files' names as a person counts", async () => {
  const [tenth, second, first] = [put("10.png", picture(1)), put("2.png", picture(2)), put("1 front.png", picture(3))];
  const answer = await ask("/v1/display/pictures");
  expect(answer.json()).toEqual({ v: 1, pictures: [first, second, tenth] });
  expect(answer.headers["cache-control"]).toBe("no-store");
});

it("a picture comes as what it is, never changes, and can run nothing", async () => {
  const [one, other] = [pictureBytes.jpeg(1600, 900), pictureBytes.webp("VP8L", 160, 90)];
  // whatever they are called
  const hashes = [put("a.png", one), put("b.html", other)];
  for (const [at, bytes, type] of [
    [hashes[0], one, "image/jpeg"],
    [hashes[1], other, "image/webp"],
  ] as const) {
    const answer = await ask(`/v1/display/pictures/${at}`);
    expect(answer.rawPayload.equals(bytes)).toBe(true);
    expect(answer.headers).toMatchObject({
      "content-type": type,
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    });
  }
});

it("what cannot be shown is named once with what to do, and the others are shown", async () => {
  const good = put("5.png", picture(1));
  put("1.svg", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"));
  put("2.jpg", Buffer.alloc(pictureBytesMax + 1));
  // a film: it is never read
  put("2.mp4", Buffer.alloc(0));
  truncateSync(join(folder, "2.mp4"), 3 * 1024 ** 3);
  put("3.png", pictureBytes.png(5_000, 10));
  symlinkSync("/etc/hostname", join(folder, "4.png"));
  put(".DS_Store", Buffer.from("hidden"));
  mkdirSync(join(folder, "older"));
  expect(await named()).toEqual([good]);
  const expected = [
    ["1.svg", expect.stringContaining("no PNG, JPEG or WebP")],
    ["2.jpg", expect.stringContaining("larger than 2 MB")],
    ["2.mp4", expect.stringContaining("larger than 2 MB")],
    ["3.png", expect.stringContaining("more than 4096 pixels")],
    ["4.png", expect.stringContaining("not a link")],
  ];
  expect(complaints()).toEqual(expected);
  bench.parts.clock.move(lookAgainAfterMs);
  expect(await named()).toEqual([good]);
  expect(complaints()).toEqual(expected);
});

it(`the first ${picturesMax} are shown, and the next ones are named`, async () => {
  const hashes = Array.from({ length: picturesMax + 2 }, (_, nth) => put(`${nth}.png`, picture(nth)));
  expect(await named()).toEqual(hashes.slice(0, picturesMax));
  expect(complaints().map(([file]) => file)).toEqual([`${picturesMax}.png`, `${picturesMax + 1}.png`]);
  expect((await ask(`/v1/display/pictures/${hashes.at(-1)}`)).statusCode).toBe(404);
});

it("a picture put there, changed or taken away is seen without a restart; the folder is not looked at with every question", async () => {
  const first = put("1.png", picture(1));
  expect(await named()).toEqual([first]);
  const second = put("2.png", picture(2));
  expect(await named()).toEqual([first]);
  bench.parts.clock.move(lookAgainAfterMs);
  expect(await named()).toEqual([first, second]);
  const changed = put("1.png", picture(3));
  // before it was looked at again: these bytes are not those with that name
  expect((await ask(`/v1/display/pictures/${first}`)).statusCode).toBe(404);
  bench.parts.clock.move(lookAgainAfterMs);
  expect(await named()).toEqual([changed, second]);
  rmSync(join(folder, "2.png"));
  bench.parts.clock.move(lookAgainAfterMs);
  expect(await named()).toEqual([changed]);
  expect((await ask(`/v1/display/pictures/${second}`)).statusCode).toBe(404);
});

it("one picture under two names hangs once", async () => {
  const hash = put("1.png", picture(1));
  put("2.png", picture(1));
  expect(await named()).toEqual([hash]);
  expect(complaints()).toEqual([]);
});

it("a folder that is not there is no pictures and one line in the log", async () => {
  renameSync(folder, `${folder}-away`);
  for (let times = 0; times < 3; times++) {
    expect(await named()).toEqual([]);
    bench.parts.clock.move(lookAgainAfterMs);
  }
  expect(complaints()).toEqual([["", expect.stringContaining("no such folder")]]);
  rmSync(`${folder}-away`, { recursive: true });
});

it("nothing but the listed pictures is given out, whatever is asked for", async () => {
  writeFileSync(join(place, "kuantai.json"), "secret");
  const hash = put("1.png", picture(1));
  const hidden = put(".hidden.png", picture(2));
  await named();
  for (const asked of [
    "1.png",
    "..",
    "../kuantai.json",
    "..%2fkuantai.json",
    "%2e%2e%2fkuantai.json",
    "..%5ckuantai.json",
    `${hash}%2f..%2f..%2fkuantai.json`,
    `${hash}%00.png`,
    `${hash}/../1.png`,
    hash.toUpperCase(),
    hash.slice(1),
    hidden,
    "0".repeat(64),
  ]) {
    const answer = await ask(`/v1/display/pictures/${asked}`);
    expect([asked, [400, 404].includes(answer.statusCode)]).toEqual([asked, true]);
    expect(answer.body).not.toContain("secret");
  }
});

it("the office's host shows none of it", async () => {
  const hash = put("1.png", picture(1));
  for (const path of ["/v1/display/pictures", `/v1/display/pictures/${hash}`])
    expect((await ask(path, "localhost")).statusCode).toBe(421);
});

it("a shop whose configuration names no folder has no pictures", async () => {
  const plain = await gatewayBench();
  const answer = await plain.gateway.app.server.inject({
    method: "GET",
    url: "/v1/display/pictures",
    headers: { host: "127.0.0.1" },
  });
  expect(answer.json()).toEqual({ v: 1, pictures: [] });
});
