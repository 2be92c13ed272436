import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, it } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import { readTls } from "../../../src/gateway/start/certificate-faults.ts";
import { readSecret } from "../../../src/gateway/start/secret-file.ts";

const fixtures = resolve(import.meta.dirname, "../../fixtures/certificates");
const folder = mkdtempSync(join(tmpdir(), "kuantai-files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file in the folder with this text and mode. */
function file(name: string, text: string, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}
function fixture(name: string, mode = 0o600): string {
  const path = join(folder, name);
  copyFileSync(join(fixtures, name), path);
  chmodSync(path, mode);
  return path;
}

it("a secret comes from its file or its variable, without the line's end", () => {
  expect(readSecret("database.url", { file: file("url", "postgres://a\n") }, {})).toEqual({
    ok: true,
    value: "postgres://a",
  });
  expect(readSecret("database.url", { variable: "URL" }, { URL: "postgres://b" })).toEqual({
    ok: true,
    value: "postgres://b",
  });
});

it.each([
  ["a variable nobody set", () => ({ variable: "URL" }), /database\.url: the variable URL is not set/],
  ["a file that is not there", () => ({ file: join(folder, "nowhere") }), /nowhere is missing/],
  ["an empty file", () => ({ file: file("empty", "\n") }), /is empty/],
  ["a file that its group may read", () => ({ file: file("group", "x", 0o640) }), /others may read.*chmod 600/],
  ["a file that everybody may read", () => ({ file: file("all", "x", 0o644) }), /others may read.*chmod 600/],
])("%s is refused, and what to do is said", (_what, place, line) => {
  const read = readSecret("database.url", place(), {});
  expect(read.ok ? "" : read.refusal).toMatch(line);
});

const hosts = { tillHost: "till.shop.example", officeHost: "office.shop.example" };
const during = instant(Date.UTC(2030, 0, 1));
const tls = () => ({ certificate: fixture("shop.pem", 0o644), key: fixture("shop-key.pem") });

it("a certificate of both hosts with its key is taken, and addresses as hosts too", () => {
  for (const named of [hosts, { tillHost: "127.0.0.1", officeHost: "localhost" }]) {
    const read = readTls({ ...named, tls: tls() }, during);
    expect(read.ok && read.value?.cert.startsWith("-----BEGIN CERTIFICATE-----")).toBe(true);
  }
  expect(readTls(hosts, during)).toEqual({ ok: true, value: null });
});

it.each([
  ["ended", { ...hosts }, instant(Date.UTC(2200, 0, 1)), tls, [/ended on 2126-.*Renew/]],
  ["begins later", { ...hosts }, instant(Date.UTC(2020, 0, 1)), tls, [/begins only on 20.*clock/]],
  ["other host", { ...hosts, officeHost: "office.other.example" }, during, tls, [/not for office\.other\.example/]],
  ["notify host", { ...hosts, notifyUrl: "https://pay.example" }, during, tls, [/not for pay\.example/]],
  ["key of another", hosts, during, () => ({ ...tls(), key: fixture("other-key.pem") }), [/not the certificate's/]],
  ["open key", hosts, during, () => ({ ...tls(), key: fixture("shop-key.pem", 0o644) }), [/others may read/]],
  ["no certificate", hosts, during, () => ({ ...tls(), certificate: file("no.pem", "no") }), [/no PEM certificate/]],
  [
    "nothing there",
    hosts,
    during,
    () => ({ certificate: join(folder, "a"), key: join(folder, "b") }),
    [/certificate: .*missing/, /key: .*missing/],
  ],
] as const)("a certificate that is wrong (%s) is refused line by line", (_what, named, at, files, lines) => {
  const read = readTls({ ...named, tls: files() }, at);
  expect(read.ok ? [] : read.refusal).toEqual(lines.map((line) => expect.stringMatching(line)));
});
