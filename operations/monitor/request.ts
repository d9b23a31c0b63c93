import { InvalidArgumentError } from "commander";
import { parseRequest } from "../command";
import { type LocalOptions, localOption } from "../laptop";

const DESCRIPTION =
  "Serves a page, on this machine alone, that shows pipelines, runs, activities and triggers of an environment: of the deployed one, or with --local of what npm start -- --watch runs. Ctrl-C stops.";

export interface MonitorOptions extends LocalOptions {
  /** 0: a free one. */
  readonly port: number;
}

export const readRequest = (parameters: readonly string[]) =>
  parseRequest<"monitor", MonitorOptions>("monitor", DESCRIPTION, ["monitor"], parameters, (program) =>
    program.addOption(localOption()).option("--port <port>", "where it is served (default: a free port)", port, 0),
  );

function port(value: string): number {
  if (/^\d{1,5}$/.test(value) && Number(value) < 2 ** 16) return Number(value);
  throw new InvalidArgumentError("allowed: 0 to 65535");
}
