import { render } from "solid-js/web";
import "../ui/parts/tokens.css";
import "./wallet.css";
import "./paying.css";
import { createPhone } from "./phone.ts";
import { createSandboxClient } from "./sandbox-client.ts";
import { Wallet } from "./Wallet.tsx";

/** The wallet page's composition root: its clock, its name at the sandbox, its place in the page. */
const place = document.getElementById("wallet");
if (place === null) throw new Error("wallet.html has no #wallet");
const phone = createPhone(createSandboxClient(crypto.randomUUID()), {
  now: () => Date.now(),
  every: (ms, task) => void setInterval(task, ms),
});
/** `#scan=` and a shown code's text: what a camera would have read. */
const linkedCode = new URLSearchParams(location.hash.slice(1)).get("scan") ?? "";
render(() => <Wallet phone={phone} languages={navigator.languages} linkedCode={linkedCode} />, place);
