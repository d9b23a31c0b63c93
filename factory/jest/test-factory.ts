import { COVERAGE_FOLDER, noteRun } from "../coverage/recorder";
import { Factory } from "../factory";
import { FactoryError } from "../factory-error";
import { findName, type Json } from "../json";
import { type FactoryDefinition, openFactory } from "../load";
import type { Services } from "../pipelines/activities/activity";
import type { PipelineRun } from "../runs/records";
import { MemoryHistory } from "../runs/run-history";
import { readStubs, type Stubs } from "../runs/stubs";
import { readJsonFile } from "../sources/json-file";
import { BlobEvents } from "../triggers/blob-events";
import { HandledBlobs } from "../triggers/handled-blobs";
import { runUntil } from "../triggers/run-until";
import { VirtualClock } from "../virtual-clock";
import "./matchers";
import { TestRun } from "./test-run";

export { type RunMatchers } from "./matchers";
export { TestActivity, TestRun } from "./test-run";

/** What stands around a factory that is tested. */
export interface TestFactoryOptions extends Services {
  /** What stands for activities, by pipeline and activity, or a JSON file of it. Default: none. */
  readonly stubs?: Stubs | string;
  /** When the virtual time begins, in ISO 8601. Default: the time of this machine. */
  readonly now?: string;
  /** Values in the place of the definition's. Default: none. */
  readonly globalParameters?: Readonly<Record<string, Json>>;
  /** Only this pipeline and those that it executes are read, and no trigger. Default: all of the factory. */
  readonly pipeline?: string;
}

/**
 * A factory to test: an export, a folder of git integration, `cdktf.out`, or a definition. It has a time of its own that takes none of this
 * machine's, and nothing of it is left when the test ends. Throws a `FactoryError` that names everything that cannot run.
 */
export function testFactory(source: string | FactoryDefinition, options: TestFactoryOptions = {}): TestFactory {
  const definition = typeof source === "string" ? openFactory(source, options.pipeline) : source;
  return new TestFactory(definition, options, typeof source === "string" ? source : undefined);
}

/** See {@link testFactory}. */
export class TestFactory {
  private readonly factory: Factory;
  private readonly history = new MemoryHistory();
  private noted = 0;

  constructor(
    definition: FactoryDefinition,
    options: TestFactoryOptions,
    private readonly place: string | undefined,
  ) {
    const { stubs = {}, now } = options;
    this.factory = new Factory(definition, {
      ...options,
      stubs: typeof stubs === "string" ? readStubs(readJsonFile(stubs), stubs) : stubs,
      clock: new VirtualClock(now === undefined ? new Date() : timeOf("now", now)),
      history: this.history,
    });
  }

  /** The virtual time. */
  get now(): Date {
    return this.factory.clock.now();
  }

  /** Runs a pipeline; resolves when it has ended, whatever became of it. Rejects where it cannot begin, as `Factory.run` does. */
  async run(pipeline: string, parameters: Readonly<Record<string, Json>> = {}): Promise<TestRun> {
    return this.shown(await this.factory.run(pipeline, parameters));
  }

  /** Runs what schedules and windows start until a time, in ISO 8601: a month takes seconds. Rejects where a run cannot begin. */
  async runUntil(time: string): Promise<readonly TestRun[]> {
    const ended = await runUntil(this.factory, timeOf("time", time));
    return ended.map((run) => {
      if (run.status === "rejected") throw run.reason;
      return this.shown(run.value);
    });
  }

  /** Runs what the triggers start for a new blob, `container/folder/file.csv`. */
  async blobCreated(path: string, size = 1): Promise<readonly TestRun[]> {
    const [container = "", ...name] = path.split("/");
    const list = async () => [{ container, name: name.join("/"), etag: "1", size }];
    const raised = await new BlobEvents({ factory: this.factory, list, handled: new HandledBlobs() }).poll();
    const runs = await Promise.all(raised.map((event) => event.runs));
    return runs.flat().map((run) => this.shown(run));
  }

  /** All runs of a pipeline so far, those that other pipelines executed too. */
  runs(pipeline: string): readonly TestRun[] {
    return this.history.runs
      .filter((run) => findName([run.pipeline], pipeline) !== undefined)
      .map((run) => this.shown(run));
  }

  private shown(run: PipelineRun): TestRun {
    this.note();
    return new TestRun(
      run,
      this.factory.definition.pipelines.find(({ name }) => name === run.pipeline)!,
    );
  }

  /** Tells the reporter of all runs that it has not heard of. */
  private note(): void {
    const folder = process.env[COVERAGE_FOLDER];
    const { place } = this;
    if (folder === undefined || place === undefined) return;
    this.history.runs.slice(this.noted).forEach((run) => noteRun(folder, place, run));
    this.noted = this.history.runs.length;
  }
}

/** Reads a time of a test. Throws a `FactoryError` that names the option. */
function timeOf(option: string, text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new FactoryError(`${option} is "${text}", expected 2026-01-31T06:00:00Z`);
  return time;
}
