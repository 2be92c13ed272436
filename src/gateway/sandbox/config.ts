import { readAlipayKeys } from "./alipay/keys.ts";
import { alipayPlay } from "./alipay/play.ts";
import { filled, member, number } from "./config-members.ts";
import type { PlayMaker } from "./play.ts";
import { readWechatPayKeys } from "./wechat-pay/keys.ts";
import { readyPlays, type BillsReady } from "./settlement/books.ts";
import { readTerms, type AccountTerms } from "./settlement/terms.ts";
import { wechatPayPlay } from "./wechat-pay/play.ts";

/** What the sandbox's process is told; the file's form is in the README. */
export type SandboxConfig = {
  readonly host: string;
  readonly port: number;
  readonly storeFile: string;
  readonly timeFactor: number;
  /** When a day's bills are there at first. */
  readonly bills: BillsReady;
  /** Where the page build lies, or null to serve no wallet. */
  readonly pageFolder: string | null;
  /** The providers to play, WeChat Pay first. */
  readonly plays: readonly PlayMaker[];
};

/** Reads the configuration; throws with the member's name when something is missing or has another form. */
export function readSandboxConfig(text: string): SandboxConfig {
  const source = member(JSON.parse(text) as unknown, "the configuration");
  const plays = readPlays(source);
  if (plays.length === 0) throw new TypeError("the sandbox's configuration: there is no provider to play");
  return {
    host: filled(source["host"] ?? "127.0.0.1", "host"),
    port: number(source["port"], "port", 0, 65_535),
    storeFile: filled(source["storeFile"], "storeFile"),
    timeFactor: number(source["timeFactor"] ?? 1, "timeFactor", 0.001, 10),
    bills: readyPlays.find((each) => each === source["bills"]) ?? "nextMorning",
    pageFolder:
      source["pageFolder"] === undefined || source["pageFolder"] === null
        ? null
        : filled(source["pageFolder"], "pageFolder"),
    plays,
  };
}

/** One member a provider; `keys` is WeChat Pay's as it was written while it was here alone. */
function readPlays(source: Readonly<Record<string, unknown>>): readonly PlayMaker[] {
  const wechatPay = source["wechatPay"] ?? source["keys"];
  const { alipay } = source;
  return [
    ...(wechatPay === undefined
      ? []
      : [wechatPayPlay(readWechatPayKeys(wechatPay, "wechatPay"), termsIn(wechatPay, "wechatPay"))]),
    ...(alipay === undefined ? [] : [alipayPlay(readAlipayKeys(alipay, "alipay"), termsIn(alipay, "alipay"))]),
  ];
}

function termsIn(source: unknown, name: string): AccountTerms {
  return readTerms(member(source, name)["account"], `${name}.account`);
}
