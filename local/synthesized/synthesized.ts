import { existsSync } from "node:fs";
import path from "node:path";
import type { FactorySource, Json } from "adf-local";
import { z } from "zod";
import { checked, parseJson, readJson } from "../../command-line/json";
import { UserError } from "../../command-line/user-error";
import type { WorkspaceFile } from "../cluster/workspace";
import { blobEventsTriggerSource, pipelineSource, scheduleTriggerSource } from "./factory-source";
import {
  blobEventTrigger,
  container,
  dataFactory,
  manifest,
  pipeline,
  scheduleTrigger,
  stackJson,
  workspaceFile,
} from "./terraform-resources";

/** What one environment deploys, as far as it runs on a laptop. Read from `cdktf.out` and from nowhere else. */
export interface Synthesized {
  readonly environment: string;
  readonly containers: readonly string[];
  /** As Data Factory's own JSON. */
  readonly factory: FactorySource;
  readonly workspaceFiles: readonly WorkspaceFile[];
}

/** Reads the stacks of an environment; an unknown environment, a missing stack or a malformed resource is one clear error. */
export function readSynthesized(folder: string, environment: string): Synthesized {
  const stacks = stackFiles(folder);
  const known = [...stacks.keys()].flatMap((name) => /^(.+)-data-factory$/.exec(name)?.[1] ?? []);
  if (!known.includes(environment))
    throw new UserError(`unknown environment "${environment}", known are ${known.join(", ") || "none"}`);
  const stack = (name: string) => {
    const found = stacks.get(`${environment}-${name}`);
    if (found === undefined) throw new UserError(`${folder} has no stack "${environment}-${name}"`);
    return new Stack(found);
  };
  const databricks = stack("databricks");
  return {
    environment,
    containers: stack("foundation")
      .resources("azurerm_storage_container", container)
      .map(({ name }) => name),
    factory: readFactory(stack("data-factory")),
    workspaceFiles: (["databricks_notebook", "databricks_workspace_file"] as const).flatMap((type) =>
      databricks.resources(type, workspaceFile).map(({ path: workspacePath, source }) => ({
        path: workspacePath,
        source: path.resolve(databricks.folder, source),
        isNotebook: type === "databricks_notebook",
      })),
    ),
  };
}

const TRIGGER = "azurerm_data_factory_trigger_";
const BLOB_EVENT = `${TRIGGER}blob_event`;
const SCHEDULE = `${TRIGGER}schedule`;
const TRIGGERS: readonly string[] = [BLOB_EVENT, SCHEDULE];

function readFactory(stack: Stack): FactorySource {
  const unread = stack.types.filter((type) => type.startsWith(TRIGGER) && !TRIGGERS.includes(type));
  if (unread.length > 0)
    throw new UserError(
      `${stack.file}: ${unread.join(", ")} does not run on a laptop, read are ${TRIGGERS.join(", ")}`,
    );
  const [factory, ...others] = stack.resources("azurerm_data_factory", dataFactory);
  if (factory === undefined || others.length > 0)
    throw new UserError(
      `${stack.file}: exactly one azurerm_data_factory is expected, found ${others.length + (factory ? 1 : 0)}`,
    );
  return {
    name: factory.name,
    globalParameters: Object.fromEntries(
      factory.global_parameter.map(({ name, type, value }) => [
        name,
        { type, value: globalParameter(`${stack.file}: global parameter ${name}`, type, value) },
      ]),
    ),
    pipelines: stack
      .resources("azurerm_data_factory_pipeline", pipeline)
      .map((resource) => pipelineSource(resource, readActivities(stack, resource.name, resource.activities_json))),
    triggers: [
      ...stack.resources(BLOB_EVENT, blobEventTrigger).map(blobEventsTriggerSource),
      ...stack.resources(SCHEDULE, scheduleTrigger).map(scheduleTriggerSource),
    ],
  };
}

/** The provider writes every value as a string beside its type. */
function globalParameter(place: string, type: string, value: string): Json {
  if (type === "String") return value;
  return parseJson(place, z.json(), type === "Bool" ? value.toLowerCase() : value);
}

function readActivities(stack: Stack, name: string, text: string): readonly unknown[] {
  try {
    return z.array(z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new UserError(`${stack.file}: activities_json of pipeline "${name}" is not a JSON array`);
  }
}

/** The files of the stacks, by name. */
function stackFiles(folder: string): ReadonlyMap<string, string> {
  const file = path.join(folder, "manifest.json");
  if (!existsSync(file)) throw new UserError(`${folder} is not a synthesized folder: it has no manifest.json`);
  const { stacks } = readJson(file, manifest);
  return new Map(
    Object.entries(stacks).map(([name, { synthesizedStackPath }]) => [name, path.join(folder, synthesizedStackPath)]),
  );
}

class Stack {
  readonly folder: string;
  private readonly resource: z.output<typeof stackJson>["resource"];

  constructor(readonly file: string) {
    this.folder = path.dirname(file);
    this.resource = readJson(file, stackJson).resource;
  }

  /** The types of its resources. */
  get types(): readonly string[] {
    const found = Object.entries(this.resource);
    return found.filter(([, byId]) => Object.keys(byId).length > 0).map(([type]) => type);
  }

  /** The resources of a type, each with the shape that is asked for. */
  resources<T>(type: string, shape: z.ZodType<T>): readonly T[] {
    const found = Object.entries(this.resource[type] ?? {});
    return found.map(([id, value]) => checked(`${this.file}: ${type}.${id}`, shape, value));
  }
}
