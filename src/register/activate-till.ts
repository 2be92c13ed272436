import { activationCodeLength, normalizeCrockford } from "../domain/identifier.ts";
import { readInstall } from "../storage/install.ts";
import { activate } from "../sync/activate.ts";
import { pullStaff } from "../sync/pull-staff.ts";
import type { Core } from "./core.ts";
import { pullCatalogNews } from "./selling/load-catalog.ts";
import { refreshPeople } from "./people/people.ts";

/** Makes this browser a till with a one-time code from the office, then fetches who may sign on and what is sold. */
export async function activateTill(core: Core, typedCode: string, begin: () => void): Promise<void> {
  if (core.state.get().phase !== "activation" || core.state.get().activation.busy) return;
  const code = normalizeCrockford(typedCode);
  if (code.length !== activationCodeLength)
    return core.state.patch({ activation: { busy: false, refusal: "codeInvalid" } });
  core.state.patch({ activation: { busy: true, refusal: null } });
  const { ports } = core;
  const done = await activate(ports.client, ports.ledger.database, ports.keys, ports.sha256, code);
  if (!done.ok) return core.state.patch({ activation: { busy: false, refusal: done.refusal } });
  const install = await readInstall(ports.ledger.database);
  if (install === null) return core.state.patch({ activation: { busy: false, refusal: "storage" } });
  ports.useInstall(install);
  await pullStaff(ports.client, ports.ledger.database);
  await refreshPeople(core);
  core.state.patch({ settings: install.settings, activation: { busy: false, refusal: null }, phase: "signOn" });
  begin();
  await pullCatalogNews(core);
}
