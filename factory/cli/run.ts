import { z } from "zod";
import { Factory } from "../factory";
import { FactoryError } from "../factory-error";
import { findName, json, type JsonObject } from "../json";
import { openFactory } from "../load";
import { readJsonFile } from "../sources/json-file";
import { type CommandLine, required, timeOf, UsageError } from "./command-line";
import type { ExitCode, Output } from "./main";
import { FileHistory } from "../runs/run-history";
import { readStubs } from "../runs/stubs";
import { AzureBlobStore } from "../storage/azure-blob-store";
import { runTriggers } from "./run-triggers";
import { eventLines } from "./show";
import { VirtualClock } from "../virtual-clock";

/**
 * Runs one pipeline with what stands for its activities, and shows what happens. Without a pipeline it is what the triggers start between
 * `--clock` and `--until`.
 */
export async function run(line: CommandLine, output: Output): Promise<ExitCode> {
  const place = required(line, "factory");
  const start = timeOf(line, "clock");
  const until = timeOf(line, "until");
  if (line.subject === undefined && (start === undefined || until === undefined))
    throw new UsageError("run needs a PIPELINE, or --clock and --until to run what the triggers start");
  if (line.subject !== undefined && until !== undefined) throw new UsageError("--until is for a run without PIPELINE");
  const definition = openFactory(place, line.subject);
  const factory = new Factory(definition, {
    ...(line.stubs !== undefined && { stubs: readStubs(readJsonFile(line.stubs), line.stubs) }),
    observe: (event) => eventLines(event).forEach((text) => output.out(text)),
    ...(start !== undefined && { clock: new VirtualClock(start) }),
    ...(line.storage !== undefined && { blobs: await AzureBlobStore.connect(line.storage) }),
    ...(line.history !== undefined && { history: new FileHistory(line.history) }),
  });
  if (line.subject === undefined) return runTriggers(factory, until ?? factory.clock.now(), output);
  const names = definition.pipelines.map(({ name }) => name);
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
