import type { Scope } from "../expressions/evaluator";
import type { Activity } from "../pipelines/activities/activity";
import type { ActivityRun } from "./records";

/** Where activities stand side by side: a pipeline, a branch, or one time through a loop. */
export class Frame {
  private readonly byName: ReadonlyMap<string, Activity>;
  private readonly ended = new Map<string, ActivityRun>();
  private readonly inside = new Map<string, readonly ActivityRun[]>();

  constructor(
    readonly activities: readonly Activity[],
    /** What expressions read here besides activities. */
    readonly base: Scope,
    /** The activity that holds these. */
    private readonly outside?: { readonly frame: Frame; readonly activity: Activity },
    /** Which time through which loop this is; `undefined` outside loops. */
    readonly iteration?: string,
  ) {
    this.byName = new Map(activities.map((activity) => [activity.name, activity]));
  }

  find(name: string): Activity {
    return this.byName.get(name)!;
  }

  end(run: ActivityRun): void {
    this.ended.set(run.name, run);
  }

  /** Keeps what ran inside an activity, in the place of an earlier time: those after it read that too. */
  keepInside(name: string, runs: readonly ActivityRun[]): void {
    this.inside.set(name, runs);
  }

  get(name: string): ActivityRun | undefined {
    return this.ended.get(name);
  }

  /** What an activity here can read: those before it, here and outside. */
  before(activity: Activity): readonly ActivityRun[] {
    const names = new Set<string>();
    const follow = ({ dependsOn }: Activity): void => {
      for (const dependency of dependsOn) {
        if (names.has(dependency.activity)) continue;
        names.add(dependency.activity);
        follow(this.find(dependency.activity));
      }
    };
    follow(activity);
    return [...[...names].flatMap((name) => this.withInside(name)), ...this.beforeOutside()];
  }

  /** What can be read when all of it has ended. */
  after(): readonly ActivityRun[] {
    return [...this.own(), ...this.beforeOutside()];
  }

  /** What ran here, and inside that. */
  own(): readonly ActivityRun[] {
    return [...this.ended.keys()].flatMap((name) => this.withInside(name));
  }

  private withInside(name: string): readonly ActivityRun[] {
    const run = this.ended.get(name);
    const inside = this.inside.get(name) ?? [];
    return run === undefined ? inside : [run, ...inside];
  }

  private beforeOutside(): readonly ActivityRun[] {
    return this.outside === undefined ? [] : this.outside.frame.before(this.outside.activity);
  }
}
