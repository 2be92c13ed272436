import { createEffect, createSignal, onCleanup, untrack, type Accessor } from "solid-js";
import type { Clock } from "../domain/clock.ts";

/** How long a picture hangs. */
export const pictureShownMs = 8_000;

/**
 * The pictures take turns while `isIdle`: the one that hangs, on top of the one it took the place of. Each is loaded and
 * decoded before it is hung, so that nothing is seen half and no ticket waits for it; one that cannot be loaded is passed over.
 * Empty while there is none. The turn goes on where it was when the shop falls idle again.
 */
export function takeTurns(
  pictures: Accessor<readonly string[]>,
  isIdle: Accessor<boolean>,
  clock: Clock,
): Accessor<readonly HTMLImageElement[]> {
  const [hung, setHung] = createSignal<readonly HTMLImageElement[]>([]);
  let last = -1;
  createEffect(() => {
    const all = pictures();
    if (!isIdle()) return;
    let isOver = false;
    let cancel: () => void = () => undefined;
    const next = async (): Promise<HTMLImageElement | null> => {
      for (const _ of all) {
        last = (last + 1) % all.length;
        const image = await loaded(all[last] ?? "");
        if (image !== null || isOver) return image;
      }
      return null;
    };
    const turnLater = (): void => {
      // one picture has nobody to change places with
      if (all.length > 1 || hung().length === 0) cancel = clock.after(pictureShownMs, () => void turn());
    };
    const turn = async (): Promise<void> => {
      const image = await next();
      if (isOver) return;
      if (image === null) setHung([]);
      else hang(image);
      if (all.length > 0) turnLater();
    };
    const hang = (image: HTMLImageElement): void => {
      const under = hung().at(-1);
      under?.classList.remove("comes");
      image.classList.toggle("comes", under !== undefined);
      setHung(under === undefined ? [image] : [under, image]);
    };
    const hangs = untrack(hung).at(-1)?.getAttribute("src") ?? "";
    if (all.includes(hangs)) untrack(turnLater);
    else void turn();
    onCleanup(() => {
      isOver = true;
      cancel();
      const top = untrack(hung).at(-1);
      top?.classList.remove("comes");
      setHung(top === undefined ? [] : [top]);
    });
  });
  return hung;
}

/** The picture, decoded; null when it cannot be. Its words are those under it: it needs none of its own. */
async function loaded(address: string): Promise<HTMLImageElement | null> {
  const image = new Image();
  image.alt = "";
  image.src = address;
  return image.decode().then(
    () => image,
    () => null,
  );
}
