import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The one command that a person with the rights runs when `npm test` cannot do it alone. */
export const setupCommand = "sudo node src/launch/setup.mjs";

const chromiumPlaces = [
  process.env.CHROMIUM_PATH ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
];
/** Chromium grants serial ports to whole origins, port included; `tests/device-bench/chromium.ts` serves on the same ports. */
const policyFile = "/etc/chromium/policies/managed/kuantai-test.json";
const testPorts = Array.from({ length: 20 }, (_, n) => 47_810 + n);

/** What the tests need and this machine lacks, each with the Debian package that brings it. */
export function missing() {
  const wanted = [
    {
      what: "Chromium",
      packages: ["chromium"],
      isThere: () => chromiumPlaces.some((place) => place !== "" && existsSync(place)),
    },
    {
      what: "Chinese and Japanese fonts",
      packages: ["fonts-noto-cjk"],
      isThere: () => existsSync("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc") || hasFont(),
    },
    {
      what: "a C compiler",
      packages: ["gcc", "libc6-dev"],
      isThere: () => spawnSync("gcc", ["--version"]).status === 0,
    },
    {
      what: "openpyxl for Debian's Python",
      packages: ["python3-openpyxl"],
      isThere: () => spawnSync("/usr/bin/python3", ["-c", "import openpyxl"]).status === 0,
    },
    { what: "Chromium's policy for the tests' serial ports", packages: [], isThere: hasPolicy },
  ];
  return wanted.filter((each) => !each.isThere());
}

/** Installs what is missing; needs root and Debian's apt for packages. */
export function setup() {
  const packages = missing().flatMap((each) => each.packages);
  if (packages.length > 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    execFileSync("apt-get", ["update", "-qq"], { env, stdio: ["ignore", "ignore", "inherit"] });
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], {
      env,
      stdio: ["ignore", "ignore", "inherit"],
    });
  }
  if (hasPolicy()) return;
  mkdirSync(dirname(policyFile), { recursive: true });
  writeFileSync(policyFile, policyText());
}

function hasPolicy() {
  return existsSync(policyFile) && readFileSync(policyFile, "utf8") === policyText();
}

function policyText() {
  return JSON.stringify({
    SerialAllowAllPortsForUrls: testPorts.flatMap((port) => [`http://127.0.0.1:${port}`, `http://localhost:${port}`]),
  });
}

function hasFont() {
  return (spawnSync("fc-list", [":lang=zh"], { encoding: "utf8" }).stdout ?? "").trim() !== "";
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setup();
  const left = missing();
  process.stdout.write(
    left.length === 0
      ? "This machine has all that the tests need.\n"
      : `Still missing: ${left.map((each) => each.what).join(", ")}.\n`,
  );
  process.exitCode = left.length === 0 ? 0 : 1;
}
