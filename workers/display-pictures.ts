import { registerRoute } from "workbox-routing";
import { pictureBytesMax, picturePath, picturePathsIn, picturesPath } from "../src/contract/picture-paths.ts";

/** Holds the last list and its pictures: at most `picturesMax` of `pictureBytesMax`. */
const storeName = "kuantai-display-pictures";

/**
 * The pictures of the customer's window go on without a network: each list that the gateway gives is stored with its pictures,
 * and what it no longer names is dropped. The gateway's own answer goes before.
 */
export function keepDisplayPictures(): void {
  registerRoute(
    ({ url, sameOrigin, request }) => sameOrigin && request.mode !== "navigate" && url.pathname === picturesPath,
    ({ request, event }) => list(request, event),
  );
  registerRoute(
    ({ url, sameOrigin, request }) =>
      sameOrigin && request.destination === "image" && url.pathname.startsWith(picturePath("")),
    async ({ request }) => (await caches.match(request, { cacheName: storeName })) ?? fetch(request),
  );
}

async function list(request: Request, event: ExtendableEvent): Promise<Response> {
  const answer = await fetch(request).then(null, () => null);
  if (answer?.ok === true) {
    event.waitUntil(store(answer.clone()).catch(giveWay));
    return answer;
  }
  return (await caches.match(picturesPath, { cacheName: storeName })) ?? answer ?? Response.error();
}

/** Pictures first, then the list that names them, then away with the others: whenever it is cut short, the stored list holds. */
async function store(answer: Response): Promise<void> {
  const wanted = picturePathsIn(await answer.clone().text());
  const stored = await caches.open(storeName);
  for (const path of wanted) if ((await stored.match(path)) === undefined) await storePicture(stored, path);
  await stored.put(picturesPath, answer);
  for (const { url } of await stored.keys()) {
    const path = new URL(url).pathname;
    if (path !== picturesPath && !wanted.includes(path)) await stored.delete(path);
  }
}

async function storePicture(stored: Cache, path: string): Promise<void> {
  const answer = await fetch(path);
  if (answer.ok && (await answer.clone().blob()).size <= pictureBytesMax) await stored.put(path, answer);
}

/** A network that breaks off is tried again with the next list; a disk that is full needs its room for sales. */
async function giveWay(trouble: unknown): Promise<void> {
  if (trouble instanceof DOMException && trouble.name === "QuotaExceededError") await caches.delete(storeName);
}
