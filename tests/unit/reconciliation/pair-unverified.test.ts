import { expect, it } from "vitest";
import type { Instant } from "../../../src/domain/clock.ts";
import {
  pairUnverified,
  type ForeignPayment,
  type UnprovedTender,
} from "../../../src/domain/reconciliation/pair-unverified.ts";

const within = 600_000;

function tender(key: string, amount: number, minute: number, tail = ""): UnprovedTender {
  return { key, amount, at: (minute * 60_000) as Instant, tail };
}
function row(key: string, amount: number, minute: number, number = key): ForeignPayment {
  return { key, amount, at: (minute * 60_000) as Instant, number };
}

it("pairs what is each other's only candidate", () => {
  const { sure, open } = pairUnverified(
    [tender("a", 1800, 0), tender("b", 2000, 3)],
    [row("x", 1800, 9), row("y", 2000, 4)],
    within,
  );
  expect(sure).toEqual([
    { tender: "a", row: "x" },
    { tender: "b", row: "y" },
  ]);
  expect(open).toEqual([]);
});

it("leaves two tenders and one row, or one tender and two rows, to a person", () => {
  expect(pairUnverified([tender("a", 1800, 0), tender("b", 1800, 5)], [row("x", 1800, 3)], within)).toEqual({
    sure: [],
    open: [
      { tender: "a", rows: ["x"] },
      { tender: "b", rows: ["x"] },
    ],
  });
  expect(pairUnverified([tender("a", 1800, 0)], [row("x", 1800, 3), row("y", 1800, 4)], within)).toEqual({
    sure: [],
    open: [{ tender: "a", rows: ["x", "y"] }],
  });
});

it("takes ten minutes either way and not a millisecond more", () => {
  const late = { ...row("x", 1800, 10), at: (within + 1) as Instant };
  expect(pairUnverified([tender("a", 1800, 0)], [row("x", 1800, 10)], within).sure).toHaveLength(1);
  expect(pairUnverified([tender("a", 1800, 0)], [late], within)).toEqual({ sure: [], open: [] });
  expect(pairUnverified([tender("a", 1800, 10)], [row("x", 1800, 0)], within).sure).toHaveLength(1);
});

it("lets a tail that agrees decide, and one that disagrees exclude", () => {
  const rows = [row("x", 1800, 1, "42000001234"), row("y", 1800, 2, "42000005678")];
  expect(pairUnverified([tender("a", 1800, 0, "5678"), tender("b", 1800, 0)], rows, within)).toEqual({
    sure: [
      { tender: "a", row: "y" },
      { tender: "b", row: "x" },
    ],
    open: [],
  });
  expect(pairUnverified([tender("a", 1800, 0, "9999")], rows, within)).toEqual({ sure: [], open: [] });
});

it("does not let two tails share a row", () => {
  const rows = [row("x", 1800, 1, "42000001234")];
  const { sure, open } = pairUnverified([tender("a", 1800, 0, "1234"), tender("b", 1800, 0, "1234")], rows, within);
  expect(sure).toEqual([]);
  expect(open.map((each) => each.tender)).toEqual(["a", "b"]);
});

it("never pairs another amount", () => {
  expect(pairUnverified([tender("a", 1800, 0)], [row("x", 1801, 0)], within)).toEqual({ sure: [], open: [] });
});
