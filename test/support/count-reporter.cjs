// Leaves the outcome of a run in .data/test-results.json, so that a script can count without reading the console.
const { mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

class CountReporter {
  constructor(globalConfig) {
    this.file = join(globalConfig.rootDir, '.data', 'test-results.json');
  }

  onRunComplete(_contexts, results) {
    mkdirSync(join(this.file, '..'), { recursive: true });
    const outcome = {
      passed: results.numPassedTests,
      // A file that does not even load has no failed tests, and has failed all the same.
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites + (results.runExecError ? 1 : 0),
      skipped: results.numPendingTests + results.numTodoTests,
      interrupted: results.wasInterrupted,
    };
    writeFileSync(this.file, `${JSON.stringify(outcome)}\n`);
  }
}

module.exports = CountReporter;
