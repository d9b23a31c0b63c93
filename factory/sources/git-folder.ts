import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { FactoryError } from "../factory-error";
import { findName } from "../json";
import type { Problem } from "../problem";
import { readJsonFile } from "./json-file";
import { type FactoryParts, nameOf, type Part } from "./parts";

/** The folders whose resources activities refer to, with the types of the references. */
const REFERABLE = {
  LinkedServiceReference: "linkedService",
  DatasetReference: "dataset",
  DataFlowReference: "dataflow",
  IntegrationRuntimeReference: "integrationRuntime",
  CredentialReference: "credential",
} as const;

const factoryFile = z.looseObject({
  name: z.string().min(1),
  properties: z.looseObject({ globalParameters: z.unknown().optional() }).optional(),
});

/** Whether a folder looks as Data Factory's git integration writes it. */
export function isGitFolder(folder: string): boolean {
  return filesOf(folder, "pipeline").length > 0 || filesOf(folder, "factory").length > 0;
}

/** Reads a folder as Data Factory's git integration writes it: a folder for each kind, a file for each resource. */
export function readGitFolder(folder: string): FactoryParts {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const read = (kind: string): readonly Part[] =>
    filesOf(folder, kind).flatMap((file) => {
      const shown = path.relative(folder, file).split(path.sep).join("/");
      try {
        return [{ file: shown, json: readJsonFile(file, shown) }];
      } catch (error) {
        if (!(error instanceof FactoryError)) throw error;
        problems.push(...error.problems);
        return [];
      }
    });
  const pipelines = read("pipeline");
  const triggers = read("trigger");
  const factories = read("factory").flatMap(({ file, json }) => {
    const { data } = factoryFile.safeParse(json);
    return data === undefined ? [] : [{ file, ...data }];
  });
  const [factory] = factories;
  if (factories.length > 1)
    warnings.push({
      file: factory?.file,
      message: `of several factories this one is read, not ${factories
        .slice(1)
        .map(({ file }) => file)
        .join(", ")}`,
    });
  const referable = Object.entries(REFERABLE).map(([type, kind]) => [type, read(kind)] as const);
  const partsOf = new Map(referable);
  return {
    name: factory?.name ?? path.basename(path.resolve(folder)),
    globalParameters: {
      ...(factory?.file !== undefined && { file: factory.file }),
      json: factory?.properties?.globalParameters,
      isComplete: factory !== undefined,
    },
    pipelines,
    triggers,
    datasets: partsOf.get("DatasetReference") ?? [],
    linkedServices: partsOf.get("LinkedServiceReference") ?? [],
    referable: new Map(referable.map(([type, parts]) => [type, parts.flatMap((part) => nameOf(part) ?? [])])),
    problems,
    warnings,
  };
}

/** The files of a kind, in the order of their names. Folders are found whatever their case. */
function filesOf(folder: string, kind: string): readonly string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  const name = findName(readdirSync(folder), kind);
  if (name === undefined || !statSync(path.join(folder, name)).isDirectory()) return [];
  return readdirSync(path.join(folder, name))
    .filter((file) => file.toLowerCase().endsWith(".json"))
    .sort()
    .map((file) => path.join(folder, name, file));
}
