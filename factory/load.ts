import { FactoryError } from "./factory-error";
import { findName, type Json } from "./json";
import { callProblems } from "./pipelines/calls";
import { Pipeline } from "./pipelines/pipeline";
import { type BlobEventsTrigger, factorySource, type FactorySource, type ScheduleTrigger } from "./source";

/** A factory that can run: everything that its JSON says has been checked. */
export interface FactoryDefinition {
  readonly name: string;
  readonly globalParameters: Readonly<Record<string, Json>>;
  readonly pipelines: readonly Pipeline[];
  readonly blobEventsTriggers: readonly BlobEventsTrigger[];
  readonly scheduleTriggers: readonly ScheduleTrigger[];
}

/** Reads a factory's JSON. Throws one {@link FactoryError} that names everything that cannot run, before anything does. */
export function loadFactory(source: FactorySource): FactoryDefinition {
  const read = factorySource.safeParse(source);
  if (!read.success)
    throw new FactoryError(
      read.error.issues.map(({ path, message }) => `${place(source, path)}: ${message}`).join("\n"),
    );
  const { name, globalParameters, pipelines, triggers } = read.data;
  const problems: string[] = [];
  const loaded = pipelines.flatMap((pipeline) => {
    try {
      return [new Pipeline(pipeline)];
    } catch (error) {
      if (!(error instanceof FactoryError)) throw error;
      problems.push(error.message);
      return [];
    }
  });
  const known = pipelines.map((pipeline) => pipeline.name);
  for (const { name: trigger, properties } of triggers)
    for (const { pipelineReference } of properties.pipelines)
      if (findName(known, pipelineReference.referenceName) === undefined)
        problems.push(
          `trigger "${trigger}" starts pipeline "${pipelineReference.referenceName}", which does not exist`,
        );
  problems.push(...callProblems(loaded, known));
  if (problems.length > 0) throw new FactoryError(problems.join("\n"));
  return {
    name,
    globalParameters: Object.fromEntries(
      Object.entries(globalParameters).map(([parameter, { value }]) => [parameter, value]),
    ),
    pipelines: loaded,
    blobEventsTriggers: triggers.flatMap((trigger) =>
      trigger.properties.type === "BlobEventsTrigger" ? [{ ...trigger, properties: trigger.properties }] : [],
    ),
    scheduleTriggers: triggers.flatMap((trigger) =>
      trigger.properties.type === "ScheduleTrigger" ? [{ ...trigger, properties: trigger.properties }] : [],
    ),
  };
}

/** `trigger "nightly": properties.pipelines.0`: the name in the place of the index. */
function place(source: FactorySource, [kind, index, ...rest]: readonly PropertyKey[]): string {
  const items = kind === "pipelines" ? source.pipelines : kind === "triggers" ? source.triggers : undefined;
  const item = typeof index === "number" ? items?.[index] : undefined;
  if (typeof item?.name !== "string") return [kind, index, ...rest].filter((part) => part !== undefined).join(".");
  return `${String(kind).slice(0, -1)} "${item.name}": ${rest.join(".")}`;
}
