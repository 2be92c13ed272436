import { spawn } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { beginningOf, listenerOn, programOf } from "../../../src/launch/process-identity.mjs";

it("a process is named by its number and its beginning; one that has ended has none", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const pid = child.pid ?? 0;
  expect(beginningOf(pid)).toMatch(/^\d+$/);
  expect(beginningOf(process.pid)).not.toBe(null);
  expect(programOf(process.pid)).toBe(process.execPath);
  child.kill("SIGKILL");
  await new Promise((settle) => child.on("close", settle));
  expect([beginningOf(pid), programOf(pid)]).toEqual([null, null]);
});

/** Below those that a listener without a wish is given: another process that runs beside would take one of these at once. */
const freePort = 1;

it("who listens on a port is found by number and command, and nobody is found on a free one", async () => {
  const server = createServer();
  await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
  const { port } = server.address() as AddressInfo;
  expect(listenerOn(port)).toContain(`${process.pid} (`);
  await new Promise((settle) => server.close(settle));
  expect(listenerOn(port) ?? "").not.toContain(`${process.pid} (`);
  expect(listenerOn(freePort)).toBe(null);
});
