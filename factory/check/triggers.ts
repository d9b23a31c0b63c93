import { asText, findName, isSameName } from "../json";
import { mismatches, missingParameters, type Pipeline, undeclared } from "../pipelines/pipeline";
import { allowed, type Found, type Problem } from "../problem";
import type { Trigger, TriggeredPipeline, TumblingWindowTrigger } from "../triggers/trigger-source";
import { circles } from "./circles";
import { expressionProblems } from "./expression";
import { constantOf, textsOf } from "./properties";
import { triggerSurroundings } from "./trigger-surroundings";

/** A trigger, and where it was read. */
export interface PlacedTrigger {
  readonly place: Pick<Problem, "file" | "resource">;
  readonly trigger: Trigger;
}

/** What is wrong between triggers, and between them and the pipelines. `names` are those of all pipelines, `pipelines` those that load. */
export function triggerProblems(
  triggers: readonly PlacedTrigger[],
  names: readonly string[],
  pipelines: readonly Pipeline[],
): Found {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  for (const { place, trigger } of triggers) {
    const { properties } = trigger;
    const isStarted = properties.runtimeState === "Started";
    for (const [index, triggered] of properties.pipelines.entries()) {
      const property = properties.type === "TumblingWindowTrigger" ? "pipeline" : `pipelines.${index}`;
      const at = { ...place, property: `properties.${property}` };
      const { referenceName } = triggered.pipelineReference;
      const found = findName(names, referenceName);
      if (found === undefined)
        problems.push({ ...at, message: `there is no pipeline "${referenceName}", ${allowed(referenceName, names)}` });
      const pipeline = pipelines.find(({ name }) => name === found);
      // What is not started gives nothing wrong: it may be left over.
      (isStarted ? problems : warnings).push(...givenProblems(triggered, pipeline, properties.type, at));
      // The service starts such a pipeline, and the parameters are null.
      const missing = pipeline && missingParameters(pipeline, triggered.parameters);
      if (missing !== undefined) warnings.push({ ...at, message: `of pipeline "${referenceName}": ${missing}` });
    }
    if (isStarted && properties.pipelines.length === 0) warnings.push({ ...place, message: "starts no pipeline" });
    if (properties.type !== "TumblingWindowTrigger") continue;
    const windows = { name: trigger.name, properties };
    problems.push(...dependencyProblems(windows, triggers).map((problem) => ({ ...place, ...problem })));
    if (isStarted)
      warnings.push(
        ...stoppedDependencies(windows, triggers).map((name) => ({
          ...place,
          message: `depends on trigger "${name}", which is not started`,
        })),
      );
  }
  return { problems, warnings: [...warnings, ...windowCircles(triggers)] };
}

/** What is wrong with the parameters that a trigger gives a pipeline, and with their expressions. */
function givenProblems(
  { parameters }: TriggeredPipeline,
  pipeline: Pipeline | undefined,
  type: Trigger["properties"]["type"],
  place: Omit<Problem, "message">,
): readonly Problem[] {
  const property = `${place.property}.parameters`;
  const given = Object.entries(parameters).map(([name, value]) => {
    const constant = constantOf(value);
    return [name, constant === undefined ? undefined : asText(constant)] as const;
  });
  const messages =
    pipeline === undefined
      ? []
      : [...undeclared(pipeline, parameters), ...mismatches(pipeline, Object.fromEntries(given))];
  const surroundings = triggerSurroundings(type);
  return [
    ...messages.map((message) => ({
      ...place,
      property,
      message: `of pipeline "${pipeline?.name}": ${message}`,
    })),
    ...textsOf(parameters, property).flatMap((placed) =>
      expressionProblems(placed.text, surroundings).map((problem) => ({
        ...place,
        property: placed.property,
        ...problem,
      })),
    ),
  ];
}

const dependsOn = "properties.typeProperties.dependsOn";

/** Triggers whose windows never succeed, because they are not started. */
function stoppedDependencies(trigger: TumblingWindowTrigger, triggers: readonly PlacedTrigger[]): readonly string[] {
  return triggers.flatMap(({ trigger: { name, properties } }) =>
    properties.runtimeState !== "Started" && findName(dependenciesOf(trigger), name) !== undefined ? [name] : [],
  );
}

function dependencyProblems(trigger: TumblingWindowTrigger, triggers: readonly PlacedTrigger[]): readonly Problem[] {
  return dependenciesOf(trigger).flatMap((referenceName) => {
    const found = triggers.find(({ trigger: { name } }) => isSameName(name, referenceName));
    if (found === undefined)
      return [{ property: dependsOn, message: `depends on trigger "${referenceName}", which does not exist` }];
    return found.trigger.properties.type === "TumblingWindowTrigger"
      ? []
      : [{ property: dependsOn, message: `depends on trigger "${referenceName}", which is no TumblingWindowTrigger` }];
  });
}

/** Triggers whose windows depend on each other: with offsets they may still end. */
function windowCircles(triggers: readonly PlacedTrigger[]): readonly Problem[] {
  const dependencies = new Map(
    triggers.flatMap(({ trigger: { name, properties } }) =>
      properties.type === "TumblingWindowTrigger" ? [[name, dependenciesOf({ name, properties })] as const] : [],
    ),
  );
  return circles([...dependencies.keys()], (name) => dependencies.get(name) ?? []).map((circle) => ({
    message: `windows of triggers depend on each other: ${circle.join(" > ")}`,
  }));
}

function dependenciesOf({ properties }: TumblingWindowTrigger): readonly string[] {
  return properties.typeProperties.dependsOn.flatMap(({ referenceTrigger }) => referenceTrigger?.referenceName ?? []);
}
