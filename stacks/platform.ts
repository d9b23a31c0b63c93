import type { App } from "cdktf";
import { namesOf } from "../environments/naming";
import { readRelease } from "../components/release/release";
import type { EnvironmentSettings } from "../environments/settings/settings";
import { readNotebooks } from "../pipelines/language/notebooks";
import { Bootstrap } from "./bootstrap";
import { DataFactory } from "./data-factory";
import { Databricks } from "./databricks";
import { Foundation } from "./foundation";
import { Observability } from "./observability";

/** The stacks of one environment, in the order in which they are deployed, the bootstrap once; the Python files of `folder` are released. */
export function platform(app: App, settings: EnvironmentSettings, folder: string): void {
  const { workspaceFolder, linkedService } = namesOf(settings);
  const notebooks = readNotebooks(folder);
  const release = readRelease(folder, workspaceFolder);
  new Bootstrap(app, settings);
  const foundation = new Foundation(app, settings);
  const databricks = new Databricks(app, settings, { foundation, release });
  const dataFactory = new DataFactory(app, settings, {
    foundation,
    databricks,
    release: { root: release.root, notebooks, linkedServiceName: linkedService },
  });
  new Observability(app, settings, { foundation, dataFactory });
}
