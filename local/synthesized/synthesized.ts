import { existsSync } from "node:fs";
import path from "node:path";
import { FactoryError, type FactoryDefinition, openFactory } from "adf-local";
import type { z } from "zod";
import { checked, readJson } from "../../command-line/json";
import { UserError } from "../../command-line/user-error";
import type { WorkspaceFile } from "../cluster/workspace";
import { container, manifest, stackJson, workspaceFile } from "./terraform-resources";

/** What one environment deploys, as far as it runs on a laptop. Read from `cdktf.out` and from nowhere else. */
export interface Synthesized {
  readonly environment: string;
  readonly containers: readonly string[];
  readonly definition: FactoryDefinition;
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
    return found;
  };
  const databricks = new Stack(stack("databricks"));
  return {
    environment,
    containers: new Stack(stack("foundation"))
      .resources("azurerm_storage_container", container)
      .map(({ name }) => name),
    definition: readFactory(stack("data-factory")),
    workspaceFiles: (["databricks_notebook", "databricks_workspace_file"] as const).flatMap((type) =>
      databricks.resources(type, workspaceFile).map(({ path: workspacePath, source }) => ({
        path: workspacePath,
        source: path.resolve(databricks.folder, source),
        isNotebook: type === "databricks_notebook",
      })),
    ),
  };
}

/** What the package reads of the stack. Its problems are those of whoever synthesized it. */
function readFactory(file: string): FactoryDefinition {
  try {
    return openFactory(file);
  } catch (error) {
    if (error instanceof FactoryError) throw new UserError(`${file}: ${error.message}`);
    throw error;
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

  constructor(private readonly file: string) {
    this.folder = path.dirname(file);
    this.resource = readJson(file, stackJson).resource;
  }

  /** The resources of a type, each with the shape that is asked for. */
  resources<T>(type: string, shape: z.ZodType<T>): readonly T[] {
    const found = Object.entries(this.resource[type] ?? {});
    return found.map(([id, value]) => checked(`${this.file}: ${type}.${id}`, shape, value));
  }
}
