import type { Page } from "playwright-core";

export type Size = { readonly width: number; readonly height: number };

/** The least sides of what is pressed: `least` for all of it, and more for what `places` (selectors) names. In px. */
export type Fit = { readonly least: number; readonly places: Readonly<Record<string, number>> };

/**
 * What does not fit the window as it is: things that stick out, words that are cut off, places too small for a finger, places
 * that lie over each other or under something else. Empty when all is well.
 */
export function misfits(page: Page, fit: Fit): Promise<readonly string[]> {
  return page.evaluate(findMisfits, fit);
}

/** Runs in the page, so that nothing outside of it can be named here. */
function findMisfits({ least, places }: Fit): readonly string[] {
  type Box = { left: number; top: number; right: number; bottom: number };
  const told: string[] = [];
  const root = document.documentElement;
  const nameOf = (element: Element): string => {
    const id = element.getAttribute("data-testid") ?? element.getAttribute("class") ?? "";
    return `${element.tagName.toLowerCase()}[${id}] "${(element.textContent ?? "").trim().replaceAll(/\s+/g, " ").slice(0, 40)}"`;
  };
  const isSeen = (element: Element): boolean =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.closest(".sr") === null;
  const boxOf = (element: Element): Box => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left, top, right, bottom };
  };
  const meet = (one: Box, other: Box): Box => ({
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  });
  /** The part of an element that no list around it has scrolled away. */
  const shownOf = (element: Element): Box => {
    let box = meet(boxOf(element), { left: 0, top: 0, right: innerWidth, bottom: innerHeight });
    for (let each = element.parentElement; each !== null; each = each.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(each);
      if (overflowX !== "visible" || overflowY !== "visible") box = meet(box, boxOf(each));
    }
    return box;
  };
  const isPageScrolled =
    root.scrollHeight > root.clientHeight && getComputedStyle(document.body).overflowY !== "hidden";
  const isScrolled = (element: Element): boolean => {
    const { left, right } = element.getBoundingClientRect();
    if (isPageScrolled && left >= -1 && right <= innerWidth + 1) return true;
    for (let each = element.parentElement; each !== null; each = each.parentElement) {
      const style = getComputedStyle(each);
      const scrolls = (overflow: string): boolean => overflow === "auto" || overflow === "scroll";
      if (scrolls(style.overflowX) && each.scrollWidth > each.clientWidth) return true;
      if (scrolls(style.overflowY) && each.scrollHeight > each.clientHeight) return true;
    }
    return false;
  };

  if (root.scrollWidth > root.clientWidth) told.push(`the page is ${root.scrollWidth} wide in ${root.clientWidth}`);
  const strip = document.querySelector(".strip");
  if (strip !== null && strip.getBoundingClientRect().height > 60)
    told.push(`the strip is ${Math.round(strip.getBoundingClientRect().height)} high`);

  const words = "button, a, label, select, input, h1, h2, strong, b, p, small, dt, dd, td, th, span";
  for (const element of document.querySelectorAll(words)) {
    if (!isSeen(element)) continue;
    const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
    if (width <= 1 || height <= 1) continue;
    const isOut = left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1;
    if (isOut && !isScrolled(element))
      told.push(`${nameOf(element)} sticks out: ${[left, top, right, bottom].map(Math.round).join()}`);
  }

  for (const element of document.querySelectorAll("*")) {
    if (element === document.body || element.tagName === "svg" || element.clientWidth <= 1 || !isSeen(element))
      continue;
    const { overflowX, overflowY, textOverflow, webkitLineClamp } = getComputedStyle(element);
    const isRail = element.matches(".cats"); // the categories go on to the right, and fade there
    if ((overflowX === "auto" || overflowX === "scroll") && element.scrollWidth > element.clientWidth + 1 && !isRail)
      told.push(`${nameOf(element)} scrolls sideways: ${element.scrollWidth} in ${element.clientWidth}`);
    const isButton = element instanceof HTMLButtonElement;
    if (!isButton && (overflowY !== "hidden" || webkitLineClamp !== "none")) continue;
    const isWide =
      element.scrollWidth > element.clientWidth + 1 && !(overflowX === "hidden" && textOverflow === "ellipsis");
    const isHigh = element.scrollHeight > element.clientHeight + 1;
    if ((isWide || isHigh) && element.getAttribute("data-testid") !== "open-line")
      told.push(
        `${nameOf(element)} cuts off a part: ${element.scrollWidth}×${element.scrollHeight} in ${element.clientWidth}×${element.clientHeight}`,
      );
  }

  const over = document.querySelector(":popover-open, [role=dialog], dialog[open]");
  const targets: { readonly element: Element; readonly box: Box }[] = [];
  for (const element of document.querySelectorAll("button, a[href], select, input, textarea, summary")) {
    if (!isSeen(element) || (over !== null && !over.contains(element))) continue;
    const { width, height } = element.getBoundingClientRect();
    if (width <= 1) continue;
    const wanted = Math.max(least, ...Object.entries(places).map(([of, side]) => (element.matches(of) ? side : 0)));
    // a line's name has its whole line for a finger (its ::after); a box to type in, or to tick, has its label
    const isAlone = element.getAttribute("data-testid") !== "open-line" && element.closest("label") === null;
    if (isAlone && (Math.round(height) < wanted || Math.round(width) < Math.min(wanted, least + 12)))
      told.push(`${nameOf(element)} is small: ${Math.round(width)}×${Math.round(height)}, not ${wanted}`);
    const box = shownOf(element);
    if (box.right - box.left < 4 || box.bottom - box.top < 4) continue;
    const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    // a table's head and totals stay in sight while its rows go by under them
    const table = element.closest("tbody") === null ? null : element.closest("table");
    const isScrolledBy = table !== null && hit?.closest("thead, tfoot")?.closest("table") === table;
    if (
      hit !== null &&
      !isScrolledBy &&
      !element.contains(hit) &&
      !hit.contains(element) &&
      element.closest("label")?.contains(hit) !== true
    )
      told.push(`${nameOf(element)} lies under ${nameOf(hit)}`);
    targets.push({ element, box });
  }
  targets.forEach(({ element, box }, nth) => {
    for (const other of targets.slice(nth + 1)) {
      if (element.contains(other.element) || other.element.contains(element)) continue;
      const both = meet(box, other.box);
      if (both.right - both.left > 1 && both.bottom - both.top > 1)
        told.push(`${nameOf(element)} lies over ${nameOf(other.element)}`);
    }
  });
  return told;
}
