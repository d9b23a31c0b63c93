import { setImmediate as turn } from "node:timers/promises";
import { z } from "zod";
import { evaluateJson } from "../../expressions/template";
import { json, type Json, type JsonObject } from "../../json";
import { parseTimeSpan } from "../policy";
import type { Activity, Work, WorkContext } from "./activity";
import { ActivityError } from "./activity-error";
import { toBoolean } from "./condition";

const LONGEST_TIMEOUT = 90 * 86_400;

const properties = z.looseObject({
  expression: json,
  timeout: json.default("7.00:00:00"),
  activities: z.array(z.unknown()),
});

/** Runs its activities again and again, until a condition that may read them is true. A failure does not end the loop. */
export class Until implements Work {
  readonly hasPolicy = false;
  readonly isLoop = true;
  readonly inner: readonly Activity[];
  private readonly expression: Json;
  private readonly timeout: Json;

  constructor(typeProperties: unknown, load: (activities: readonly unknown[]) => readonly Activity[]) {
    const { expression, timeout, activities } = properties.parse(typeProperties);
    this.expression = expression;
    this.timeout = timeout;
    this.inner = load(activities);
  }

  async run(context: WorkContext): Promise<JsonObject> {
    const { scope, signal, clock } = context;
    const seconds = parseTimeSpan(evaluateJson(this.timeout, scope), "timeout");
    if (seconds > LONGEST_TIMEOUT) throw new Error(`timeout is ${seconds} s, at most 90 days are allowed`);
    const late = new AbortController();
    const ended = new AbortController();
    clock.sleep(seconds * 1000, ended.signal).then(
      () => late.abort(),
      () => undefined,
    );
    try {
      await this.loop(context, AbortSignal.any([signal, late.signal]), late.signal);
    } finally {
      ended.abort();
    }
    signal.throwIfAborted();
    if (late.signal.aborted) throw new ActivityError(`timed out after ${seconds} s`, { errorCode: "Timeout" });
    return {};
  }

  /** Whether it failed is what became of the last time. */
  private async loop({ runInner }: WorkContext, signal: AbortSignal, late: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { scope, failure } = await runInner(this.inner, { signal });
      if (signal.aborted && late.aborted) return;
      if (toBoolean(evaluateJson(this.expression, scope))) {
        if (failure !== undefined) throw failure;
        return;
      }
      // Activities that take no time must not keep the timeout from being noticed.
      await turn();
    }
  }
}
