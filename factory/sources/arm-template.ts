import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { FactoryError } from "../factory-error";
import { findName } from "../json";
import { evaluateTemplate, type TemplateValues } from "./arm-expression";
import { readJsonFile } from "./json-file";
import type { FactoryParts, Part } from "./parts";

const TEMPLATE = "ARMTemplateForFactory.json";
const PARAMETERS = "ARMTemplateParametersForFactory.json";
const TYPE = /^Microsoft\.DataFactory\/factories(?:\/(\w+))?$/i;

/** The kinds of resources that activities refer to, with the types of the references. */
const REFERABLE = {
  LinkedServiceReference: "linkedServices",
  DatasetReference: "datasets",
  DataFlowReference: "dataflows",
  IntegrationRuntimeReference: "integrationRuntimes",
  CredentialReference: "credentials",
} as const;

const template = z.looseObject({
  parameters: z.record(z.string(), z.looseObject({ defaultValue: z.unknown().optional() })).default({}),
  variables: z.record(z.string(), z.unknown()).default({}),
  resources: z.array(z.looseObject({ name: z.string(), type: z.string(), properties: z.unknown().optional() })),
});

const parameterFile = z.looseObject({
  parameters: z.record(z.string(), z.looseObject({ value: z.unknown().optional() })),
});

/** The template that a path names: a file of JSON, or the one in a folder as the portal exports it. */
export function templateAt(place: string): string | undefined {
  if (!statSync(place).isDirectory()) return place.toLowerCase().endsWith(".json") ? place : undefined;
  const file = path.join(place, TEMPLATE);
  return existsSync(file) ? file : undefined;
}

/** Reads an exported template. Values of its parameters are their defaults, or those of the parameter file beside it. */
export function readArmTemplate(file: string): FactoryParts {
  const shown = path.basename(file);
  const { data, error } = template.safeParse(readJsonFile(file, shown));
  if (data === undefined)
    throw new FactoryError(
      error.issues.map((issue) => `${shown}: ${issue.path.join(".")}: ${issue.message}`).join("\n"),
    );
  const problems: string[] = [];
  const values = valuesOf(data, path.join(path.dirname(file), PARAMETERS), problems);
  const quiet = (): void => undefined;

  const resources = data.resources.map(({ name, type, properties }) => {
    const [, kind = TYPE.test(type) ? "factory" : type] = TYPE.exec(type) ?? [];
    return { kind, ...resourceName(name, values), properties };
  });
  const of = (kind: string) => resources.filter((resource) => findName([resource.kind], kind) !== undefined);
  const parts = (kind: string, one: string): readonly Part[] =>
    of(kind).map(({ name, why, properties }) => {
      if (why !== undefined) problems.push(`${shown}: ${one}: ${why}`);
      const problem = (why: string) => problems.push(`${shown}: ${one} "${name}": ${why}`);
      return { file: shown, json: { name, properties: evaluateTemplate(properties, values, problem) } };
    });
  // The name of a linked service is a parameter in most templates, and its value one of the deployment.
  const referred = (kind: string): readonly Part[] =>
    of(kind).map(({ name, properties }) => {
      const why: string[] = [];
      evaluateTemplate(typed.parse(properties).typeProperties, values, (problem) => why.push(problem));
      const json = { name, properties: evaluateTemplate(properties, values, quiet) };
      return { file: shown, json, ...(why.length > 0 && { problem: why.join(", ") }) };
    });
  if (of("pipelines").length === 0 && of("Microsoft.Resources/deployments").length > 0)
    problems.push(`${shown}: deployments of linked templates are not followed, expected is ${TEMPLATE}`);
  const [factory] = of("factory");
  const [globalParameters] = of("globalParameters");
  const global = globalParameters?.properties ?? factoryProperties.parse(factory?.properties).globalParameters;
  const name = (factory?.why === undefined ? factory?.name : undefined) ?? values.parameters.get("factoryname");
  return {
    name: typeof name === "string" && name !== "" ? name : shown,
    globalParameters: { file: shown, json: evaluateTemplate(global, values, quiet) },
    pipelines: parts("pipelines", "pipeline"),
    triggers: parts("triggers", "trigger"),
    datasets: referred("datasets"),
    linkedServices: referred("linkedServices"),
    // A template may hold a part of a factory: what it has nothing of is not looked up.
    referable: new Map(
      Object.entries(REFERABLE)
        .map(([type, kind]) => [type, of(kind).map((resource) => resource.name)] as const)
        .filter(([, names]) => names.length > 0),
    ),
    problems,
  };
}

/** The part of a name behind the factory's. Where the factory's cannot be evaluated, that part still can. */
function resourceName(text: string, values: TemplateValues): { readonly name: string; readonly why?: string } {
  let why: string | undefined;
  const evaluated = evaluateTemplate(text, values, (problem) => (why = problem));
  if (why === undefined) return { name: String(evaluated).split("/").at(-1) ?? "" };
  const literal = /'\/([^'/]+)'\s*\)\s*\]$/.exec(text)?.[1];
  return literal === undefined ? { name: text, why } : { name: literal };
}

const factoryProperties = z.looseObject({ globalParameters: z.unknown().optional() }).catch({});

const typed = z.looseObject({ typeProperties: z.unknown().optional() }).catch({});

function valuesOf(
  { parameters, variables }: z.output<typeof template>,
  file: string,
  problems: string[],
): TemplateValues {
  const found = new Map(
    Object.entries(parameters).map(([name, { defaultValue }]) => [name.toLowerCase(), defaultValue]),
  );
  if (existsSync(file)) {
    const given = parameterFile.safeParse(readJsonFile(file, PARAMETERS)).data?.parameters;
    if (given === undefined) problems.push(`${PARAMETERS}: expected is an object "parameters"`);
    for (const [name, { value }] of Object.entries(given ?? {}))
      if (value !== undefined) found.set(name.toLowerCase(), value);
  }
  const values = { parameters: found, variables: new Map<string, unknown>() };
  // A variable may read those before it. What cannot be evaluated is a problem only where it is read.
  for (const [name, value] of Object.entries(variables)) {
    let isKnown = true;
    const evaluated = evaluateTemplate(value, values, () => (isKnown = false));
    if (isKnown) values.variables.set(name.toLowerCase(), evaluated);
  }
  return values;
}
