/** Comes to a point of the story; resolves when everybody has come. The last one does `act` first. */
export type Meet = (point: string, act?: () => void | Promise<void>) => Promise<void>;

/** Meeting points for so many; each name is one point, met once. */
export function meetings(parties: number): Meet {
  const points = new Map<string, { come: number; readonly all: Promise<void>; go(): void }>();
  const at = (name: string) => {
    const known = points.get(name);
    if (known !== undefined) return known;
    let go = (): void => undefined;
    const all = new Promise<void>((resolve) => {
      go = resolve;
    });
    const made = { come: 0, all, go };
    points.set(name, made);
    return made;
  };
  return async (name, act) => {
    const point = at(name);
    point.come += 1;
    if (point.come < parties) return point.all;
    await act?.();
    point.go();
  };
}
