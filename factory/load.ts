import { z } from "zod";
import { callProblems, circleProblems } from "./check/calls";
import { pipelineProblems } from "./check/pipeline";
import { triggerProblems } from "./check/triggers";
import { Datasets } from "./datasets/datasets";
import { FactoryError } from "./factory-error";
import { findName, type Json } from "./json";
import { globalValues } from "./pipelines/parameters";
import { Pipeline } from "./pipelines/pipeline";
import { allowed, type Found, placed, type Problem, told } from "./problem";
import { type FactoryParts, nameOf, type Part, partsOfRun } from "./sources/parts";
import { readFactory } from "./sources/read-factory";
import { missingReferences } from "./sources/references";
import { spelled, type Vocabulary } from "./sources/spelling";
import { PIPELINE, TRIGGER } from "./sources/vocabularies";
import { type FactorySource, globalParameters, pipelineSource } from "./source";
import {
  type BlobEventsTrigger,
  byType,
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
export interface CheckedFactory extends Found {
  readonly definition: FactoryDefinition | undefined;
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
  return parseFactory(source);
}

/** As {@link loadFactory}, of JSON from elsewhere. */
export function parseFactory(source: unknown): FactoryDefinition {
  const read = outline.safeParse(source);
  if (!read.success) throw new FactoryError(issues(read.error));
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
    warnings: [],
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
  if (definition === undefined) throw new FactoryError(problems);
  return definition;
}

/** Checks all parts of a factory. */
export function checkFactory(parts: FactoryParts): CheckedFactory {
  const problems: Problem[] = [...parts.problems];
  const warnings: Problem[] = [...parts.warnings];
  const add = (found: Found): void => {
    problems.push(...found.problems);
    warnings.push(...found.warnings);
  };
  const readPart = (kind: string, part: Part, index: number, vocabulary: Vocabulary) => {
    const place = placeOf(kind, part, index);
    const json = spelled(part.json, vocabulary, (property, known, activity) => {
      const message = `is no known property, ${allowed(lastOf(property), known)}`;
      warnings.push({ ...place, ...(activity !== undefined && { activity }), property, message });
    });
    return { place, json };
  };
  const parse = <T>(place: Place, shape: z.ZodType<T>, json: unknown): readonly T[] => {
    const { data, error } = shape.safeParse(json);
    if (error !== undefined) problems.push(...issues(error, place.property).map((issue) => ({ ...place, ...issue })));
    return data === undefined ? [] : [data];
  };

  const given = parts.globalParameters;
  const [declared = {}] = parse({ file: given.file, property: "globalParameters" }, globalParameters, given.json ?? {});
  const wrong: Problem[] = [];
  const values = globalValues(declared, wrong);
  add(placed({ problems: wrong, warnings: [] }, { file: given.file }));
  const names = parts.pipelines.flatMap((part) => nameOf(part) ?? []);
  const globalNames = given.isComplete === false ? undefined : Object.keys(values);

  const datasets = new Datasets(parts.datasets, parts.linkedServices);
  const loaded = parts.pipelines.flatMap((part, index) => {
    const { place, json } = readPart("pipeline", part, index, PIPELINE);
    const missing = missingReferences(json, parts.referable);
    warnings.push(...missing.map((message) => ({ ...place, message })));
    return parse(place, pipelineSource, json).map((source) => {
      const own: Problem[] = [];
      const pipeline = new Pipeline(source, datasets, own);
      add(placed({ problems: own, warnings: [] }, place));
      add(placed(pipelineProblems(pipeline, globalNames, own.length === 0), place));
      return { place, pipeline };
    });
  });
  const pipelines = loaded.map(({ pipeline }) => pipeline);
  for (const { place, pipeline } of loaded) add(placed(callProblems(pipeline, names, pipelines), place));

  const triggers = parts.triggers.flatMap((part, index) => {
    const { place, json } = readPart("trigger", part, index, TRIGGER);
    const foreign = foreignTrigger(json);
    if (foreign === undefined)
      return parse(place, triggerSource, withKnownType(json)).map((trigger) => ({ place, trigger }));
    const { isStarted, message } = foreign;
    (isStarted ? problems : warnings).push({ ...place, property: "properties.type", message });
    return [];
  });
  add(circleProblems(pipelines));
  add(triggerProblems(triggers, names, pipelines));
  problems.push(...twice("pipeline", parts.pipelines), ...twice("trigger", parts.triggers));

  const found = { problems: told(problems), warnings: told(warnings) };
  if (problems.length > 0) return { definition: undefined, ...found };
  const definition = {
    name: parts.name,
    globalParameters: values,
    pipelines,
    ...byType(triggers.map(({ trigger }) => withKnownNames(trigger, names))),
  };
  return { definition, ...found };
}

/** The trigger with its pipelines spelled as they are named. */
function withKnownNames({ name, properties }: Trigger, names: readonly string[]): Trigger {
  const pipelines = properties.pipelines.map(({ pipelineReference: { referenceName, ...more }, ...triggered }) => ({
    ...triggered,
    pipelineReference: { ...more, referenceName: findName(names, referenceName) ?? referenceName },
  }));
  return { name, properties: { ...properties, pipelines } };
}

function twice(kind: string, parts: readonly Part[]): readonly Problem[] {
  const files = new Map<string, string>();
  return parts.flatMap((part, index) => {
    const name = nameOf(part);
    if (name === undefined) return [];
    const before = files.get(name.toLowerCase());
    files.set(name.toLowerCase(), part.file ?? "");
    if (before === undefined) return [];
    return [{ ...placeOf(kind, part, index), message: `exists twice${before === "" ? "" : `, also in ${before}`}` }];
  });
}

type Place = Omit<Problem, "message">;

/** `pipeline/nightly.json` and `pipeline "nightly"`; without a name its index. */
function placeOf(kind: string, part: Part, index: number): Place {
  const name = nameOf(part);
  return { file: part.file, resource: name === undefined ? `${kind} ${index}` : `${kind} "${name}"` };
}

function lastOf(property: string): string {
  return property.slice(property.lastIndexOf(".") + 1);
}

function issues(error: z.ZodError, within?: string): readonly Problem[] {
  return error.issues.map(({ path, message }) => {
    const property = [...(within === undefined ? [] : [within]), ...path].join(".");
    return property === "" ? { message } : { property, message };
  });
}
