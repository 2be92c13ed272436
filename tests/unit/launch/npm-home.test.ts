import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { npmEnvironment } from "../../../src/launch/ready.mjs";

let home: string;
const before = { ...process.env };
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "kuantai-home-"));
  delete process.env["npm_config_cache"];
});
afterEach(() => {
  process.env = { ...before };
  chmodSync(home, 0o700);
  rmSync(home, { recursive: true, force: true });
});

it("a home that can be written keeps npm's cache", () => {
  process.env["HOME"] = home;
  expect(npmEnvironment("/scratch")).toMatchObject({ HOME: home });
  expect(npmEnvironment("/scratch")["npm_config_cache"]).toBe(undefined);
});

it("a home that does not exist, and a cache inherited from it, are replaced by the scratch folder", () => {
  process.env["HOME"] = join(home, "nonexistent");
  process.env["npm_config_cache"] = join(home, "nonexistent/.npm");
  expect(npmEnvironment("/scratch")).toMatchObject({ HOME: "/scratch", npm_config_cache: "/scratch/npm-cache" });
});

it("a production environment does not keep the build's packages out", () => {
  process.env["NODE_ENV"] = "production";
  expect(npmEnvironment("/scratch")["NODE_ENV"]).toBe(undefined);
});
