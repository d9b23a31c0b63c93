import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { namesOf } from "../../../environments/naming";
import { load } from "../../../environments/load";
import { parseCommandLine } from "../../../local/job/options";
import { deployed, laptop } from "../../../operations/model/place";
import { environmentOf, parametersOf } from "../../../operations/model/program";
import { parseModelRequest } from "../../../operations/model/request";
import { AzureService } from "../azure-service";

const dev = load("dev");
const names = namesOf(dev);
const WORKSPACE = `/subscriptions/S/resourceGroups/${names.resourceGroup}/providers/Microsoft.Databricks/workspaces/${names.workspace}`;

const asked: (string | string[])[] = [];
const credential = {
  getToken: async (scopes: string | string[]) => {
    asked.push(scopes);
    return { token: "secret", expiresOnTimestamp: Date.now() + 3_600_000 };
  },
};
const environment = (azure: AzureService) => deployed(dev, azure.manager, credential, { httpClient: azure });
const service = () =>
  new AzureService({
    [`GET ${WORKSPACE}`]: () => ({ properties: { workspaceUrl: "adb-1.2.azuredatabricks.net" } }),
    ["GET /api/2.0/preview/scim/v2/Me"]: () => ({ userName: "ada@plant.example" }),
  });

describe("a deployed environment", () => {
  test("its model is in Unity Catalog, and whoever is signed in is at work", async () => {
    expect(await environment(service())).toMatchObject({
      model: "pdm_dev_d01.predictive_maintenance.predictive_maintenance",
      by: "ada@plant.example",
      variables: {
        DATABRICKS_HOST: "https://adb-1.2.azuredatabricks.net",
        MLFLOW_TRACKING_URI: "databricks",
        MLFLOW_REGISTRY_URI: "databricks-uc",
      },
    });
    expect(asked.at(-1)).toBe("2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default");
  });

  test("the token is in the program's environment, and never on its command line", async () => {
    const place = await environment(service());
    const request = parseModelRequest(["promote", "3", "--force", "--no-such option", "--environment", "dev"])!;
    expect(parametersOf(request, place)).toEqual([
      "promote",
      `--model=${names.model}`,
      "--by=ada@plant.example",
      "--version=3",
      "--reason=--no-such option",
      "--force",
    ]);
    expect(environmentOf(place, "root", {})["DATABRICKS_TOKEN"]).toBe("secret");
  });

  test("the user's own settings of Databricks and MLflow do not lead elsewhere", async () => {
    const own = { PATH: "p", DATABRICKS_CONFIG_PROFILE: "other", MLFLOW_REGISTRY_URI: "elsewhere" };
    const given = environmentOf(await environment(service()), "root", own);
    expect(given).toMatchObject({ PATH: "p", PYTHONPATH: join("root", "notebooks") });
    expect(given).not.toHaveProperty("DATABRICKS_CONFIG_PROFILE");
    expect(given["MLFLOW_REGISTRY_URI"]).toBe("databricks-uc");
  });

  test("a workspace that is not there is one line", async () => {
    await expect(environment(new AzureService({}))).rejects.toThrow(
      `there is no workspace ${names.workspace} in ${names.resourceGroup}: deploy the environment's stacks first`,
    );
  });
});

describe("a laptop", () => {
  let out = "";
  beforeEach(() => (out = mkdtempSync(join(tmpdir(), "model-test-"))));
  afterEach(() => rmSync(out, { recursive: true }));

  test("the model of the last run is in the folder's own MLflow", () => {
    mkdirSync(join(out, "state"));
    const { options } = parseCommandLine(["--environment", "test"])!;
    writeFileSync(join(out, "state", "options.json"), JSON.stringify(options));
    const { model, variables } = laptop(out);
    const store = pathToFileURL(join(out, "state", "mlruns")).href;
    expect(model).toBe(namesOf(load("test")).model);
    expect(variables).toEqual({ MLFLOW_TRACKING_URI: store, MLFLOW_REGISTRY_URI: store });
  });

  test("a folder without a run is one line", () => {
    expect(() => laptop(out)).toThrow(`${out} holds no run yet: start with npm start, or name an --environment`);
  });
});
