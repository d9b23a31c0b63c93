import type { FactoryDefinition } from "../load";
import { nextOccurrence, startOf } from "./recurrence";
import { WindowSeries } from "./windows";

/** A time at which a trigger fires; a window's is when the window is due. */
export interface Firing {
  readonly time: Date;
  readonly window?: { readonly start: Date; readonly end: Date };
}

/** When a trigger fires next. */
export interface PlannedTrigger {
  readonly name: string;
  readonly type: string;
  readonly runtimeState: "Started" | "Stopped" | "Disabled";
  readonly pipelines: readonly string[];
  readonly next: readonly Firing[];
  /** Windows that are due already, which a start makes up for. */
  readonly due: number;
}

/** The next firings of each trigger after a time, as if all were started. Nothing is run. A blob trigger has no times. */
export function planTriggers(definition: FactoryDefinition, now: Date, count: number): readonly PlannedTrigger[] {
  const { blobEventsTriggers, scheduleTriggers, tumblingWindowTriggers } = definition;
  const schedules = scheduleTriggers.map((trigger) => {
    const { recurrence } = trigger.properties.typeProperties;
    const start = startOf(recurrence, now);
    const next: Firing[] = [];
    let time = nextOccurrence(recurrence, start, now);
    while (time !== undefined && next.length < count) {
      next.push({ time });
      time = nextOccurrence(recurrence, start, time);
    }
    return { ...described(trigger), next, due: 0 };
  });
  const windows = tumblingWindowTriggers.map((trigger) => {
    const { typeProperties } = trigger.properties;
    const series = new WindowSeries(typeProperties);
    const first = series.indexAfter(now.getTime() - typeProperties.delay);
    const next = Array.from({ length: count }, (_, index) => series.at(first + index)).flatMap((window) => {
      if (window === undefined) return [];
      const { start, end } = window;
      return [{ time: new Date(end + typeProperties.delay), window: { start: new Date(start), end: new Date(end) } }];
    });
    return { ...described(trigger), next, due: series.countUntil(first) };
  });
  return [
    ...blobEventsTriggers.map((trigger) => ({ ...described(trigger), next: [], due: 0 })),
    ...schedules,
    ...windows,
  ];
}

type Described = FactoryDefinition["blobEventsTriggers" | "scheduleTriggers" | "tumblingWindowTriggers"][number];

function described({ name, properties: { type, runtimeState, pipelines } }: Described) {
  return {
    name,
    type,
    runtimeState,
    pipelines: pipelines.map(({ pipelineReference }) => pipelineReference.referenceName),
  };
}
