import type { Reporter, TestModule } from "vitest/node";

/** Begins a line that names a test which did not pass; `npm test` says them all again at its end. */
const notPassed = "not passed: ";

/**
 * Closes a run with `N passed, N failed`, alone on its line, after the names of those that did not pass (`not passed: …`).
 *
 * A test file that does not load and an error outside any test count as failed, so a broken suite never looks green.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    let failed = errors.length;
    for (const module of modules) {
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        if (test.result().state === "passed") passed += 1;
        else {
          failed += 1;
          const [first] = test.result().errors ?? [];
          console.log(
            `${notPassed}${module.relativeModuleId} > ${test.fullName}: ${first?.message.split("\n")[0] ?? test.result().state}`,
          );
        }
      }
    }
    console.log(`${passed} passed, ${failed} failed`);
  }
}
