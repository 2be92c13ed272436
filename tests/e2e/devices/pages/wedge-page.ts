import { listenToWedge } from "../../../../src/devices/scanners/keyboard-wedge.ts";
import { browserClock } from "./browser-clock.ts";

document.body.innerHTML = `
  <form id="form"><input id="search" value="牛奶"><textarea id="note">已有</textarea><button id="pay" type="submit">Pay</button></form>
  <button id="void" type="button">Void</button><select id="unit"><option>6 pieces</option><option>9 pieces</option></select>`;

const scans: string[] = [];
const events: string[] = [];
listenToWedge(window, browserClock, ({ text }) => scans.push(text));
document.querySelector("#form")?.addEventListener("submit", (event) => {
  event.preventDefault();
  events.push("submit");
});
for (const id of ["pay", "void"])
  document.querySelector(`#${id}`)?.addEventListener("click", () => events.push(`click ${id}`));
document.querySelector("#search")?.addEventListener("input", () => events.push("input"));
document.addEventListener("keydown", (event) => event.key === "Enter" && events.push("Enter"));

function field(id: string): HTMLInputElement {
  return document.querySelector(`#${id}`) as HTMLInputElement;
}

/** What was scanned, what the page noticed, and what stands in the fields. */
export function seen(): {
  readonly scans: readonly string[];
  readonly events: readonly string[];
  readonly search: string;
  readonly note: string;
  readonly unit: number;
  readonly focus: string;
} {
  return {
    scans,
    events,
    search: field("search").value,
    note: field("note").value,
    unit: (document.querySelector("#unit") as HTMLSelectElement).selectedIndex,
    focus: document.activeElement?.id ?? "",
  };
}
