import { createHash } from "node:crypto";
import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pictureBytesMax, picturesMax } from "../../contract/picture-paths.ts";
import type { Instant } from "../../domain/clock.ts";
import type { GatewayParts } from "../parts.ts";
import { pictureSidePxMax, pictureTypeOf, type PictureRefusal, type PictureType } from "./picture-form.ts";

/** However often it is asked for, the folder is looked at once in this time. */
export const lookAgainAfterMs = 2_000;
/** Of a folder with more files the first by name are looked at: it is not one of pictures for a window. */
const filesMax = 200;

/** The shop's own pictures for the customer's window. */
export type PictureFolder = {
  /** The pictures' hashes by file name, as the folder is now. */
  hashes(): Promise<readonly string[]>;
  /** The picture with these very bytes; null when the folder shows none. */
  picture(hash: string): Promise<{ readonly type: PictureType; readonly bytes: Buffer } | null>;
};

type Picture = { readonly name: string; readonly hash: string; readonly type: PictureType };
/** What a file was found to be, and the stamp by which it is known again unread. */
type Seen = { readonly name: string; readonly stamp: string } & (
  | { readonly picture: Picture; readonly why: null }
  | { readonly picture: null; readonly why: string }
);
type Complaint = { readonly file: string; readonly why: string };

const noPictures: PictureFolder = { hashes: async () => [], picture: async () => null };
const byName = new Intl.Collator("en", { numeric: true });

/**
 * The folder that the configuration names, looked at when asked for: what is put there or taken away is seen without a restart.
 * A file that cannot be shown is named in the log once, with what to do; the others are shown.
 */
export function pictureFolder({ config, clock, log }: Pick<GatewayParts, "config" | "clock" | "log">): PictureFolder {
  const folder = config.display?.pictures;
  if (folder === undefined) return noPictures;
  let seen: readonly Seen[] = [];
  let told: ReadonlySet<string> = new Set();
  let looked: { readonly at: Instant; readonly pictures: Promise<readonly Picture[]> } | null = null;

  const complain = (complaints: readonly Complaint[]): void => {
    const keyOf = ({ file, why }: Complaint): string => `${file} ${why}`;
    for (const each of complaints) if (!told.has(keyOf(each))) log.warn({ folder, file: each.file }, each.why);
    told = new Set(complaints.map(keyOf));
  };
  const look = async (): Promise<readonly Picture[]> => {
    const names = await namesIn(folder);
    if (names === null) {
      seen = [];
      complain([{ file: "", why: noFolder }]);
      return [];
    }
    seen = await seeFiles(folder, names.slice(0, filesMax), seen);
    const pictures = eachOnce(seen.flatMap(({ picture }) => picture ?? []));
    complain([
      ...seen.flatMap(({ name, why }) => (why === null ? [] : [{ file: name, why }])),
      ...pictures.slice(picturesMax).map(({ name }) => ({ file: name, why: tooMany })),
      ...names.slice(filesMax, filesMax + 1).map((name) => ({ file: name, why: tooManyFiles })),
    ]);
    return pictures.slice(0, picturesMax);
  };
  const pictures = (): Promise<readonly Picture[]> => {
    const at = clock.now();
    // also where the clock was put back
    if (looked === null || Math.abs(at - looked.at) >= lookAgainAfterMs) looked = { at, pictures: look() };
    return looked.pictures;
  };
  return {
    hashes: async () => (await pictures()).map(({ hash }) => hash),
    picture: async (hash) => {
      const found = (await pictures()).find((picture) => picture.hash === hash);
      if (found === undefined) return null;
      const bytes = await contentOf(folder, found.name);
      return bytes !== null && hashOf(bytes) === hash ? { type: found.type, bytes } : null;
    },
  };
}

/** Names of the files in `folder` in their order, hidden ones and folders left out; null where there is no such folder. */
async function namesIn(folder: string): Promise<readonly string[] | null> {
  const entries = await readdir(folder, { withFileTypes: true }).then(null, () => null);
  if (entries === null) return null;
  const files = entries.filter((entry) => !entry.isDirectory() && !entry.name.startsWith("."));
  return files.map(({ name }) => name).toSorted(byName.compare);
}

/** What each file is; one that has not changed since `before` is not read again. One after the other: each is read whole. */
async function seeFiles(folder: string, names: readonly string[], before: readonly Seen[]): Promise<readonly Seen[]> {
  const known = new Map(before.map((each) => [each.name, each]));
  const now: Seen[] = [];
  for (const name of names) {
    const found = await lstat(join(folder, name)).then(null, () => null);
    if (found === null) continue; // taken away meanwhile
    const stamp = [found.ino, found.size, found.mtimeMs, found.ctimeMs].join(" ");
    const last = known.get(name);
    if (last?.stamp === stamp) now.push(last);
    else if (!found.isFile()) now.push({ name, stamp, picture: null, why: refusals.noFile });
    else if (found.size > pictureBytesMax) now.push({ name, stamp, picture: null, why: refusals.tooManyBytes });
    else now.push(seenAs(name, stamp, await contentOf(folder, name)));
  }
  return now;
}

function seenAs(name: string, stamp: string, bytes: Buffer | null): Seen {
  if (bytes === null) return { name, stamp, picture: null, why: refusals.unreadable };
  const type = pictureTypeOf(bytes);
  return type.ok
    ? { name, stamp, picture: { name, hash: hashOf(bytes), type: type.value }, why: null }
    : { name, stamp, picture: null, why: refusals[type.refusal] };
}

/** Two files with the same content are one picture. */
function eachOnce(pictures: readonly Picture[]): readonly Picture[] {
  return [...new Map(pictures.toReversed().map((picture) => [picture.hash, picture])).values()].toReversed();
}

function contentOf(folder: string, name: string): Promise<Buffer | null> {
  return readFile(join(folder, name)).then(null, () => null);
}

function hashOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

const megabytes = pictureBytesMax / 1024 / 1024;
const refusals: { readonly [Why in PictureRefusal | "noFile" | "unreadable"]: string } = {
  noFile: "Not shown to customers: it is not a file. Put the picture itself there, not a link to it.",
  unreadable: "Not shown to customers: it cannot be read. Let the gateway's user read it.",
  tooManyBytes: `Not shown to customers: it is larger than ${megabytes} MB. Save it smaller, 1600 by 800 pixels are enough.`,
  otherKind: "Not shown to customers: it is no PNG, JPEG or WebP picture. Save it as one of these.",
  broken: "Not shown to customers: the picture is broken. Save it anew.",
  tooLarge: `Not shown to customers: a side has more than ${pictureSidePxMax} pixels. Save it smaller, 1600 by 800 are enough.`,
  moves: "Not shown to customers: the picture moves. Save one picture of it.",
};
const tooMany = `Not shown to customers: there are ${picturesMax} before it, which is the most. Take some away.`;
const tooManyFiles = `From this file on nothing was looked at: the folder has more than ${filesMax} files. Take away what is not to be shown.`;
const noFolder =
  "There is no such folder, or it cannot be read: customers see no pictures. Make it, or take display.pictures out of kuantai.json.";
