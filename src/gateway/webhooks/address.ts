import { BlockList, isIP } from "node:net";

/** Ranges that are nobody's on the internet: this machine, private networks, link-local, documentation, multicast, translation. */
const closed = new BlockList();
for (const [address, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const)
  closed.addSubnet(address, bits, "ipv4");
for (const [address, bits] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
] as const)
  closed.addSubnet(address, bits, "ipv6");
/** Everything public in IPv6 begins here. */
const global6 = new BlockList();
global6.addSubnet("2000::", 3, "ipv6");

/** Whether a resolved address is on the public internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !closed.check(address, "ipv4");
  return family === 6 && global6.check(address, "ipv6") && !closed.check(address, "ipv6");
}

/**
 * Why an endpoint's address is not taken; null when it is. Its name is resolved, and the answer checked, before every delivery; what
 * names the shop's own network in so many words is refused at once, unless the configuration means it.
 */
export function endpointRefusal(
  text: string,
  mayBePrivate: boolean,
): "notHttps" | "notAnAddress" | "withPassword" | "private" | null {
  if (!URL.canParse(text)) return "notAnAddress";
  const url = new URL(text);
  if (url.protocol !== "https:") return "notHttps";
  if (url.username !== "" || url.password !== "") return "withPassword";
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const isOwn = host === "localhost" || /\.(?:localhost|local|internal)$/.test(host);
  return !mayBePrivate && (isOwn || (isIP(host) !== 0 && !isPublicAddress(host))) ? "private" : null;
}
