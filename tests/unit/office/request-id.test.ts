import { expect, test } from "vitest";
import { isId } from "../../../src/domain/identifier.ts";
import { createRequestId } from "../../../src/office/request-id.ts";
import { countingRandom } from "../../conformance/providers/wechat-stage.ts";

test("what is asked again unchanged keeps its id, and what was changed is another asking", () => {
  const named = createRequestId(countingRandom());
  const idOf = (content: object): string => named(content).id;
  const first = idOf({ name: "a" });
  expect(isId(first)).toBe(true);
  expect(idOf({ name: "a" })).toBe(first);
  const second = idOf({ name: "b" });
  expect(second).not.toBe(first);
  expect(idOf({ name: "b" })).toBe(second);
});
