import type { App } from "cdktf";
import { join } from "node:path";
import { namesOf } from "../components/naming";
import { readRelease } from "../components/release";
import type { EnvironmentSettings } from "../environments/settings";
import { DataFactory } from "./data-factory";
import { Databricks } from "./databricks";
import { Foundation } from "./foundation";

const NOTEBOOKS = join(__dirname, "..", "notebooks");

/** The stacks of one environment, in the order in which they are deployed. */
export function platform(app: App, settings: EnvironmentSettings): void {
  const release = readRelease(NOTEBOOKS, namesOf(settings).workspaceFolder);
  const foundation = new Foundation(app, settings);
  const databricks = new Databricks(app, settings, { foundation, release });
  new DataFactory(app, settings, { foundation, databricks });
}
