/** Pictures of a shop's folder that are shown; a customer who waits a minute and a half has seen them all. */
export const picturesMax = 12;
/** A photograph of 1600×800 is a tenth of it; the till's store of pictures is at most `picturesMax` times as large. */
export const pictureBytesMax = 2 * 1024 * 1024;

/** Where the gateway names the pictures in the order they are shown in; each is at this path with its hash behind. */
export const picturesPath = "/v1/display/pictures";

/** Where the picture whose bytes have this SHA-256 is: what is there never changes. */
export function picturePath(hash: string): string {
  return `${picturesPath}/${hash}`;
}

/** Paths of the pictures that a list's text names: without its schema, which would more than double the service worker. */
export function picturePathsIn(list: string): readonly string[] {
  return [...list.matchAll(/"([0-9a-f]{64})"/g)].slice(0, picturesMax).map(([, hash = ""]) => picturePath(hash));
}
