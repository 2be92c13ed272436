import { expect, test } from "vitest";
import { joinLate } from "../../../src/register/late-register.ts";

function stage() {
  const log: string[] = [];
  let arrive: () => void = () => undefined;
  const code = new Promise<void>((done) => (arrive = done));
  const load = async () => {
    await code;
    return { scan: (text: string) => log.push(`scan ${text}`), clear: () => log.push("clear") };
  };
  return { log, arrive: () => arrive(), register: joinLate({ signOn: () => log.push("signOn") }, load) };
}

test("what was pressed before the desk's code came is done once it has come, in the order of the presses", async () => {
  const { log, arrive, register } = stage();
  register.scan("6901234567892");
  register.clear();
  register.scan("6901234567908");
  register.signOn();
  expect(log).toEqual(["signOn"]);
  arrive();
  await register.scan("6901234567915");
  expect(log).toEqual(["signOn", "scan 6901234567892", "clear", "scan 6901234567908", "scan 6901234567915"]);
});

test("once the code is there an action is a plain call, and still one after it was taken apart", async () => {
  const { log, arrive, register } = stage();
  arrive();
  await register.clear();
  const { scan } = register;
  expect(scan("1")).toBe(2);
  expect(log).toEqual(["clear", "scan 1"]);
});
