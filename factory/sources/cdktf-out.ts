import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { FactoryError } from "../factory-error";
import type { Problem } from "../problem";
import { readJsonFile } from "./json-file";
import type { FactoryParts, Part } from "./parts";
import { datasetJson, isDataset, isLinkedService, linkedServiceJson } from "./terraform-datasets";
import { dataFactory, manifest, pipeline, stackJson } from "./terraform-resources";
import { triggerJson } from "./terraform-triggers";

const STACK = "cdk.tf.json";
const TRIGGER = "azurerm_data_factory_trigger_";

/** The stack that a path names: `cdktf.out` if one stack has a factory, the folder of a stack, or its file. */
export function stackAt(place: string): string | undefined {
  if (!statSync(place).isDirectory()) return path.basename(place) === STACK ? place : undefined;
  if (existsSync(path.join(place, STACK))) return path.join(place, STACK);
  const index = path.join(place, "manifest.json");
  if (!existsSync(index)) return undefined;
  const stacks = manifest.safeParse(readJsonFile(index)).data?.stacks;
  if (stacks === undefined) return undefined;
  const found = Object.values(stacks)
    .map(({ synthesizedStackPath }) => path.join(place, synthesizedStackPath))
    .filter((file) => existsSync(file) && Object.keys(resourcesOf(file)["azurerm_data_factory"] ?? {}).length > 0);
  if (found.length === 1) return found[0];
  const folders = found.map((file) => path.dirname(file)).join(", ");
  throw new FactoryError(`${place}: one stack with a data factory is expected, found ${folders || "none"}`);
}

/** Reads the factory of a synthesized stack of Terraform: the provider's resources as Data Factory's own JSON. */
export function readStack(file: string): FactoryParts {
  const shown = path.basename(file);
  const problems: Problem[] = [];
  const resources = resourcesOf(file);
  const names = namesOf(resources);
  const all = <T>(type: string, read: (resource: unknown) => z.ZodSafeParseResult<T>): readonly T[] =>
    Object.entries(resources[type] ?? {}).flatMap(([id, resource]) => {
      const { data, error } = read(withNames(resource, names));
      const issues = error?.issues ?? [];
      problems.push(
        ...issues.map(({ path: property, message }) => ({
          file: shown,
          resource: `${type}.${id}`,
          property: property.join("."),
          message,
        })),
      );
      return data === undefined ? [] : [data];
    });
  const part = (json: unknown): Part => ({ file: shown, json });
  const [factory, ...others] = all("azurerm_data_factory", (resource) => dataFactory.safeParse(resource));
  if (others.length > 0)
    problems.push({ file: shown, message: `one azurerm_data_factory is expected, found ${others.length + 1}` });
  const pipelines = all("azurerm_data_factory_pipeline", (resource) => pipeline.safeParse(resource));
  const types = Object.keys(resources).filter((type) => type.startsWith(TRIGGER));
  const triggers = types.flatMap((type) => all(type, (resource) => triggerJson(type, resource)));
  const allOf = (is: (type: string) => boolean, read: typeof datasetJson): readonly Part[] =>
    Object.keys(resources)
      .filter(is)
      .flatMap((type) => all(type, (resource) => read(type, resource)))
      .map(part);
  return {
    name: factory?.name ?? path.basename(path.dirname(path.resolve(file))),
    globalParameters: part(
      Object.fromEntries(
        (factory?.global_parameter ?? []).map(({ name, type, value }) => [name, { type, value: typed(type, value) }]),
      ),
    ),
    pipelines: pipelines.map(({ name, activities_json, parameters, variables, concurrency }) =>
      part({
        name,
        properties: {
          activities: parsed(activities_json),
          parameters: strings(parameters),
          variables: strings(variables),
          concurrency,
        },
      }),
    ),
    triggers: triggers.map(part),
    datasets: allOf(isDataset, datasetJson),
    linkedServices: allOf(isLinkedService, linkedServiceJson),
    referable: new Map(),
    problems,
    warnings: [],
  };
}

type Resources = z.output<typeof stackJson>["resource"];

/** The resources of a stack, by type and id. */
function resourcesOf(file: string): Resources {
  const { data } = stackJson.safeParse(readJsonFile(file));
  if (data === undefined) throw new FactoryError(`${file} is no stack of Terraform`);
  return data.resource;
}

/** The names of a stack's resources, by the references that Terraform reads them with. */
function namesOf(stack: Resources): ReadonlyMap<string, string> {
  const named = z.looseObject({ name: z.string() });
  return new Map(
    Object.entries(stack).flatMap(([type, resources]) =>
      Object.entries(resources).flatMap(([id, resource]) => {
        const name = named.safeParse(resource).data?.name;
        return name === undefined ? [] : [[`\${${type}.${id}.name}`, name] as const];
      }),
    ),
  );
}

/** A resource in which references to names are the names. */
function withNames(json: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof json === "string") return names.get(json) ?? json;
  if (Array.isArray(json)) return json.map((item: unknown) => withNames(item, names));
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, withNames(value, names)]));
}

/** The provider writes every value as a string beside its type; what is no JSON of that type stays a string. */
function typed(type: string, value: string): unknown {
  return /^string$/i.test(type) ? value : parsed(/^bool$/i.test(type) ? value.toLowerCase() : value);
}

/** A text as JSON; what is none stays as it is, and is refused where it is checked. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function strings(defaults: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(defaults).map(([name, defaultValue]) => [name, { type: "String", defaultValue }]),
  );
}
