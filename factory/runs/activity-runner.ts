import { randomUUID } from "node:crypto";
import type { Clock } from "../clock";
import type { Scope } from "../expressions/evaluator";
import { evaluateJson } from "../expressions/template";
import type { Json, JsonObject } from "../json";
import type { Activity, WorkContext } from "../pipelines/activities/activity";
import { NO_POLICY, type PolicyDefinition, readPolicy, withPolicy } from "../pipelines/policy";
import type { FactoryObserver, RunIdentity } from "./events";
import { detailOf, failureOf, known } from "./failures";
import type { ActivityRun } from "./records";
import type { Rerun } from "./rerun";
import { HIDDEN, withoutSecrets } from "./secure";
import type { StubTable } from "./stub-table";

export interface ActivityRunnerProps {
  readonly identity: RunIdentity;
  /** The earlier run that this one goes on from; `undefined` where it begins anew. */
  readonly rerun: Rerun | undefined;
  /** What runs in the place of an activity's own work. */
  readonly stubs: StubTable;
  readonly clock: Clock;
  /** False: no activity is tried again, whatever its policy says. */
  readonly retries: boolean;
  readonly observe: FactoryObserver;
}

/** An activity whose turn has come. */
export interface Turn {
  readonly activity: Activity;
  /** Whether what it depends on has ended as it says. */
  readonly isMet: boolean;
  /** What its expressions read. */
  readonly scope: Scope;
  readonly signal: AbortSignal;
  /** What its work is given besides what the runner knows itself. */
  readonly context: (signal: AbortSignal) => Omit<WorkContext, keyof Noted>;
}

/** What the runner knows of an activity, and what its work tells about itself. */
type Noted = Pick<WorkContext, "activityName" | "activityRunId" | "keepInput" | "take" | "hideOutput">;

export type Outcome = Omit<ActivityRun, "name" | "type" | "start" | "end" | "iteration">;

/** Runs single activities of one pipeline run: with their policies, and with stubs in the place of their work. */
export class ActivityRunner {
  constructor(private readonly props: ActivityRunnerProps) {}

  /** What becomes of an activity, with all its values; never throws. */
  async run(turn: Turn): Promise<Outcome> {
    const { activity, isMet, signal } = turn;
    const id = randomUUID();
    if (signal.aborted) return { id, status: "Cancelled", attempts: 0 };
    if (!isMet) return { id, status: "Skipped", attempts: 0 };
    const kept = this.props.rerun?.kept.get(activity.name);
    if (kept !== undefined) {
      const { status, input, output, isSecure, isInactive } = kept;
      const values = { ...(input && { input }), ...(output && { output }), ...(isSecure && { isSecure }) };
      return { id, status, attempts: 0, kept: true, ...values, ...(isInactive && { isInactive }) };
    }
    if (activity.inactive !== undefined) return { id, status: activity.inactive, attempts: 0, isInactive: true };
    const { name, type } = activity;
    this.props.observe({ kind: "activityStarted", run: this.props.identity, activity: name, type });
    const { linkedService } = activity;
    return { id, ...(linkedService !== undefined && { linkedService }), ...(await this.attempt(turn, id)) };
  }

  private async attempt({ activity, scope, signal, context }: Turn, id: string): Promise<Omit<Outcome, "id">> {
    const { identity, stubs, clock } = this.props;
    const stub = stubs.find(identity.pipeline, activity.name);
    let attempts = 0;
    let isSecure = activity.isSecure;
    let input: JsonObject | undefined;
    let branch: string | undefined;
    const noted: Noted = {
      activityName: activity.name,
      activityRunId: id,
      keepInput: (values) => {
        input = values;
        const shown = withoutSecrets(values);
        if (!isSecure) this.props.observe({ kind: "inputKnown", run: identity, activity: activity.name, input: shown });
      },
      take: (name) => void (branch = name),
      hideOutput: () => void (isSecure = true),
    };
    const run = async (attemptSignal: AbortSignal): Promise<JsonObject> => {
      attempts += 1;
      if (stub === undefined) return activity.work.run({ ...context(attemptSignal), ...noted });
      input = evaluatedInput(activity.input, scope);
      return stub(input, clock);
    };
    const rest = () => {
      input ??= inputOrNone(activity.input, scope);
      return {
        attempts,
        ...(input && { input: withoutSecrets(input) }),
        ...(branch !== undefined && { branch }),
        ...(isSecure && { isSecure }),
      };
    };
    const failed = (error: unknown, nextInSeconds?: number, notRetried?: string): void => {
      const detail = isSecure ? HIDDEN : detailOf(error);
      const { observe } = this.props;
      observe({ kind: "attemptFailed", run: identity, activity: activity.name, detail, nextInSeconds, notRetried });
    };
    try {
      const policy = activity.work.hasPolicy ? readPolicy(evaluated(activity.policy, scope)) : NO_POLICY;
      const output = await withPolicy({
        ...{ policy, signal, clock, attempt: run },
        isFinal: (error) => this.whyFinal(error) !== undefined,
        onFailure: (error, left) => {
          const notRetried = left > 0 ? this.whyFinal(error) : undefined;
          failed(error, left > 0 && notRetried === undefined ? policy.retryIntervalInSeconds : undefined, notRetried);
        },
      });
      return { status: "Succeeded", ...rest(), output };
    } catch (error) {
      if (signal.aborted) return { status: "Cancelled", ...rest() };
      if (attempts === 0) failed(error);
      return { status: "Failed", ...rest(), ...failureOf(error, activity.name) };
    }
  }

  /** Why no attempt follows an error, whatever the policy says; `undefined` where the policy decides. */
  private whyFinal(error: unknown): string | undefined {
    if (!this.props.retries) return "retries are off";
    return known(error).isFinal === true ? "waiting does not mend an error of the program" : undefined;
  }
}

function evaluatedInput(input: JsonObject, scope: Scope): JsonObject {
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, evaluateJson(value, scope)]));
}

/** The same; nothing where an expression fails, which the activity itself has told. */
function inputOrNone(input: JsonObject, scope: Scope): JsonObject | undefined {
  try {
    return evaluatedInput(input, scope);
  } catch {
    return undefined;
  }
}

function evaluated({ timeout, retry, retryIntervalInSeconds }: PolicyDefinition, scope: Scope): PolicyDefinition {
  const value = (written: Json | undefined) => (written === undefined ? written : evaluateJson(written, scope));
  return { timeout: value(timeout), retry: value(retry), retryIntervalInSeconds: value(retryIntervalInSeconds) };
}
