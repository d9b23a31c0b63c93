import { z } from "zod";
import { Datasets } from "./datasets/datasets";
import { FactoryError } from "./factory-error";
import { findName, type Json } from "./json";
import { callProblems } from "./pipelines/calls";
import { Pipeline } from "./pipelines/pipeline";
import { type FactoryParts, nameOf, type Part, partsOfRun } from "./sources/parts";
import { readFactory } from "./sources/read-factory";
import { missingReferences } from "./sources/references";
import { PIPELINE, spelled, TRIGGER, type Vocabulary } from "./sources/spelling";
import { type FactorySource, globalParameters, pipelineSource } from "./source";
import { triggerProblems } from "./triggers/check";
import {
  type BlobEventsTrigger,
  foreignTrigger,
  type ScheduleTrigger,
  type Trigger,
  triggerSource,
  type TumblingWindowTrigger,
  withKnownType,
} from "./triggers/trigger-source";

/** A factory that can run: everything that its JSON says has been checked. */
export interface FactoryDefinition {
  readonly name: string;
  readonly globalParameters: Readonly<Record<string, Json>>;
  readonly pipelines: readonly Pipeline[];
  readonly blobEventsTriggers: readonly BlobEventsTrigger[];
  readonly scheduleTriggers: readonly ScheduleTrigger[];
  readonly tumblingWindowTriggers: readonly TumblingWindowTrigger[];
}

/** What became of a check: without problems there is a definition. */
export interface CheckedFactory {
  readonly definition: FactoryDefinition | undefined;
  /** What cannot run, each with its file where there is one. */
  readonly problems: readonly string[];
  /** What runs, but may not be meant. */
  readonly warnings: readonly string[];
}

const outline = z.looseObject({
  name: z.string().min(1),
  globalParameters: z.unknown().optional(),
  pipelines: z.array(z.unknown()),
  triggers: z.array(z.unknown()).default([]),
  datasets: z.array(z.unknown()).default([]),
  linkedServices: z.array(z.unknown()).default([]),
});

/** Reads a factory's JSON. Throws one {@link FactoryError} that names everything that cannot run, before anything does. */
export function loadFactory(source: FactorySource): FactoryDefinition {
  const read = outline.safeParse(source);
  if (!read.success) throw new FactoryError(issues(read.error).join("\n"));
  const { name, globalParameters, pipelines, triggers, datasets, linkedServices } = read.data;
  const part = (json: unknown): Part => ({ json });
  return definitionOf({
    name,
    globalParameters: part(globalParameters),
    pipelines: pipelines.map(part),
    triggers: triggers.map(part),
    datasets: datasets.map(part),
    linkedServices: linkedServices.map(part),
    referable: new Map(),
    problems: [],
  });
}

/**
 * Reads the factory in a folder. With `pipeline`, only what a run of that pipeline can reach. Throws one {@link FactoryError} that names
 * everything that cannot run.
 */
export function openFactory(place: string, pipeline?: string): FactoryDefinition {
  const parts = readFactory(place);
  return definitionOf(pipeline === undefined ? parts : partsOfRun(parts, pipeline));
}

function definitionOf(parts: FactoryParts): FactoryDefinition {
  const { definition, problems } = checkFactory(parts);
  if (definition === undefined) throw new FactoryError(problems.join("\n"));
  return definition;
}

