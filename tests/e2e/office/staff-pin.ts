import type { Page } from "playwright-core";
import type { GatewayParts } from "../../../src/gateway/parts.ts";
import { choosePin, renewPin } from "../../../src/gateway/staff/edit-staff.ts";

/** Gives somebody of the staff a PIN that only they know, as if they had chosen it. */
export async function newPinOf(parts: GatewayParts, staff: string): Promise<string> {
  return parts.database.transaction().execute(async (step) => {
    const pin = await renewPin(step, parts, staff, { who: staff, secondPerson: null });
    await choosePin(step, parts, staff, pin);
    return pin;
  });
}

/** The sample shop's manager says yes beside the owner, by a PIN that the owner has not seen. */
export async function managerAgrees(parts: GatewayParts, page: Page): Promise<void> {
  const pin = await newPinOf(parts, "staff-5");
  const on = (id: string) => page.locator(`[data-testid="${id}"]`);
  await on("ask-second").waitFor();
  await on("ask-who").selectOption("staff-5");
  await on("ask-secret").fill(pin);
  await on("ask-go").click();
}
