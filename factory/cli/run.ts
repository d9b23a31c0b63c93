import { z } from "zod";
import { Factory } from "../factory";
import { FactoryError } from "../factory-error";
import { findName, json, type JsonObject } from "../json";
import { openFactory } from "../load";
import { FileHistory } from "../runs/run-history";
import { readJsonFile } from "../sources/json-file";
import { type CommandLine, required, UsageError } from "./command-line";
import type { ExitCode, Output } from "./main";
import { eventLine } from "./show";
import { readStubs } from "./stubs";

/** Runs one pipeline with what stands for its notebooks, and shows what happens. */
export async function run(line: CommandLine, { out }: Output): Promise<ExitCode> {
  const place = required(line, "factory");
  if (line.subject === undefined) throw new UsageError("run needs a PIPELINE");
  const definition = openFactory(place, line.subject);
  const names = definition.pipelines.map(({ name }) => name);
  const factory = new Factory(definition, {
    notebooks: readStubs(line.stubs),
    observe: (event) => eventLine(event).forEach((text) => out(text)),
    ...(line.history !== undefined && { history: new FileHistory(line.history) }),
  });
  const { status } = await factory.run(findName(names, line.subject) ?? line.subject, readParameters(line.parameters));
  return status === "Succeeded" ? 0 : 1;
}

const parameters = z.record(z.string(), json);

function readParameters(file: string | undefined): JsonObject {
  if (file === undefined) return {};
  const { data } = parameters.safeParse(readJsonFile(file));
  if (data === undefined) throw new FactoryError(`${file}: expected an object of parameters and their values`);
  return data;
}
