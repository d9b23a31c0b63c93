import { resolve } from "node:path";
import { load } from "../../environments/load";
import { runCommand } from "../../local/command/command";
import { runOperation } from "../command";
import { factoryOf } from "../factory";
import { azureOf } from "../laptop";
import { PipelineRuns } from "../pipeline-runs";
import { backfill } from "./backfill";
import { DeployedRuns } from "./deployed-runs";
import { backfillOnLaptop } from "./on-laptop";
import { parseBackfillRequest } from "./request";

/** The longest that a run of one month can take: its activities' timeouts with their retries, and a run before it. */
const PATIENCE = { timeout: 36 * 60 * 60_000, interval: 15_000 };

const STOPPED = "stopped; the same command goes on with the part that was under way";

void runOperation(async () => {
  const request = parseBackfillRequest(process.argv.slice(2));
  if (request === undefined) return;
  const { environment, from, to, modelVersion = "", since } = request;
  if (environment === undefined) {
    const root = resolve(__dirname, "../..");
    await runCommand(STOPPED, (context) => backfillOnLaptop({ request, root, ...context }));
    return;
  }
  const runs = new PipelineRuns(factoryOf(load(environment), azureOf(request, process.env)));
  const props = { from, to, modelVersion, since, say: (line: string) => console.log(line) };
  console.log(await backfill({ runs: new DeployedRuns(runs, PATIENCE), ...props }));
});
