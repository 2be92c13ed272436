import { render } from "solid-js/web";
import "./ui/theme.css";
import "./display/display.css";
import { openDisplayWindow } from "./display-window.tsx";
import { openTillWindow } from "./till-window.tsx";

/* One page, two windows: the till, and at /display the customer's. Only the till's registers the service worker. */
const root = document.getElementById("root");
if (root === null) throw new TypeError("index.html has the root element");
if (location.pathname === "/display") render(openDisplayWindow(), root);
else void openTillWindow().then((view) => render(view, root));
