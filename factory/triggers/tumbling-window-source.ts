import { z } from "zod";
import { oneOf, span, time, whole } from "./words";

const SHORTEST_MINUTES = 5;
const MOST_DEPENDENCIES = 5;

const dependency = z
  .looseObject({
    type: oneOf(["TumblingWindowTriggerDependencyReference", "SelfDependencyTumblingWindowTriggerReference"]),
    referenceTrigger: z.looseObject({ referenceName: z.string() }).optional(),
    offset: span.optional(),
    size: span.refine((size) => size > 0, "expected a positive time span").optional(),
  })
  .superRefine(({ type, referenceTrigger, offset }, context) => {
    const wrong = (property: string, message: string) =>
      context.addIssue({ code: "custom", path: [property], message });
    if (type === "TumblingWindowTriggerDependencyReference") {
      if (referenceTrigger === undefined) wrong("referenceTrigger", "is required");
    } else if (offset === undefined || offset >= 0) {
      wrong("offset", "expected a negative time span: the trigger depends on its own earlier windows");
    }
  });

export const tumblingWindow = z
  .looseObject({
    frequency: oneOf(["Minute", "Hour", "Month"]),
    interval: whole(1),
    startTime: time,
    endTime: time.optional(),
    /** How long after its end a window starts its pipeline, in milliseconds. */
    delay: span.refine((delay) => delay >= 0, "expected a time span from 00:00:00").default(0),
    /** Windows that run at the same time. */
    maxConcurrency: whole(1, 50),
    retryPolicy: z
      .looseObject({ count: whole(0).default(0), intervalInSeconds: whole(0).default(30) })
      .default({ count: 0, intervalInSeconds: 30 }),
    dependsOn: z.array(dependency).max(MOST_DEPENDENCIES).readonly().default([]),
  })
  .refine(({ frequency, interval }) => frequency !== "Minute" || interval >= SHORTEST_MINUTES, {
    path: ["interval"],
    error: `a window has ${SHORTEST_MINUTES} minutes or more`,
  });

export type TumblingWindow = z.output<typeof tumblingWindow>;
export type WindowDependency = z.output<typeof dependency>;
