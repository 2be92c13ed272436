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
