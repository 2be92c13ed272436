import { expect, it } from "vitest";
import { mendingSubject } from "../../../src/gateway/mend/mending-subject.ts";

const row = {
  id: "M1",
  action: "payOtherwise",
  reason: "card closed",
  amount: 3120,
  parameters: { paidFrom: "safe", proof: "slip 17" },
};

it("is the same whatever order the database gives the parameters back in", () => {
  expect(mendingSubject({ ...row, parameters: { proof: "slip 17", paidFrom: "safe" } })).toBe(mendingSubject(row));
});

it.each([
  { id: "M2" },
  { action: "writeOff" },
  { reason: "other" },
  { amount: 3121 },
  { parameters: { paidFrom: "bank", proof: "slip 17" } },
  { parameters: { paidFrom: "safe" } },
])("is another when %o is changed under a yes", (change) => {
  expect(mendingSubject({ ...row, ...change })).not.toBe(mendingSubject(row));
});
