import { staffList } from "../../contract/sign-on.ts";
import { isPinForm } from "../../domain/staff.ts";
import type { Core } from "../core.ts";
import { setOnline } from "../lead.ts";
import type { PinChange } from "./asking.ts";
import { refreshPeople } from "./people.ts";
import { countTry } from "./sign-on.ts";

/** The gateway computes the present PIN and the new one. */
const changeWithinMs = 8_000;

/**
 * Whoever is signed on chooses another PIN, having typed the present one: only the gateway can, which then sends the list anew, so that
 * the new one holds here offline too. Wrong tries are counted as when signing on.
 */
export async function changeOwnPin(core: Core, pin: string, newPin: string): Promise<PinChange> {
  const { who } = core.state.get();
  const { ledger, client, offset } = core.ports;
  if (who === null) return "unknownPerson";
  if (!isPinForm(pin) || !isPinForm(newPin)) return "badForm";
  if (pin === newPin) return "notNew";
  const tries = await ledger.run((database) => database.pin.get(who.id));
  if (tries.ok && (tries.value?.lockedUntil ?? 0) > offset.gatewayNow()) return "locked";
  const body = { v: 1, staff: who.id, pin, newPin };
  const answer = await client.ask({ method: "POST", path: "/v1/own-pins", body, withinMs: changeWithinMs }, staffList);
  if (answer.kind === "silence") return "offline";
  setOnline(core, true);
  if (answer.kind === "problem") {
    const { code } = answer.problem;
    if (code !== "wrongPin" && code !== "locked") return "offline";
    await countTry(core, who.id, false);
    await refreshPeople(core);
    return code;
  }
  await countTry(core, who.id, true);
  await ledger.run((database) => database.staff.put({ key: "staff", list: answer.value }));
  await refreshPeople(core);
  return "changed";
}
