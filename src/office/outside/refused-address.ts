/**
 * Why the gateway takes no deliveries to `address`: the form a page asks for is broken, or, where that is in order, it is in one's own
 * network.
 */
export function refusedAddress(address: string): "addressRefused" | "addressPrivate" {
  if (!URL.canParse(address)) return "addressRefused";
  const { protocol, username, password } = new URL(address);
  return protocol === "https:" && username === "" && password === "" ? "addressPrivate" : "addressRefused";
}
