import { notificationPlays, promptAnswers, refundPlays, type ControlReply, type ProviderPlay } from "./play.ts";
import { settlementCall, type Desk } from "./settlement/control.ts";
import { switches } from "./switches.ts";
import { controlAnswer, jsonObject, type SandboxAnswer, type SandboxRequest } from "./wire.ts";

/** The newest orders a listing holds. */
const ordersListedMax = 200;
/** No code shown by a shop says more. */
const contentLengthMax = 512;
const walletName = /^[0-9A-Za-z-]{8,64}$/;
const orderName = /^[0-9A-Za-z_\-|*]{6,64}$/;
const walletPattern = /^\/_sandbox\/wallets\/([0-9A-Za-z-]{8,64})(\/code)?$/;
const answerPattern = /^\/_sandbox\/orders\/([0-9A-Za-z_\-|*]{6,64})\/answer$/;

/** How the wallet page and tests play the customer. Nothing of it exists at a provider; it takes part in no signature. */
export function controlCall(request: SandboxRequest, desk: Desk): SandboxAnswer {
  const isWrite = request.method === "POST";
  if (isWrite && !(request.headers["content-type"] ?? "").startsWith("application/json")) {
    return controlAnswer(415, { problem: "send application/json" });
  }
  const [path = "", query = ""] = request.url.split("?");
  const body = isWrite ? (jsonObject(request.body) ?? {}) : Object.fromEntries(new URLSearchParams(query));
  const reply = settlementCall(path, isWrite, body, desk) ?? routed(path, isWrite, body, desk.plays);
  return "kind" in reply ? reply : controlAnswer(reply.status, reply.json);
}

type Body = Readonly<Record<string, unknown>>;

function routed(path: string, isWrite: boolean, body: Body, plays: readonly ProviderPlay[]): ControlReply {
  const own = (call: (play: ProviderPlay) => ControlReply): ControlReply => {
    const play = plays.find(({ provider }) => provider === (body["provider"] ?? "wechat"));
    return play === undefined ? problem(400, "provider is one that this sandbox plays: wechat or alipay") : call(play);
  };
  const [, wallet, isCode] = walletPattern.exec(path) ?? [];
  if (wallet !== undefined && isCode !== undefined) {
    const { behaviour } = body;
    if (!isWrite) return wrongMethod();
    if (!isBehaviour(behaviour)) return problem(400, "behaviour is `usual` or a switch of the sandbox");
    return own((play) => play.issueCode(wallet, behaviour));
  }
  if (wallet !== undefined) return isWrite ? wrongMethod() : own((play) => play.walletState(wallet));
  const [, asked] = answerPattern.exec(path) ?? [];
  if (asked !== undefined) return isWrite ? answerPrompt(asked, body, plays) : wrongMethod();
  switch (path) {
    case "/_sandbox/providers":
      return isWrite ? wrongMethod() : { status: 200, json: { providers: plays.map(({ provider }) => provider) } };
    case "/_sandbox/orders":
      return isWrite ? wrongMethod() : listOrders(plays);
    case "/_sandbox/scan":
      return isWrite ? scan(body, plays) : wrongMethod();
    case "/_sandbox/notifications":
      return isWrite ? own((play) => setNext(body, notificationPlays, play.playNotification)) : wrongMethod();
    case "/_sandbox/refunds":
      return isWrite ? own((play) => setNext(body, refundPlays, play.playRefund)) : wrongMethod();
    default:
      return problem(404, "no such call; see the sandbox's README");
  }
}

function answerPrompt(order: string, body: Body, plays: readonly ProviderPlay[]): ControlReply {
  const answer = promptAnswers.find((each) => each === body["answer"]);
  if (answer === undefined) return problem(400, "answer is confirm, cancel, notEnough or dontAnswer");
  return firstReply(plays, (play) => play.answerPrompt(order, answer)) ?? problem(404, "no such order");
}

function scan(body: Body, plays: readonly ProviderPlay[]): ControlReply {
  const { wallet, content, behaviour = "usual", provider } = body;
  if (typeof wallet !== "string" || !walletName.test(wallet)) return problem(400, "wallet is the phone's name");
  if (typeof content !== "string" || content.length > contentLengthMax)
    return problem(400, "content is a QR code's text");
  if (!isBehaviour(behaviour)) return problem(400, "behaviour is `usual` or a switch of the sandbox");
  const asked = plays.filter((play) => provider === undefined || play.provider === provider);
  return (
    firstReply(asked, (play) => play.scan(wallet, content.trim(), behaviour)) ??
    problem(404, "this wallet does not know the code")
  );
}

function setNext<Play extends string>(
  body: Body,
  known: readonly Play[],
  set: (next: Play, order: string | null) => ControlReply,
): ControlReply {
  const next = known.find((each) => each === body["next"]);
  const order = body["order"] ?? null;
  if (next === undefined) return problem(400, `next is one of ${known.join(", ")}`);
  if (order !== null && (typeof order !== "string" || !orderName.test(order)))
    return problem(400, "order is its number");
  return set(next, order);
}

function listOrders(plays: readonly ProviderPlay[]): ControlReply {
  const orders = plays.flatMap((play) =>
    play
      .orders()
      .slice(-ordersListedMax)
      .map((order) => ({ provider: play.provider, ...order })),
  );
  return { status: 200, json: { orders } };
}

function firstReply(
  plays: readonly ProviderPlay[],
  call: (play: ProviderPlay) => ControlReply | null,
): ControlReply | null {
  for (const play of plays) {
    const reply = call(play);
    if (reply !== null) return reply;
  }
  return null;
}

function isBehaviour(behaviour: unknown): behaviour is string {
  return behaviour === "usual" || (typeof behaviour === "string" && Object.hasOwn(switches, behaviour));
}

function problem(status: number, sentence: string): ControlReply {
  return { status, json: { problem: sentence } };
}

function wrongMethod(): ControlReply {
  return problem(405, "wrong method");
}
