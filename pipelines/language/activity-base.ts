/** `Completed` is Succeeded or Failed, not Skipped. */
export type DependencyCondition = "Succeeded" | "Failed" | "Skipped" | "Completed";

/** What every type of activity has. */
export interface ActivityBase {
  /** Unique in its pipeline, nested activities included. At most 55 characters. */
  readonly name: string;
  /**
   * By the name of an activity beside this one: which of its ends let this one start. All named activities must have
   * ended so, each in any one of its conditions. Default: starts with the pipeline, or with the activity that contains it.
   */
  readonly dependsOn?: Readonly<Record<string, readonly [DependencyCondition, ...DependencyCondition[]]>>;
}

/** How long an activity may take and how often it is tried. */
export interface ActivityPolicy {
  /** For one attempt, as `d.hh:mm:ss`; from 10 minutes to 7 days. */
  readonly timeout: string;
  /** Further attempts after a failed one; 0 or more. */
  readonly retry: number;
  /** Seconds between attempts, 30 to 86400. */
  readonly retryIntervalInSeconds: number;
  /** Keeps the output out of the factory's monitoring. Default: false. */
  readonly secureOutput?: boolean;
}
