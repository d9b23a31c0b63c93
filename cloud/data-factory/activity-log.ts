import type { ActivityRun, BegunActivity, Clock, FactoryEvent } from "adf-local";

/** What the activities of runs under way have done so far: the history has a run only once it has ended. */
export class ActivityLog {
  private readonly runs = new Map<string, (ActivityRun | BegunActivity)[]>();

  constructor(private readonly clock: Clock) {}

  /** The activities of a run that has not ended, in the order in which they began. */
  of(runId: string): readonly (ActivityRun | BegunActivity)[] {
    return this.runs.get(runId) ?? [];
  }

  /** What the factory is to tell. */
  observe(event: FactoryEvent): void {
    const { run } = event;
    if (event.kind === "runEnded") this.runs.delete(run.runId);
    if (event.kind === "activityStarted") {
      const { activity: name, type } = event;
      this.listOf(run.runId).push({ name, type, start: this.clock.now().toISOString() });
    }
    if (event.kind === "inputKnown") {
      const activities = this.listOf(run.runId);
      const begun = begunIn(activities, event.activity);
      if (begun >= 0) activities[begun] = { ...activities[begun]!, input: event.input };
    }
    if (event.kind === "activityEnded") {
      const activities = this.listOf(run.runId);
      const begun = begunIn(activities, event.activity.name);
      activities.splice(begun < 0 ? activities.length : begun, 1, event.activity);
    }
  }

  private listOf(runId: string): (ActivityRun | BegunActivity)[] {
    const found = this.runs.get(runId) ?? [];
    this.runs.set(runId, found);
    return found;
  }
}

/** Where an activity is that has begun and not ended; -1 where it is not. */
function begunIn(activities: readonly (ActivityRun | BegunActivity)[], name: string): number {
  return activities.findIndex((one) => one.name === name && !("status" in one));
}
