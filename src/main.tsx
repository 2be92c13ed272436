import { render } from "solid-js/web";
import "./ui/theme.css";
import { openTillWindow } from "./page/till-window.tsx";

/* One page, two windows: the till, and at /display the customer's. Only the till's registers the service worker. */
const root = document.getElementById("root");
if (root === null) throw new TypeError("index.html has the root element");
const view =
  location.pathname === "/display"
    ? (await import("./page/display-window.tsx")).openDisplayWindow()
    : await openTillWindow();
render(view, root);
