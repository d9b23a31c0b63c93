import { existsSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { FactoryError } from "../factory-error";
import type { Problem } from "../problem";
import { evaluateTemplate, type TemplateValues } from "./arm-expression";
import { readJsonFile } from "./json-file";

const PREFIX = "Microsoft.DataFactory/factories";
const DEPLOYMENT = "Microsoft.Resources/deployments";

/** The parameter files that an export writes, by the names of their templates. */
const PARAMETERS: Readonly<Record<string, string>> = {
  "ARMTemplateForFactory.json": "ARMTemplateParametersForFactory.json",
  "ArmTemplate_master.json": "ArmTemplateParameters_master.json",
};

const template = z.looseObject({
  parameters: z.record(z.string(), z.looseObject({ defaultValue: z.unknown().optional() })).default({}),
  variables: z.record(z.string(), z.unknown()).default({}),
  resources: z.array(z.looseObject({ name: z.string(), type: z.string(), properties: z.unknown().optional() })),
});

const given = z.record(z.string(), z.looseObject({ value: z.unknown().optional() }));
const parameterFile = z.looseObject({ parameters: given });

/** A deployment of another template: of one in the same JSON, or of one in a file. */
const deployment = z.looseObject({
  parameters: given.default({}),
  template: z.unknown().optional(),
  templateLink: z.looseObject({ uri: z.string() }).optional(),
  expressionEvaluationOptions: z.looseObject({ scope: z.string() }).optional(),
});

/** A resource of a data factory, before its properties are evaluated. */
export interface TemplateResource {
  readonly file: string;
  /** `factory`, or its kind within one, as `pipelines`. */
  readonly kind: string;
  /** Without the factory's. */
  readonly name: string;
  /** Why its name cannot be evaluated. */
  readonly why?: string;
  readonly properties: unknown;
  readonly values: TemplateValues;
}

/** What of a template is no resource. */
export interface Aside {
  readonly problems: Problem[];
  /** Links to templates that are not there. */
  readonly broken: Problem[];
}

/** The resources of data factories in a template and in those that it deploys. */
export function readResources(file: string, aside: Aside): readonly TemplateResource[] {
  return resourcesOf(file, readJsonFile(file, path.basename(file)), parametersBeside(file, aside.problems), aside);
}

type Given = ReadonlyMap<string, unknown>;

function resourcesOf(file: string, json: unknown, parameters: Given, aside: Aside): readonly TemplateResource[] {
  const shown = path.basename(file);
  const { data, error } = template.safeParse(json);
  if (data === undefined)
    throw new FactoryError(
      error.issues.map(({ path: property, message }) => ({ file: shown, property: property.join("."), message })),
    );
  const values = valuesOf(data, parameters);
  return data.resources.flatMap(({ name, type, properties }) => {
    if (type.toLowerCase() === DEPLOYMENT.toLowerCase()) return deployed(file, name, properties, values, aside);
    if (!type.toLowerCase().startsWith(PREFIX.toLowerCase())) return [];
    const kind = type.split("/")[2] ?? "factory";
    return [{ file: shown, kind, ...resourceName(name, values), properties, values }];
  });
}

function deployed(
  file: string,
  name: string,
  properties: unknown,
  values: TemplateValues,
  aside: Aside,
): readonly TemplateResource[] {
  const { data } = deployment.safeParse(properties);
  if (data === undefined) return [];
  const isInner = data.expressionEvaluationOptions?.scope.toLowerCase() === "inner" || data.template === undefined;
  const quiet = (): void => undefined;
  const handed = Object.entries(data.parameters).map(
    ([parameter, { value }]) => [parameter.toLowerCase(), evaluateTemplate(value, values, quiet)] as const,
  );
  const inside = isInner ? new Map(handed) : values.parameters;
  if (data.template !== undefined) return resourcesOf(file, data.template, inside, aside);
  const linked = /([^'/\\]+\.json)/i.exec(data.templateLink?.uri ?? "")?.[1];
  const beside = linked === undefined ? undefined : path.join(path.dirname(file), linked);
  if (beside !== undefined && existsSync(beside))
    return resourcesOf(beside, readJsonFile(beside, linked), inside, aside);
  aside.broken.push({
    file: path.basename(file),
    resource: `deployment "${name}"`,
    message: `links to ${linked ?? "no template"}, expected is a file of that name beside it`,
  });
  return [];
}

/** The part of a name behind the factory's. Where the factory's cannot be evaluated, that part still can. */
function resourceName(text: string, values: TemplateValues): { readonly name: string; readonly why?: string } {
  let why: string | undefined;
  const evaluated = evaluateTemplate(text, values, (problem) => (why = problem));
  if (why === undefined) return { name: String(evaluated).split("/").at(-1) ?? "" };
  const literal = /'\/([^'/]+)'\s*\)\s*\]$/.exec(text)?.[1];
  return literal === undefined ? { name: text, why } : { name: literal };
}

function parametersBeside(file: string, problems: Problem[]): Given {
  const name = PARAMETERS[path.basename(file)] ?? "";
  const beside = path.join(path.dirname(file), name);
  if (name === "" || !existsSync(beside)) return new Map();
  const { data } = parameterFile.safeParse(readJsonFile(beside, name));
  if (data === undefined) problems.push({ file: name, message: 'expected is an object "parameters"' });
  return new Map(Object.entries(data?.parameters ?? {}).map(([key, { value }]) => [key.toLowerCase(), value]));
}

function valuesOf({ parameters, variables }: z.output<typeof template>, handed: Given): TemplateValues {
  const found = new Map(
    Object.entries(parameters).map(([name, { defaultValue }]) => [name.toLowerCase(), defaultValue]),
  );
  for (const [name, value] of handed) if (value !== undefined) found.set(name, value);
  const values = { parameters: found, variables: new Map<string, unknown>() };
  // A variable may read those before it. What cannot be evaluated is a problem only where it is read.
  for (const [name, value] of Object.entries(variables)) {
    let isKnown = true;
    const evaluated = evaluateTemplate(value, values, () => (isKnown = false));
    if (isKnown) values.variables.set(name.toLowerCase(), evaluated);
  }
  return values;
}
