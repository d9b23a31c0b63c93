import type { Trigger } from "../triggers/trigger-source";
import type { Step, Surrounding, Surroundings } from "./expression";
import { misplaced, undeclaredStep } from "./surroundings";

/** The properties that can be read, each with those behind it. */
interface Readable {
  readonly [property: string]: Readable;
}

const BODY: Readable = { fileName: {}, folderPath: {} };

/** What `trigger()` has in each type of trigger. */
const TRIGGER: Readonly<Record<Trigger["properties"]["type"], Readable>> = {
  BlobEventsTrigger: { name: {}, startTime: {}, outputs: { body: BODY } },
  ScheduleTrigger: { name: {}, startTime: {}, scheduledTime: {} },
  TumblingWindowTrigger: {
    name: {},
    startTime: {},
    scheduledTime: {},
    outputs: { windowStartTime: {}, windowEndTime: {} },
  },
};

/** What the parameters that a trigger gives can read. */
export function triggerSurroundings(type: Trigger["properties"]["type"]): Surroundings {
  const inPipelines = (name: string) => misplaced(`${name}() is there in pipelines only, not in triggers`);
  return new Map<string, Surrounding>([
    ["trigger", reading(`property of trigger() in a ${type}`, TRIGGER[type])],
    [
      "triggerbody",
      type === "BlobEventsTrigger"
        ? reading("property of triggerBody()", BODY)
        : misplaced(`triggerBody() is there in a BlobEventsTrigger, this is a ${type}`),
    ],
    ...["pipeline", "activity", "variables", "item"].map((name) => [name, inPipelines(name)] as const),
  ]);
}

function reading(kind: string, readable: Readable): Surrounding {
  return { parameters: [0, 0], problem: (_, steps) => follow(kind, steps, readable) };
}

function follow(
  kind: string,
  [step, ...more]: readonly Step[],
  readable: Readable,
): ReturnType<Surrounding["problem"]> {
  const names = Object.keys(readable);
  if (step?.name === undefined || names.length === 0) return undefined;
  const wrong = undeclaredStep(kind, step, names);
  if (wrong !== undefined) return wrong;
  const inside = Object.entries(readable).find(([name]) => name.toLowerCase() === step.name?.toLowerCase());
  return inside && follow(kind, more, inside[1]);
}
