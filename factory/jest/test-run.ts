import { FactoryError } from "../factory-error";
import { findName, type Json, type JsonObject } from "../json";
import { withInner } from "../pipelines/activities/load";
import type { Pipeline } from "../pipelines/pipeline";
import type { ActivityRun, PipelineRun } from "../runs/records";

/** A pipeline run that a test looks at. */
export class TestRun {
  constructor(
    /** All that the history has of it. */
    readonly record: PipelineRun,
    private readonly definition: Pipeline,
  ) {}

  get pipeline(): string {
    return this.record.pipeline;
  }

  get status(): PipelineRun["status"] {
    return this.record.status;
  }

  /** Why it has not succeeded; `undefined` where it has. */
  get message(): string | undefined {
    return this.record.message;
  }

  get parameters(): Readonly<Record<string, Json>> {
    return this.record.parameters;
  }

  /** An activity at any level, whatever the case of its name. Throws a `FactoryError` where the pipeline has none of that name. */
  activity(name: string): TestActivity {
    const known = this.definition.activities.flatMap(withInner).map((activity) => activity.name);
    const found = findName(known, name);
    if (found === undefined)
      throw new FactoryError(`pipeline "${this.pipeline}" has no activity "${name}", it has: ${known.join(", ")}`);
    const records = this.record.activities.filter((activity) => activity.name === found);
    return new TestActivity(found, records);
  }
}

/** An activity of a run that a test looks at; in a loop it has run several times, in a branch that was not taken never. */
export class TestActivity {
  constructor(
    readonly name: string,
    /** All that the history has of it, in order. */
    readonly records: readonly ActivityRun[],
  ) {}

  /** Those of its runs in which it did something: not where it was skipped. */
  get runs(): readonly ActivityRun[] {
    return this.records.filter(({ attempts }) => attempts > 0);
  }

  /** How it ended the last time; `Skipped` where it is in a branch that was not taken. */
  get status(): ActivityRun["status"] {
    return this.records.at(-1)?.status ?? "Skipped";
  }

  /** What it was run with the last time: its evaluated properties. `undefined` where it has not run, or is secure. */
  get input(): JsonObject | undefined {
    return this.runs.at(-1)?.input;
  }

  /** What it put out the last time. `undefined` where it has not succeeded, or is secure. */
  get output(): JsonObject | undefined {
    return this.runs.at(-1)?.output;
  }

  /** The message of its last failure; `undefined` where it has not failed the last time. */
  get error(): string | undefined {
    return this.runs.at(-1)?.error;
  }

  /** How often it was tried the last time. */
  get attempts(): number {
    return this.runs.at(-1)?.attempts ?? 0;
  }
}
