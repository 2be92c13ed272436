import { expect, it } from "vitest";
import { createAsking } from "../../../src/office/people/asking.ts";
import { createOnce } from "../../../src/office/send-once.ts";

/** A request that is answered when told so. */
function held() {
  let answer: (() => void) | null = null;
  let sent = 0;
  return {
    send: () => {
      sent += 1;
      return new Promise<void>((resolve) => {
        answer = resolve;
      });
    },
    answer: () => answer?.(),
    sent: () => sent,
  };
}

it("a second press while the first is on its way sends nothing, and one after it sends again", async () => {
  const request = held();
  const once = createOnce();
  const first = once.run(request.send);
  await once.run(request.send);
  expect([request.sent(), once.isSending()]).toEqual([1, true]);
  request.answer();
  await first;
  expect(once.isSending()).toBe(false);
  const again = once.run(request.send);
  request.answer();
  await again;
  expect(request.sent()).toBe(2);
});

it("what may need another person's yes is asked once by two presses, and once more with the approval", async () => {
  const request = held();
  const told: unknown[] = [];
  const asking = createAsking<object>(
    async (approval) => {
      await request.send();
      return { ok: true, value: approval === undefined ? { proposed: "a" } : { id: approval } };
    },
    (value) => void told.push(value),
    () => undefined,
  );
  const first = asking.run();
  await asking.run();
  request.answer();
  await first;
  expect([request.sent(), asking.proposed()]).toEqual([1, "a"]);
  const given = asking.run("a");
  await asking.run("a");
  request.answer();
  await given;
  expect([request.sent(), told]).toEqual([2, [{ id: "a" }]]);
});

it("a request that failed leaves the button live", async () => {
  const once = createOnce();
  await expect(once.run(() => Promise.reject(new Error("no way")))).rejects.toThrow("no way");
  expect(once.isSending()).toBe(false);
});
