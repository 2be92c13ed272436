import type { Reporter, TestModule } from "vitest/node";

/**
 * Closes a run with `N passed, N failed`, alone on its line.
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
        else failed += 1;
      }
    }
    console.log(`${passed} passed, ${failed} failed`);
  }
}
