import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import type { z } from "zod";
import { namesOf } from "./naming";
import { misplaced, ordered } from "./promotion";
import { environmentSettings, type EnvironmentSettings } from "./settings/settings";

/** What is wrong with the environments, all of it in one message; the reader needs no stack trace. */
export class EnvironmentError extends Error {}

/** Every environment, valid, in the order of promotion. Throws `EnvironmentError`. */
export function all(): readonly EnvironmentSettings[] {
  return ordered(validate(readFiles()));
}

/** What the files of this folder export by default: an environment each. */
function readFiles(): Readonly<Record<string, unknown>> {
  const read = createRequire(__filename);
  const files = readdirSync(__dirname).filter((file) => file.endsWith(".ts") && file !== basename(__filename));
  return Object.fromEntries(
    files.flatMap((file) => {
      const exported: unknown = read(join(__dirname, file));
      return isObject(exported) && "default" in exported ? [[basename(file, ".ts"), exported["default"]]] : [];
    }),
  );
}

/** One environment by its name. Throws `EnvironmentError` when no environment has it, or any is broken. */
export function load(name: string): EnvironmentSettings {
  const environments = all();
  const found = environments.find((environment) => environment.name === name);
  if (found) return found;
  const known = environments.map((environment) => environment.name).join(", ");
  throw new EnvironmentError(`There is no environment "${name}"; the environments are ${known}.`);
}

/** Checks environments, each under the name of its file. Throws one `EnvironmentError` with the problems of all of them. */
export function validate(files: Readonly<Record<string, unknown>>): readonly EnvironmentSettings[] {
  const results = Object.values(files).map((literal) => environmentSettings.safeParse(literal));
  const problems = [
    ...Object.keys(files).flatMap((file, index) =>
      (results[index]?.error?.issues ?? []).flatMap((issue) => describe(file, issue, files)),
    ),
    ...repeated(["name"], files),
    ...repeated(["state", "storageAccountName"], files),
    ...sharedNames(files),
    ...misplaced(files),
  ];
  if (problems.length > 0) throw new EnvironmentError(["The environments are not valid:", ...problems].join("\n  "));
  return results.flatMap((result) => result.data ?? []);
}

function describe(file: string, issue: z.core.$ZodIssue, files: Readonly<Record<string, unknown>>): readonly string[] {
  const path = [file, ...issue.path];
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => `${[...path, key].join(".")} is not a setting; allowed: ${issue.message}`);
  const value = valueAt(files, path);
  const allowed = issue.code === "invalid_key" ? issue.issues[0]?.message : issue.message;
  return [`${path.join(".")} is ${value === undefined ? "missing" : JSON.stringify(value)}; allowed: ${allowed}`];
}

function repeated(path: readonly string[], files: Readonly<Record<string, unknown>>): readonly string[] {
  const owners = new Map<unknown, string>();
  return Object.keys(files).flatMap((file) => {
    const value = valueAt(files, [file, ...path]);
    const owner = owners.get(value);
    const property = path.join(".");
    if (owner !== undefined)
      return [`${file}.${property} is ${JSON.stringify(value)}; allowed: a value other than ${owner}.${property}`];
    if (value !== undefined) owners.set(value, file);
    return [];
  });
}

/** Names that two environments would give to what can exist once; asked of whatever has project, name and suffix, valid or not. */
function sharedNames(files: Readonly<Record<string, unknown>>): readonly string[] {
  const owners = new Map<string, string>();
  return Object.keys(files).flatMap((file) => {
    const [project, name, suffix] = ["project", "name", "suffix"].map((property) => valueAt(files, [file, property]));
    if (typeof project !== "string" || typeof name !== "string" || typeof suffix !== "string") return [];
    const names = namesOf({ project, name, suffix });
    return (["storageAccount", "resourceGroup", "dataFactory", "catalog"] as const).flatMap((kind) => {
      const owner = owners.get(names[kind]);
      owners.set(names[kind], owner ?? file);
      if (owner === undefined) return [];
      return [
        `${file}.suffix is "${suffix}"; allowed: one that gives ${kind} a name other than "${names[kind]}", which ${owner} uses`,
      ];
    });
  });
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((value, key) => (isObject(value) ? value[key] : undefined), root);
}

const isObject = (value: unknown): value is Readonly<Record<PropertyKey, unknown>> =>
  typeof value === "object" && value !== null;
