import { z } from "zod";
import { verifyRsa2 } from "../../signing/alipay.ts";
import { readJson } from "../../exchange.ts";
import type { ProviderWord, SilenceReason } from "../../provider-outcome.ts";
import { rawMembers } from "./answer-members.ts";
import type { AlipayTrust } from "./credentials.ts";

const gatewayAnswer = z.object({
  code: z.string().max(16),
  msg: z.string().nullish(),
  sub_code: z.string().max(96).nullish(),
  sub_msg: z.string().nullish(),
});

/** A believed answer: the node's members as they stand in the signed text. */
export type AnswerNode = {
  readonly code: string;
  /** Alipay's own words: `sub_code` where there is one, else `code`. */
  readonly word: ProviderWord;
  /** `ACQ.…` in one spelling, or "" when there is none. */
  readonly subCode: string;
  readonly members: unknown;
};

/** The node to believe, or why there is none. */
export type AnswerVerdict =
  | { readonly kind: "node"; readonly node: AnswerNode }
  | { readonly kind: "doubt"; readonly why: SilenceReason };

/** What a gate says before it has looked at whose request it is; these may come unsigned. */
const gateFaultCodes = ["20000", "20001", "40001", "40002", "40006"];

/**
 * The answer to `method` in the bytes of a body with HTTP status 200. What a signature covers is read from the signed text
 * itself. Unsigned is believed of `error_response` only, and there of a gate's own faults only: nothing was done then.
 */
export function judgeAnswer(body: Uint8Array, method: string, trust: AlipayTrust): AnswerVerdict {
  const text = utf8(body);
  const members = text === null ? null : rawMembers(text);
  if (members === null) return { kind: "doubt", why: "body" };
  const asked = members.get(nodeName(method));
  const raw = asked ?? members.get("error_response");
  if (raw === undefined) return { kind: "doubt", why: "body" };
  const node = readNode(raw);
  if (node === null) return { kind: "doubt", why: "body" };
  const signature = plainString(members.get("sign"));
  const isBelieved =
    signature === null
      ? asked === undefined && gateFaultCodes.includes(node.code)
      : isSignedBy(raw, signature, plainString(members.get("alipay_cert_sn")), trust);
  return isBelieved ? { kind: "node", node } : { kind: "doubt", why: "signature" };
}

/** `alipay.trade.pay` → `alipay_trade_pay_response`. */
export function nodeName(method: string): string {
  return `${method.replaceAll(".", "_")}_response`;
}

/** True when a key that we hold for this purpose made `signature` over `text`. */
export function isSignedBy(text: string, signature: string, certSn: string | null, trust: AlipayTrust): boolean {
  if (trust.kind === "publicKey") return trust.keys.some((key) => verifyRsa2(text, signature, key));
  const key = certSn === null ? undefined : trust.keys.get(certSn);
  return key !== undefined && verifyRsa2(text, signature, key);
}

function readNode(raw: string): AnswerNode | null {
  const members = readJson(Buffer.from(raw, "utf8"));
  const read = gatewayAnswer.safeParse(members);
  if (!read.success) return null;
  const { code, msg, sub_code: sub, sub_msg: subMessage } = read.data;
  const word = { code: sub ?? code, message: subMessage ?? msg ?? "", httpStatus: 200 };
  return { code, word, subCode: plainSubCode(sub ?? ""), members };
}

/** `aop.ACQ.SYSTEM_ERROR` and one list's typo `AQC.` are the same code. */
export function plainSubCode(subCode: string): string {
  return subCode.replace(/^aop\.(?=A[CQ])/u, "").replace(/^AQC\./u, "ACQ.");
}

function plainString(raw: string | undefined): string | null {
  const read: unknown = raw === undefined ? undefined : readJson(Buffer.from(raw, "utf8"));
  return typeof read === "string" ? read : null;
}

function utf8(body: Uint8Array): string | null {
  const read = Buffer.from(body);
  const text = read.toString("utf8");
  return Buffer.from(text, "utf8").equals(read) ? text : null;
}
