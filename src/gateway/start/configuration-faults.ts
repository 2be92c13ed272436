import { BlockList, isIP } from "node:net";
import { isLoopbackHost } from "../office/office-session.ts";
import { isOverTls, type Configuration } from "../config.ts";

/** A network of proxies wider than this trusts strangers. */
const networkBitsMin = { 4: 16, 6: 48 } as const;

/** All that a configuration says against itself, a line each, with what to do. */
export function configurationFaults(config: Configuration): string[] {
  const { tillHost, officeHost } = config.gateway;
  const same =
    tillHost === officeHost
      ? [
          `gateway.officeHost is gateway.tillHost: they must differ, so that an office page never reaches a till's keys. Give the office a host name of its own.`,
        ]
      : [];
  const own = config.shop.kind === "own" ? ownFaults(config) : demoFaults(config);
  return [...same, ...(config.gateway.proxy?.from ?? []).flatMap(proxyFault), ...own];
}

function demoFaults({ database }: Configuration): string[] {
  return database === undefined
    ? []
    : [`database is named for the demo shop: take it out, or make this a real shop (shop.kind "own", see README).`];
}

function ownFaults(config: Configuration): string[] {
  const { sandbox, database, shop } = config;
  const lines: string[] = [];
  if (sandbox.on) lines.push(`sandbox.on is true: a real shop takes real money. Set it to false.`);
  if (database === undefined)
    lines.push(`database is missing: name your PostgreSQL, "database": { "url": { "file": PATH }, "ownerUrl": … }.`);
  if (shop.kind === "own" && !isTimeZone(shop.timeZone))
    lines.push(`shop.timeZone ${shop.timeZone} is no time zone: write an IANA name such as Asia/Shanghai.`);
  return [...lines, ...networkFaults(config), ...notifyFaults(config)];
}

/** How pages reach the gateway: by TLS, or from this machine alone. */
function networkFaults({ gateway }: Configuration): string[] {
  const { listen, proxy, tls, tillHost, officeHost } = gateway;
  const lines: string[] = [];
  if (proxy !== undefined && tls !== undefined)
    lines.push(`gateway.proxy and gateway.tls are both there: TLS ends once. Take one of them out.`);
  if (isOverTls(gateway)) return lines;
  const names = [tillHost, officeHost].filter((host) => !isLoopbackHost(host));
  for (const host of new Set(names))
    lines.push(
      `${host} would be served without TLS: name the proxy that ends it (gateway.proxy), or certificate and key (gateway.tls).`,
    );
  if (!isLoopbackHost(listen))
    lines.push(
      `gateway.listen is ${listen}: without gateway.proxy or gateway.tls everybody in that network could read along. Name one of them, or listen on 127.0.0.1.`,
    );
  return lines;
}

function notifyFaults({ gateway }: Configuration): string[] {
  const { notifyUrl } = gateway;
  if (notifyUrl === undefined || new URL(notifyUrl).protocol === "https:") return [];
  return [`gateway.notifyUrl is not https: providers notify over TLS only. Write https://…`];
}

function proxyFault(from: string): string[] {
  const [address = "", bits, more] = from.split("/");
  const family = isIP(address);
  const width = bits === undefined ? null : Number(bits);
  const isNumber = width === null || (/^\d{1,3}$/.test(bits ?? "") && width <= (family === 4 ? 32 : 128));
  if (family === 0 || more !== undefined || !isNumber)
    return [`gateway.proxy.from: ${from} is no address: write one such as 10.0.0.5, or a network such as 10.0.0.0/24.`];
  if (width !== null && width < networkBitsMin[family as 4 | 6])
    return [
      `gateway.proxy.from: ${from} is so wide that strangers could say whose address they come from. Name the proxy's own address.`,
    ];
  return [];
}

/** Whether `text` names a time zone that this Node knows. */
export function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone !== "";
  } catch {
    // a RangeError says that there is none
    return false;
  }
}

/** Tells of an address whether it is one of the proxies that the configuration names. */
export function proxiesIn(from: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const each of from) {
    const [network = "", bits] = each.split("/");
    const family = isIP(network) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(network, family);
    else list.addSubnet(network, Number(bits), family);
  }
  return (address) => {
    // a server that listens on :: sees IPv4 so
    const plain = address.replace(/^::ffff:(?=\d+\.)/, "");
    const family = isIP(plain);
    return family !== 0 && list.check(plain, family === 6 ? "ipv6" : "ipv4");
  };
}
