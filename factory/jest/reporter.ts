import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Coverage } from "../coverage/coverage";
import { COVERAGE_FOLDER, notedRuns } from "../coverage/recorder";
import { coverageLines } from "../coverage/report";
import { openFactory } from "../load";

/** A reporter of Jest that says which pipelines, activities, branches and paths of the tested factories no test has run. */
export default class CoverageReporter {
  private folder = "";

  onRunStart(): void {
    this.folder = mkdtempSync(path.join(tmpdir(), "adf-local-coverage-"));
    // The processes of the tests have it from this one.
    process.env[COVERAGE_FOLDER] = this.folder;
  }

  onRunComplete(): void {
    for (const [place, runs] of notedRuns(this.folder)) {
      const coverage = new Coverage(openFactory(place).pipelines);
      runs.forEach((run) => coverage.add(run));
      const title = `Coverage of ${path.relative(process.cwd(), place) || "."}`;
      process.stdout.write(`\n${[title, ...coverageLines(coverage.result)].join("\n")}\n`);
    }
    rmSync(this.folder, { recursive: true });
  }
}
