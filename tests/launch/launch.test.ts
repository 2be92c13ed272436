import { readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cleanCopy, people, processesOf, start, until, type Person, type Place, type Run } from "./launcher.ts";

describe.each(people)("for $name, from a clean copy with an empty home,", (person: Person) => {
  let place: Place;
  let run: Run;
  let first = "";
  beforeAll(() => {
    place = cleanCopy(person);
  });
  afterAll(async () => {
    run.child.kill("SIGKILL");
    for (const line of processesOf(place.folder)) process.kill(Number(line.split(" ")[0]), "SIGKILL");
    place.remove();
  });

  const addressIn = (said: string, what: string): string =>
    new RegExp(`${what}\\s+(http://\\S+)`).exec(said)?.[1] ?? "";
  const secretsIn = (said: string): readonly string[] => [
    ...[...said.matchAll(/PIN (\d{6})/g)].map((found) => found[1] ?? ""),
    /Owner, in office\s+([0-9A-Z]{20})/.exec(said)?.[1] ?? "",
    /#activate=([0-9A-Z]{10})/.exec(said)?.[1] ?? "",
  ];
  const begin = (options: readonly string[] = []): Run => start(place, person, options);

  it("the first start builds, makes the shop, and shows addresses and secrets", async () => {
    run = begin();
    await run.up();
    first = run.said();
    expect(addressIn(first, "Till")).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#activate=[0-9A-HJKMNP-TV-Z]{10}$/);
    expect(addressIn(first, "Customer display")).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/display$/);
    expect(addressIn(first, "Office")).toMatch(/^http:\/\/localhost:\d+\/$/);
    expect(addressIn(first, "Sandbox wallet")).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(first).toContain("王芳 (cashier)");
    expect(secretsIn(first).filter((secret) => secret !== "")).toHaveLength(7);
  });

  it("the addresses answer: till and office each under its own host", async () => {
    const till = await fetch(new URL("/v1/till", addressIn(first, "Till")));
    expect([till.status, await till.json()]).toMatchObject([401, { code: "unsigned" }]);
    expect((await fetch(new URL("/", addressIn(first, "Till")))).status).toBe(200);
    expect(await (await fetch(new URL("/v1/till", addressIn(first, "Office")))).json()).toMatchObject({
      code: "wrongHost",
    });
    expect((await fetch(addressIn(first, "Office"))).status).toBe(200);
  });

  it("what the files say: no secret is in any file of the data folder, and keys are their owner's only", () => {
    const files = readdirSync(place.data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(5);
    for (const entry of files) {
      const bytes = bytesOf(join(entry.parentPath, entry.name));
      for (const secret of secretsIn(first).filter((each) => each.length >= 10))
        expect([entry.name, bytes.includes(secret)]).toEqual([entry.name, false]);
    }
    const logs = readdirSync(join(place.data, "logs"))
      .map((name) => readFileSync(join(place.data, "logs", name), "utf8"))
      .join("");
    for (const secret of secretsIn(first)) expect(logs.includes(secret)).toBe(false);
    for (const name of ["keys.json", "database.json", "sandbox.json", "kuantai.json"])
      expect([name, statSync(join(place.data, name)).mode & 0o077]).toEqual([name, 0]);
  });

  it("a second start says that it is running, shows the same addresses and no PIN, and ends well", async () => {
    const second = begin();
    expect(await second.ended).toBe(0);
    expect(second.said()).toContain("already running");
    expect(addressIn(second.said(), "Office")).toBe(addressIn(first, "Office"));
    expect(second.said()).not.toMatch(/PIN \d/);
  });

  it("another activation code and new PINs are made while it runs", async () => {
    const asked = begin(["--activate", "--new-pins"]);
    expect(await asked.ended).toBe(0);
    expect(addressIn(asked.said(), "Till")).toMatch(/#activate=/);
    expect([...asked.said().matchAll(/PIN \d{6}/g)]).toHaveLength(5);
  });

  it("a start after the launcher was killed takes over on the same port, and gives a code while no till is activated", async () => {
    run.child.kill("SIGKILL");
    await run.ended;
    run = begin();
    await run.up();
    expect(run.said()).toContain("stopping the database that an earlier run left behind");
    expect(addressIn(run.said(), "Office")).toBe(addressIn(first, "Office"));
    expect(addressIn(run.said(), "Till")).toMatch(/#activate=/);
    expect(run.said()).not.toMatch(/PIN \d/);
  });

  it("a start after everything was killed at once comes up too", async () => {
    for (const line of processesOf(place.folder)) process.kill(Number(line.split(" ")[0]), "SIGKILL");
    await run.ended;
    run = begin();
    await run.up();
    expect(addressIn(run.said(), "Office")).toBe(addressIn(first, "Office"));
  });

  it.each(["gateway", "sandbox"])("a %s that dies is started again", async (name) => {
    const running = (): number => {
      const { children } = JSON.parse(readFileSync(join(place.data, "run.json"), "utf8")) as {
        children: { name: string; pid: number }[];
      };
      return children.find((child) => child.name === name)?.pid ?? 0;
    };
    const before = running();
    expect(before).toBeGreaterThan(1);
    process.kill(before, "SIGKILL");
    expect(await until(() => running() !== before, 10_000)).toBe(true);
    expect(run.said()).toContain(`The ${name} ended by itself; starting it again.`);
  });

  it("Ctrl-C ends it well and leaves no process", async () => {
    run.child.kill("SIGINT");
    expect(await run.ended).toBe(0);
    expect(run.said()).toContain("Nothing is running any more.");
    expect(await until(() => processesOf(place.folder).length === 0, 5_000), processesOf(place.folder).join("\n")).toBe(
      true,
    );
  });

  it("a port that somebody took is named with its holder, and the start ends with 1", async () => {
    const port = Number(new URL(addressIn(first, "Office")).port);
    const taker = createServer();
    await new Promise<void>((settle) => taker.listen(port, "127.0.0.1", settle));
    const refused = begin();
    expect(await refused.ended).toBe(1);
    expect(refused.said()).toContain(`Port ${port} is taken`);
    if (person.uid === undefined) expect(refused.said()).toContain(`process ${process.pid} (`);
    await new Promise((settle) => taker.close(settle));
    expect(processesOf(place.folder)).toEqual([]);
  });
});

/** A file's bytes; none of one that was there for a moment only, as the database's temporary ones are. */
function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (trouble) {
    if ((trouble as NodeJS.ErrnoException).code === "ENOENT") return Buffer.alloc(0);
    throw trouble;
  }
}