/** Checks all parts of a factory. */
export function checkFactory(parts: FactoryParts): CheckedFactory {
  const problems = [...parts.problems];
  const warnings: string[] = [];
  const readPart = (kind: string, part: Part, index: number, vocabulary: Vocabulary) => {
    const place = placeOf(kind, part, index);
    const json = spelled(part.json, vocabulary, (path) => warnings.push(`${place}: ${path} is no known property`));
    return { place, json };
  };
  const parse = <T>(place: string, shape: z.ZodType<T>, json: unknown): readonly T[] => {
    const { data, error } = shape.safeParse(json);
    if (error !== undefined) problems.push(...issues(error).map((issue) => `${place}: ${issue}`));
    return data === undefined ? [] : [data];
  };

  const datasets = new Datasets(parts.datasets, parts.linkedServices);
  const pipelines = parts.pipelines.flatMap((part, index) => {
    const { place, json } = readPart("pipeline", part, index, PIPELINE);
    warnings.push(...missingReferences(json, parts.referable).map((missing) => `${place}: ${missing}`));
    return parse(place, pipelineSource, json).flatMap((source) => {
      try {
        return [new Pipeline(source, datasets)];
      } catch (error) {
        if (!(error instanceof FactoryError)) throw error;
        problems.push(part.file === undefined ? error.message : `${part.file}: ${error.message}`);
        return [];
      }
    });
  });
  const triggers = parts.triggers.flatMap((part, index) => {
    const { place, json } = readPart("trigger", part, index, TRIGGER);
    const foreign = foreignTrigger(json);
    if (foreign === undefined)
      return parse(place, triggerSource, withKnownType(json)).map((trigger) => ({ place, trigger }));
    (foreign.isStarted ? problems : warnings).push(`${place}: ${foreign.why}`);
    return [];
  });
  const names = parts.pipelines.flatMap((part) => nameOf(part) ?? []);
  problems.push(...callProblems(pipelines, names));
  const checked = triggerProblems(triggers, names, pipelines);
  problems.push(...twice("pipeline", parts.pipelines), ...twice("trigger", parts.triggers), ...checked.problems);
  warnings.push(...checked.warnings);

  const given = parts.globalParameters;
  const [values = {}] = parse(
    given.file === undefined ? "globalParameters" : `${given.file}: globalParameters`,
    globalParameters.default({}),
    given.json,
  );
  if (problems.length > 0) return { definition: undefined, problems, warnings };
  const definition = {
    name: parts.name,
    globalParameters: Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, value])),
    pipelines,
    ...byType(triggers.map(({ trigger }) => withKnownNames(trigger, names))),
  };
  return { definition, problems, warnings };
}

/** The trigger with its pipelines spelled as they are named. */
function withKnownNames({ name, properties }: Trigger, names: readonly string[]): Trigger {
  const pipelines = properties.pipelines.map(({ pipelineReference: { referenceName, ...more }, ...triggered }) => ({
    ...triggered,
    pipelineReference: { ...more, referenceName: findName(names, referenceName) ?? referenceName },
  }));
  return { name, properties: { ...properties, pipelines } };
}

function byType(triggers: readonly Trigger[]) {
  const blobEventsTriggers: BlobEventsTrigger[] = [];
  const scheduleTriggers: ScheduleTrigger[] = [];
  const tumblingWindowTriggers: TumblingWindowTrigger[] = [];
  for (const { name, properties } of triggers)
    if (properties.type === "BlobEventsTrigger") blobEventsTriggers.push({ name, properties });
    else if (properties.type === "ScheduleTrigger") scheduleTriggers.push({ name, properties });
    else tumblingWindowTriggers.push({ name, properties });
  return { blobEventsTriggers, scheduleTriggers, tumblingWindowTriggers };
}

function twice(kind: string, parts: readonly Part[]): readonly string[] {
  const names = parts.flatMap((part) => nameOf(part) ?? []);
  return names.flatMap((name, index) =>
    findName(names.slice(0, index), name) === undefined ? [] : [`${kind} "${name}" exists twice`],
  );
}

/** `pipeline/nightly.json: pipeline "nightly"`; without a name its index. */
function placeOf(kind: string, part: Part, index: number): string {
  const name = nameOf(part);
  const item = name === undefined ? `${kind} ${index}` : `${kind} "${name}"`;
  return part.file === undefined ? item : `${part.file}: ${item}`;
}

function issues(error: z.ZodError): readonly string[] {
  return error.issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join(".")}: ${message}`));
}
