import { tillSettings } from "../contract/activation.ts";
import { staffList } from "../contract/sign-on.ts";
import type { LedgerDatabase } from "../storage/database.ts";
import { storeSettings } from "../storage/install.ts";
import type { GatewayClient } from "./gateway-client.ts";

const withinMs = 10_000;

/** Takes over who may sign on here and what the shop is called. True when both arrived. */
export async function pullStaff(client: GatewayClient, database: LedgerDatabase): Promise<boolean> {
  const list = await client.ask({ method: "GET", path: "/v1/staff", withinMs }, staffList);
  if (list.kind === "answer") await database.staff.put({ key: "staff", list: list.value });
  const settings = await client.ask({ method: "GET", path: "/v1/till", withinMs }, tillSettings);
  if (settings.kind === "answer") await storeSettings(database, settings.value);
  return list.kind === "answer" && settings.kind === "answer";
}
