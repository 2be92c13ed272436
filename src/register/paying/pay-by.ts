import type { PaymentChannel } from "../../domain/tender.ts";
import { beginTender } from "./begin-tender.ts";
import { countStep, type Core } from "../core.ts";
import { chooseMethod, showMethod } from "../counter.ts";
import { showCode } from "./show-code.ts";

/** Pay was pressed: a step of the sale, whatever comes of it. */
export async function pressPay(core: Core): Promise<void> {
  countStep(core);
  await beginTender(core);
}

/**
 * Pay and the way to pay in one press, which is one step. What must be asked first (a second person, what is left of a past
 * sale) stays on the screen, and the way is chosen afterwards.
 */
export async function payBy(core: Core, way: "cash" | PaymentChannel): Promise<void> {
  if (core.state.get().counter.kind === "goods" && !(await beginTender(core))) return;
  if (way === "cash") return chooseMethod(core, "cash");
  if (showMethod(core, "shown")) await showCode(core, way);
}
