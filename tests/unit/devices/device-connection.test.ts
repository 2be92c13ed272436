import { describe, expect, test } from "vitest";
import { transitionDevice, type DeviceConnection, type DeviceEvent } from "../../../src/domain/device-connection.ts";

/** The specification: rows are states, columns events, a dash a refusal. */
const table = `
| from     | paired | open    | opened | begin | finish | close  | fail  | detach   | attach  | forget   |
| unpaired | closed | -       | -      | -     | -      | -      | error | detached | -       | unpaired |
| closed   | closed | opening | -      | -     | -      | -      | error | detached | -       | unpaired |
| opening  | -      | -       | idle   | -     | -      | closed | error | detached | -       | unpaired |
| idle     | -      | -       | -      | busy  | -      | closed | error | detached | -       | unpaired |
| busy     | -      | -       | -      | -     | idle   | -      | error | detached | -       | -        |
| error    | closed | opening | -      | -     | -      | closed | error | detached | -       | unpaired |
| detached | closed | -       | -      | -     | -      | -      | error | detached | opening | unpaired |
`;

const states: Record<string, DeviceConnection> = {
  unpaired: { state: "unpaired" },
  closed: { state: "closed" },
  opening: { state: "opening" },
  idle: { state: "idle" },
  busy: { state: "busy", job: "j1" },
  error: { state: "error", fault: "lost" },
  detached: { state: "detached" },
};

const events: Record<string, DeviceEvent> = {
  paired: { kind: "paired" },
  open: { kind: "open" },
  opened: { kind: "opened" },
  begin: { kind: "begin", job: "j2" },
  finish: { kind: "finish" },
  close: { kind: "close" },
  fail: { kind: "fail", fault: "stalled" },
  detach: { kind: "detach" },
  attach: { kind: "attach" },
  forget: { kind: "forget" },
};

const [heads = [], ...rows] = table
  .trim()
  .split("\n")
  .map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
const cells = rows.flatMap(([from = "", ...tos]) => tos.map((to, at) => [from, heads[at + 1] ?? "", to] as const));

describe("a device's connection", () => {
  test("the table names every state and every event", () => {
    expect(rows.map(([from]) => from)).toEqual(Object.keys(states));
    expect(heads.slice(1)).toEqual(Object.keys(events));
  });

  test.each(cells)("%s and %s make %s", (from, event, to) => {
    const moved = transitionDevice(states[from]!, events[event]!);
    expect(moved.ok ? moved.value.state : "-").toBe(to);
    if (moved.ok && moved.value.state === "busy") expect(moved.value.job).toBe("j2");
    if (moved.ok && moved.value.state === "error") expect(moved.value.fault).toBe("stalled");
  });
});
