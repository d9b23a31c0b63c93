import { findName } from "../json";
import type { Pipeline } from "../pipelines/pipeline";
import type { Trigger, TriggeredPipeline, TumblingWindowTrigger } from "./trigger-source";

/** A trigger, and how a message names it. */
export interface PlacedTrigger {
  readonly place: string;
  readonly trigger: Trigger;
}

/** What is wrong between triggers, and between them and the pipelines. `names` are those of all pipelines, `pipelines` those that load. */
export function triggerProblems(
  triggers: readonly PlacedTrigger[],
  names: readonly string[],
  pipelines: readonly Pipeline[],
): { readonly problems: readonly string[]; readonly warnings: readonly string[] } {
  const problems: string[] = [];
  const warnings: string[] = [];
  for (const { place, trigger } of triggers) {
    const { properties } = trigger;
    if (properties.runtimeState === "Started" && properties.pipelines.length === 0)
      warnings.push(`${place}: starts no pipeline`);
    for (const triggered of properties.pipelines)
      problems.push(...startProblems(triggered, names, pipelines).map((problem) => `${place} ${problem}`));
    if (properties.type === "TumblingWindowTrigger" && properties.runtimeState === "Started")
      warnings.push(
        ...stoppedDependencies({ name: trigger.name, properties }, triggers).map(
          (name) => `${place}: depends on trigger "${name}", which is not started`,
        ),
      );
    if (properties.type === "TumblingWindowTrigger")
      problems.push(
        ...dependencyProblems({ name: trigger.name, properties }, triggers).map((problem) => `${place}: ${problem}`),
      );
  }
  return { problems, warnings };
}

function startProblems(
  { pipelineReference: { referenceName }, parameters }: TriggeredPipeline,
  names: readonly string[],
  pipelines: readonly Pipeline[],
): readonly string[] {
  if (findName(names, referenceName) === undefined) return [`starts pipeline "${referenceName}", which does not exist`];
  const pipeline = pipelines.find(({ name }) => findName([name], referenceName) !== undefined);
  if (pipeline === undefined) return [];
  const known = Object.keys(pipeline.parameters({}));
  return Object.keys(parameters)
    .filter((name) => findName(known, name) === undefined)
    .map((name) => `gives pipeline "${pipeline.name}" parameter "${name}", it has: ${known.join(", ") || "none"}`);
}

/** Triggers whose windows never succeed, because they are not started. */
function stoppedDependencies(
  { properties }: TumblingWindowTrigger,
  triggers: readonly PlacedTrigger[],
): readonly string[] {
  const names = properties.typeProperties.dependsOn.flatMap(
    ({ referenceTrigger }) => referenceTrigger?.referenceName ?? [],
  );
  return triggers
    .map(({ trigger }) => trigger)
    .filter(
      ({ name, properties: { runtimeState } }) => runtimeState !== "Started" && findName(names, name) !== undefined,
    )
    .map(({ name }) => name);
}

function dependencyProblems(
  { properties }: TumblingWindowTrigger,
  triggers: readonly PlacedTrigger[],
): readonly string[] {
  return properties.typeProperties.dependsOn.flatMap(({ referenceTrigger }) => {
    if (referenceTrigger === undefined) return [];
    const { referenceName } = referenceTrigger;
    const found = triggers.find(({ trigger }) => findName([trigger.name], referenceName) !== undefined);
    if (found === undefined) return [`depends on trigger "${referenceName}", which does not exist`];
    return found.trigger.properties.type === "TumblingWindowTrigger"
      ? []
      : [`depends on trigger "${referenceName}", which is no TumblingWindowTrigger`];
  });
}
