import { findName } from "../json";
import type { Activity } from "../pipelines/activities/activity";
import { withInner } from "../pipelines/activities/load";
import type { Pipeline } from "../pipelines/pipeline";
import type { ActivityRun, ActivityStatus, PipelineRun } from "../runs/records";

/** What of a run counts for coverage; no value is among it. */
export interface CoveredRun extends Pick<PipelineRun, "pipeline"> {
  readonly activities: readonly Pick<ActivityRun, "name" | "status" | "attempts" | "branch" | "iteration">[];
}

/** Something of a pipeline that a run can reach. */
export interface Point {
  readonly activity: string;
  /** An activity that runs; a branch that it takes; a path to it, behind another activity that has ended in one of several ways. */
  readonly kind: "activity" | "branch" | "path";
  /** The branch, or the path as `copy Failed`; for an activity what it waits for. */
  readonly way: string;
  readonly isCovered: boolean;
}

/** What runs have reached of a pipeline. */
export interface PipelineCoverage {
  readonly pipeline: string;
  readonly runs: number;
  readonly points: readonly Point[];
}

/** Which activities, branches and paths of pipelines some runs have reached. Activities that are inactive do not count. */
export class Coverage {
  private readonly reached = new Map<string, Set<string>>();
  private readonly runs = new Map<string, number>();

  constructor(private readonly pipelines: readonly Pipeline[]) {}

  /** Takes a run into account; runs of pipelines that are not there do not count. */
  add(run: CoveredRun): void {
    const name = findName(
      this.pipelines.map((pipeline) => pipeline.name),
      run.pipeline,
    );
    const pipeline = this.pipelines.find((candidate) => candidate.name === name);
    if (pipeline === undefined) return;
    this.runs.set(pipeline.name, (this.runs.get(pipeline.name) ?? 0) + 1);
    const reached = this.reached.get(pipeline.name) ?? new Set();
    this.reached.set(pipeline.name, reached);
    const activities = new Map(pipeline.activities.flatMap(withInner).map((activity) => [activity.name, activity]));
    const statuses = new Map(run.activities.map(({ name, iteration, status }) => [inFrame(name, iteration), status]));
    for (const { name, attempts, branch, iteration } of run.activities) {
      const activity = activities.get(name);
      if (activity === undefined || attempts === 0) continue;
      reached.add(keyOf("activity", name, waitOf(activity)));
      if (branch !== undefined) reached.add(keyOf("branch", name, branch));
      for (const dependency of activity.dependsOn) {
        const status = statuses.get(inFrame(dependency.activity, iteration));
        if (status !== undefined) reached.add(keyOf("path", name, `${dependency.activity} ${status}`));
      }
    }
  }

  /** Each pipeline with what there is to reach of it, in the order of the factory. */
  get result(): readonly PipelineCoverage[] {
    return this.pipelines.map(({ name, activities }) => ({
      pipeline: name,
      runs: this.runs.get(name) ?? 0,
      points: activities.flatMap(pointsOf).map((point) => ({
        ...point,
        isCovered: this.reached.get(name)?.has(keyOf(point.kind, point.activity, point.way)) ?? false,
      })),
    }));
  }
}

function pointsOf(activity: Activity): readonly Omit<Point, "isCovered">[] {
  const { name, inactive, work } = activity;
  if (inactive !== undefined) return [];
  return [
    { activity: name, kind: "activity", way: waitOf(activity) },
    ...(work.branches ?? []).map((way) => ({ activity: name, kind: "branch", way }) as const),
    ...activity.dependsOn.flatMap((dependency) => {
      const ways = waysOf(dependency.dependencyConditions);
      // One way is there whenever the activity runs.
      return ways.length < 2
        ? []
        : ways.map((status) => ({ activity: name, kind: "path", way: `${dependency.activity} ${status}` }) as const);
    }),
    ...work.inner.flatMap(pointsOf),
  ];
}

/** The statuses that meet conditions. */
function waysOf(conditions: Activity["dependsOn"][number]["dependencyConditions"]): readonly ActivityStatus[] {
  const ways = conditions.flatMap((condition): readonly ActivityStatus[] =>
    condition === "Completed" ? ["Succeeded", "Failed"] : [condition],
  );
  return [...new Set(ways)];
}

/** What an activity waits for besides successes, which go without saying. */
function waitOf({ dependsOn }: Activity): string {
  return dependsOn
    .filter(({ dependencyConditions }) => dependencyConditions.join() !== "Succeeded")
    .map(({ activity, dependencyConditions }) => `${activity} ${dependencyConditions.join(" or ")}`)
    .join(", ");
}

function keyOf(kind: Point["kind"], activity: string, way: string): string {
  return [kind, activity, way].join("\n");
}

/** Activities that stand side by side have one name each, and the same iteration. */
function inFrame(name: string, iteration = ""): string {
  return `${iteration}\n${name}`;
}
