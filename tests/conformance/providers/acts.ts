import { expect } from "vitest";
import type { AttemptReference, ChargeRequest, PromptRequest } from "../../../src/gateway/provider.ts";
import type { Capture, ProviderOutcome, RefundOutcome } from "../../../src/gateway/provider-outcome.ts";
import type { Play, ProviderStage, ScanPlay } from "./provider-stage.ts";

/** A signal that nobody aborts. */
export const signal = new AbortController().signal;

/** Charges `request`. */
export function charge(stage: ProviderStage, request: ChargeRequest): Promise<ProviderOutcome> {
  return stage.provider.charge(request, signal);
}

/** Waits out an exchange that ends by its own deadline. */
export async function hung<Outcome>(stage: ProviderStage, outcome: Promise<Outcome>): Promise<Outcome> {
  await stage.clock.advance(60_000);
  return outcome;
}

/** A code payment that was captured. */
export async function captured(
  stage: ProviderStage,
  play: Play = "paysAtOnce",
): Promise<{ readonly request: ChargeRequest; readonly capture: Capture }> {
  const request = stage.charge(play);
  return { request, capture: captureIn(await charge(stage, request)) };
}

/** The text of the code that the shop shows for `request`. */
export async function shown(stage: ProviderStage, request: PromptRequest): Promise<string> {
  const outcome = await stage.provider.prompt(request, signal);
  if (outcome.kind !== "codeReady") throw new Error(`no code to show: ${JSON.stringify(outcome)}`);
  return outcome.content;
}

/** A shown code that somebody scanned. */
export async function scanned(stage: ProviderStage, play: ScanPlay): Promise<PromptRequest> {
  const request = stage.prompt();
  expect(await stage.scan(await shown(stage, request), play)).toBe(true);
  return request;
}

/** The capture that a query tells. */
export async function queriedCapture(stage: ProviderStage, attempt: AttemptReference): Promise<Capture> {
  return captureIn(await stage.provider.query(attempt, signal));
}

function captureIn(outcome: ProviderOutcome): Capture {
  if (outcome.kind !== "captured") throw new Error(`not captured: ${JSON.stringify(outcome)}`);
  return outcome;
}

/** How a refund ends that was taken on: at once, or asked a while later. */
export async function refundEnd(
  stage: ProviderStage,
  request: Parameters<ProviderStage["provider"]["queryRefund"]>[0],
  first: RefundOutcome,
): Promise<RefundOutcome> {
  if (first.kind !== "accepted" && first.kind !== "succeeded") return first;
  await stage.clock.advance(15_000);
  return stage.provider.queryRefund(request, signal);
}
