import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { isSameName } from "../json";
import type { Problem } from "../problem";
import { evaluateTemplate } from "./arm-expression";
import { readResources } from "./arm-resources";
import type { FactoryParts, Part } from "./parts";

/** The files that an export writes: the whole, or a template that deploys the others. */
const TEMPLATES = ["ARMTemplateForFactory.json", "ArmTemplate_master.json", "linkedTemplates/ArmTemplate_master.json"];

/** The kinds of resources that activities refer to, with the types of the references. */
const REFERABLE = {
  LinkedServiceReference: "linkedServices",
  DatasetReference: "datasets",
  DataFlowReference: "dataflows",
  IntegrationRuntimeReference: "integrationRuntimes",
  CredentialReference: "credentials",
} as const;

/** The template that a path names: a file of JSON, or the one in a folder as the portal exports it. */
export function templateAt(place: string): string | undefined {
  if (!statSync(place).isDirectory()) return place.toLowerCase().endsWith(".json") ? place : undefined;
  return TEMPLATES.map((name) => path.join(place, name)).find((file) => existsSync(file));
}

/** Reads an exported template. Values of its parameters are their defaults, or those of the parameter file beside it. */
export function readArmTemplate(file: string): FactoryParts {
  const problems: Problem[] = [];
  const broken: Problem[] = [];
  const resources = readResources(file, { problems, broken });
  const shown = path.basename(file);
  const of = (kind: string) => resources.filter((resource) => isSameName(resource.kind, kind));
  const parts = (kind: string, one: string): readonly Part[] =>
    of(kind).map(({ file: from, name, why, properties, values }) => {
      if (why !== undefined) problems.push({ file: from, resource: one, message: why });
      const problem = (message: string) => problems.push({ file: from, resource: `${one} "${name}"`, message });
      return { file: from, json: { name, properties: evaluateTemplate(properties, values, problem) } };
    });
  // A template may also deploy what is no data factory.
  if (of("pipelines").length === 0) problems.push(...broken);
  // The name of a linked service is a parameter in most templates, and its value one of the deployment.
  const referred = (kind: string): readonly Part[] =>
    of(kind).map(({ file: from, name, properties, values }) => {
      const why: string[] = [];
      evaluateTemplate(typed.parse(properties).typeProperties, values, (problem) => why.push(problem));
      const json = { name, properties: evaluateTemplate(properties, values, () => undefined) };
      return { file: from, json, ...(why.length > 0 && { problem: why.join(", ") }) };
    });
  const [factory] = of("factory");
  const [own] = of("globalParameters");
  const global = own?.properties ?? factoryProperties.parse(factory?.properties).globalParameters;
  const values = (own ?? factory ?? resources[0])?.values;
  const name = (factory?.why === undefined ? factory?.name : undefined) ?? values?.parameters.get("factoryname");
  return {
    name: typeof name === "string" && name !== "" ? name : shown,
    globalParameters: {
      file: shown,
      json: values && evaluateTemplate(global, values, () => undefined),
      isComplete: factory !== undefined || own !== undefined,
    },
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
    warnings: of("pipelines").length === 0 ? [] : broken,
  };
}

const factoryProperties = z.looseObject({ globalParameters: z.unknown().optional() }).catch({});

const typed = z.looseObject({ typeProperties: z.unknown().optional() }).catch({});
