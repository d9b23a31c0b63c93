import { readdirSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../command-line/user-error";
import { EnvironmentError } from "../../environments/load";
import { parseCloudOptions } from "../../local/cloud/options";
import { parseExploration } from "../../local/explore/options";
import { parseCommandLine } from "../../local/job/options";
import { parseBackfillRequest } from "../../operations/backfill/request";
import { readRequest as readBootstrap } from "../../operations/bootstrap/request";
import { readNotice } from "../../operations/ci/request";
import { readRequest as readDeploy } from "../../operations/deploy/request";
import { readRequest as readEndpoints } from "../../operations/endpoints/request";
import { parseModelRequest } from "../../operations/model/request";
import { readRequest as readLand } from "../../operations/land/request";
import { readRequest as readMonitor } from "../../operations/monitor/request";
import { readRequest as readPreflight } from "../../operations/preflight/request";
import { readRequest as readTriggers } from "../../operations/triggers/request";
import { readRehearsal } from "../../operations/verify/request";
import { read } from "./documents";
import type { Call } from "./run";
import { repository } from "../repository";

const { scripts } = JSON.parse(read("package.json")) as { readonly scripts: Readonly<Record<string, string>> };

/** What reads the parameters of a command. */
const PARSERS: Readonly<Record<string, (parameters: readonly string[]) => unknown>> = {
  start: parseCommandLine,
  notebook: parseExploration,
  model: parseModelRequest,
  backfill: (parameters) => parseBackfillRequest(parameters),
  bootstrap: readBootstrap,
  deploy: readDeploy,
  endpoints: readEndpoints,
  land: readLand,
  cloud: parseCloudOptions,
  monitor: readMonitor,
  preflight: readPreflight,
  triggers: readTriggers,
  ci: readNotice,
  verification: readRehearsal,
};

/** What a reader fills in, by something that is there. */
const FILLED: Readonly<Record<string, string>> = {
  FILE: "package.json",
  DAY: "2015-01-31",
  NAME: "dev",
  PATTERN: "scoring",
  VERSION: "3",
  N: "20",
};

/** What is wrong with how a document calls one of our own commands. */
export function ownProblems({ line, words }: Call): readonly string[] {
  const [, verb, ...rest] = words;
  const name = verb === "run" ? rest[0] : verb;
  const told = (problem: string) => `${line}: ${words.join(" ")}: ${problem}`;
  if (words.join(" ") === "npm ci") return [];
  if (name === undefined || scripts[name] === undefined) return [told("there is no such script")];
  if (!words.includes("--")) return [];
  const parameters = words.slice(words.indexOf("--") + 1).map((word) => FILLED[word] ?? word);
  const parse = PARSERS[name];
  if (parse !== undefined) return mistake(() => parse(parameters)).map(told);
  if (name === "bench") return unknownToBench(parameters).map(told);
  if (name === "test:notebooks")
    return unknownToPytest(parameters).map((word) => told(`no test of test/python has ${word} in its name`));
  if (name === "test:faults") return unknownToTests(parameters).map((option) => told(`test/main.ts has no ${option}`));
  return [told("test/docs/own-commands.ts does not know what reads its parameters")];
}

function mistake(parse: () => unknown): readonly string[] {
  try {
    parse();
    return [];
  } catch (error) {
    if (!(error instanceof UserError || error instanceof EnvironmentError)) throw error;
    return [error.message];
  }
}

function unknownToBench(parameters: readonly string[]): readonly string[] {
  const program = parameters[0] === "quality" ? "bench/quality_table.py" : "bench/main.py";
  const source = read(program);
  const has = (option: string) => new RegExp(`add_argument\\(\\s*"${option}"`).test(source);
  const unknown = parameters.filter((word) => word.startsWith("--") && !has(word));
  return unknown.map((option) => `${program} has no ${option}`);
}

function unknownToTests(parameters: readonly string[]): readonly string[] {
  const program = read("test/main.ts");
  return parameters.filter((word) => word.startsWith("--") && !new RegExp(`"${word}[ "]`).test(program));
}

function unknownToPytest(parameters: readonly string[]): readonly string[] {
  const tests = readdirSync(join(repository, "test", "python"), { recursive: true, encoding: "utf8" });
  return parameters.filter((word) => !tests.some((path) => path.endsWith(".py") && path.includes(word)));
}
