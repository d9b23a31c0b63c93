import { type Clock, held } from "../clock";
import { FactoryError } from "../factory-error";
import { findName, isSameName, type JsonObject } from "../json";
import type { Activity, Services } from "../pipelines/activities/activity";
import { ActivityError } from "../pipelines/activities/activity-error";
import { ExecutePipeline } from "../pipelines/activities/execute-pipeline";
import { withInner } from "../pipelines/activities/load";
import type { Pipeline } from "../pipelines/pipeline";
import type { Problem } from "../problem";
import type { Stub, StubOutcome, Stubs } from "./stubs";

/** Stands for the work of an activity: returns its output, or throws its error. */
export type StubbedWork = (input: JsonObject, clock: Clock) => Promise<JsonObject>;

interface Entry {
  readonly pipeline: string;
  readonly activity: string;
  readonly stub: Stub;
  calls: number;
}

/** The stubs of one factory, and how often each was called. */
export class StubTable {
  private readonly entries: readonly Entry[];

  /** Throws a `FactoryError` for stubs of what the factory does not have. */
  constructor(
    stubs: Stubs,
    private readonly pipelines: readonly Pipeline[],
  ) {
    this.entries = Object.entries(stubs).flatMap(([pipeline, activities]) =>
      Object.entries(activities).map(([activity, stub]) => ({ pipeline, activity, stub, calls: 0 })),
    );
    const problems = this.entries.flatMap((entry) => this.problem(entry) ?? []);
    if (problems.length > 0) throw new FactoryError(problems.map((message) => ({ message })));
  }

  /** What stands for an activity: the stub of its pipeline, or else that of any. */
  find(pipeline: string, activity: string): StubbedWork | undefined {
    const named = this.entries.filter((entry) => isSameName(entry.activity, activity));
    const entry =
      named.find((candidate) => isSameName(candidate.pipeline, pipeline)) ??
      named.find((candidate) => candidate.pipeline === "*");
    return entry && ((input, clock) => held(clock, () => call(entry, input)));
  }

  /** Why a run of a pipeline cannot do all that it may reach: not what is inactive or stubbed, nor what that holds or calls. */
  missing(pipeline: string, services: Services): readonly Problem[] {
    const seen = new Set<string>();
    const visit = (name: string): readonly Problem[] => {
      const found = this.pipelines.find((candidate) => isSameName(candidate.name, name));
      if (found === undefined || seen.has(found.name)) return [];
      seen.add(found.name);
      return within(found.name, found.activities);
    };
    const within = (at: string, activities: readonly Activity[]): readonly Problem[] =>
      activities
        .filter(({ name, inactive }) => inactive === undefined && this.find(at, name) === undefined)
        .flatMap(({ name, work }) => {
          const why = work.needsStub?.(services);
          return [
            ...(why === undefined ? [] : [{ resource: `pipeline "${at}"`, activity: name, message: why }]),
            ...within(at, work.inner),
            ...(work instanceof ExecutePipeline ? visit(work.pipeline) : []),
          ];
        });
    return visit(pipeline);
  }

  private problem({ pipeline, activity, stub }: Entry): string | undefined {
    const named = this.pipelines.filter(({ name }) => pipeline === "*" || isSameName(name, pipeline));
    if (named.length === 0) return `stubs: the factory has no pipeline "${pipeline}"`;
    const known = named.flatMap(({ activities }) => activities.flatMap(withInner)).map(({ name }) => name);
    if (findName(known, activity) === undefined)
      return `stubs: ${pipeline === "*" ? "no pipeline" : `pipeline "${pipeline}"`} has an activity "${activity}"`;
    return isList(stub) && stub.length === 0 ? `stubs: the list of "${activity}" is empty` : undefined;
  }
}

async function call(entry: Entry, input: JsonObject): Promise<JsonObject> {
  entry.calls += 1;
  const { output = {}, error } = await answer(entry, input);
  if (error !== undefined) throw new ActivityError(error.message, error);
  return output;
}

function answer({ stub, calls }: Entry, input: JsonObject): StubOutcome | Promise<StubOutcome> {
  if (typeof stub === "function") return stub(input, calls);
  return isList(stub) ? stub[Math.min(calls, stub.length) - 1]! : stub;
}

function isList(stub: Stub): stub is readonly StubOutcome[] {
  return Array.isArray(stub);
}
