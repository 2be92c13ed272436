import { createSignal } from "solid-js";
import { render } from "solid-js/web";
import "../ui/parts/tokens.css";
import "./office.css";
import "./controls.css";
import "./pages.css";
import "./sign-in.css";
import "./narrow.css";
import "./tables.css";
import "./opened.css";
import { Office } from "./Office.tsx";
import { createOfficeClient } from "./office-client.ts";
import { createOffice, type OfficeBrowser } from "./office.ts";

/** The office page's composition root: its clock, its gateway, its address, its place in the page. */
const root = document.getElementById("office");
if (root === null) throw new Error("office.html has no #office");
const [hash, setHash] = createSignal(location.hash);
addEventListener("hashchange", () => setHash(location.hash));

const browser: OfficeBrowser = {
  clock: {
    now: () => Date.now(),
    every(ms, task) {
      const timer = setInterval(() => {
        if (document.visibilityState === "visible") task();
      }, ms);
      return () => clearInterval(timer);
    },
  },
  languages: navigator.languages,
  random: { bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) },
  remembered: (name) => localStorage.getItem(`office-${name}`),
  remember: (name, value) => localStorage.setItem(`office-${name}`, value),
  kept: (name) => sessionStorage.getItem(`office-${name}`),
  keep(name, value) {
    if (value === null) sessionStorage.removeItem(`office-${name}`);
    else sessionStorage.setItem(`office-${name}`, value);
  },
  place: hash,
  goTo(next) {
    location.hash = next;
  },
  print: () => print(),
  hasHostName: !/^(?:[\d.]+|\[.*\])$/.test(location.hostname),
  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // the browser may forbid it: the text stays selectable
      return false;
    }
  },
};
render(() => <Office office={createOffice(createOfficeClient(), browser)} />, root);
