import path from "node:path";
import { factoryRoutes, jobsRoutes, LoopbackServer, SubmittedRuns } from "azure-laptop";
import type { Cleanup } from "../command/cleanup";
import type { Progress } from "../command/progress";
import { CONNECTION_STRING } from "../storage/azurite";
import { removeAddress, writeAddress } from "./address";
import { startMonitor } from "./monitor";
import type { Platform } from "./platform";
import type { RunFolder } from "./run-folder";

/** Answers as Azure does for the factory, and as Databricks for its notebooks, to any client that finds the address, until the clean-up. */
export async function serve(
  { factory, activities, notebooks, blueprint }: Platform,
  { out }: RunFolder,
  root: string,
  progress: Progress,
  cleanup: Cleanup,
): Promise<void> {
  const submitted = new SubmittedRuns(notebooks, factory.clock);
  cleanup.add(() => submitted.cancelAll());
  const routes = [...factoryRoutes({ factory, activities, location: "local" }), ...jobsRoutes(() => submitted)];
  const onUnknown = (request: string) => progress.say(`  not answered: ${request}`);
  const { endpoint, token, certificate } = await cleanup.addWhenStarted(
    LoopbackServer.start({ routes, onUnknown }),
    async (server) => {
      removeAddress(out);
      await server.stop();
    },
  );
  writeAddress(out, { pid: process.pid, endpoint, token, certificate, storage: CONNECTION_STRING });
  const { environment } = blueprint.synthesized;
  progress.say(
    `Data Factory's REST API is at ${endpoint}; npm run triggers -- stop --environment ${environment} --local ${path.relative("", out)} turns triggers off`,
  );
  startMonitor({ environment, out, root }, (line) => progress.say(line), cleanup);
}
