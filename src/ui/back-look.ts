import type { GivenBack } from "../register/state.ts";

/** How a part that goes back is to look: done, not certain yet, or in need of somebody. */
export function backLook(part: GivenBack): "good" | "doubt" | "danger" {
  if (part.kind === "cash" || part.state === "succeeded" || part.state === "paidOtherwise") return "good";
  return part.state === "failed" || part.state === "abnormal" ? "danger" : "doubt";
}

/** The look of all of them together: the most urgent one's. */
export function backLooks(parts: readonly GivenBack[]): "good" | "doubt" | "danger" {
  const looks = parts.map(backLook);
  return looks.includes("danger") ? "danger" : looks.includes("doubt") ? "doubt" : "good";
}
