import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { load } from "../../environments/load";
import { readRuntime } from "../../local/command/runtime";
import { signIn } from "../azure";
import { runOperation } from "../command";
import { ResourceManager } from "../resource-manager";
import { deployed, laptop, type Place } from "./place";
import { environmentOf, parametersOf } from "./program";
import { parseModelRequest, type ModelRequest } from "./request";

async function placeOf({ environment, out }: ModelRequest): Promise<Place> {
  if (environment === undefined) return laptop(out);
  const settings = load(environment);
  const azure = signIn(process.env);
  return deployed(settings, new ResourceManager(azure), azure.credential);
}

void runOperation(async () => {
  const request = parseModelRequest(process.argv.slice(2));
  if (request === undefined) return;
  const root = resolve(__dirname, "../..");
  const place = await placeOf(request);
  const { status, error } = spawnSync(
    readRuntime(root).python,
    [join(__dirname, "model.py"), ...parametersOf(request, place)],
    { stdio: "inherit", env: environmentOf(place, root, process.env) },
  );
  if (error !== undefined) throw error;
  process.exitCode = status ?? 1;
});
