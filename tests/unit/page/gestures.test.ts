import { expect, test } from "vitest";
import { swipeOf } from "../../../src/ui/gestures.ts";

test.each([
  // across, down, what it is
  [-72, 0, "left"],
  [72, 0, "right"],
  [0, -72, "up"],
  [0, 72, "down"],
  [-71, 0, null],
  [-160, 40, "left"],
  [-160, 80, null],
  [100, 100, null],
  [20, 90, "down"],
  [50, 90, null],
])("a finger that goes %d across and %d down swipes %s", (x, y, direction) => {
  expect(swipeOf({ x: 300, y: 300 }, { x: 300 + x, y: 300 + y })).toBe(direction);
});
