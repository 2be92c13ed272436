import { keptPortRoles, scannerPortKey } from "../devices/transports/port-roles.ts";

/** Which serial port is whose, the same for printer and scanner of this page. */
export const portRoles = keptPortRoles(localStorage, (changed) =>
  window.addEventListener("storage", ({ key }) => {
    if (key === scannerPortKey) changed();
  }),
);
