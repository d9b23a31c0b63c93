import { factoryRoutes, LoopbackServer } from "azure-laptop";
import type { Cleanup } from "../command/cleanup";
import type { Progress } from "../command/progress";
import { CONNECTION_STRING } from "../storage/azurite";
import { removeAddress, writeAddress } from "./address";
import type { Platform } from "./platform";
import type { RunFolder } from "./run-folder";

/** Answers for the factory as Azure does, for commands with `--local` and for any client of Data Factory, until the clean-up. */
export async function serve(
  { factory, activities }: Platform,
  { out }: RunFolder,
  progress: Progress,
  cleanup: Cleanup,
): Promise<void> {
  const routes = factoryRoutes({ factory, activities, location: "local" });
  const onUnknown = (request: string) => progress.say(`  not answered: ${request}`);
  const { endpoint, token, certificate } = await cleanup.addWhenStarted(
    LoopbackServer.start({ routes, onUnknown }),
    async (server) => {
      removeAddress(out);
      await server.stop();
    },
  );
  writeAddress(out, { pid: process.pid, endpoint, token, certificate, storage: CONNECTION_STRING });
  progress.say(
    `Data Factory's REST API is at ${endpoint}. With --environment NAME --local: npm run monitor shows all in a browser, npm run triggers turns triggers on and off`,
  );
}
