import { createSignal } from "solid-js";
import type { Trouble } from "../office-client.ts";
import { createOnce } from "../send-once.ts";

/** Something that may need another person's yes: sent, and sent again with the approval once it is given. */
export function createAsking<Told>(
  send: (
    approval?: string,
  ) => Promise<
    | { readonly ok: true; readonly value: Told | { readonly proposed: string } }
    | { readonly ok: false; readonly refusal: Trouble }
  >,
  done: (told: Told) => void,
  failed: (refusal: Trouble) => void,
) {
  const [proposed, setProposed] = createSignal<string | null>(null);
  const once = createOnce();
  const sent = async (approval?: string): Promise<void> => {
    const answer = await send(approval);
    setProposed(null);
    if (!answer.ok) return failed(answer.refusal);
    const { value } = answer;
    if (typeof value === "object" && value !== null && "proposed" in value) return void setProposed(value.proposed);
    done(value as Told);
  };
  const run = (approval?: string): Promise<void> => once.run(() => sent(approval));
  return { proposed, run, isSending: once.isSending, leave: () => setProposed(null) };
}
