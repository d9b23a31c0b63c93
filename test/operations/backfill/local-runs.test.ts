import { Factory, loadFactory, type NotebookRunner } from "adf-local";
import { backfill } from "../../../operations/backfill/backfill";
import { LocalRuns } from "../../../operations/backfill/local-runs";
import { backfill as backfillPipeline } from "../../../pipelines/backfill";
import { globalParameterNames } from "../../../pipelines/global-parameters";
import { activitiesJson } from "../../../pipelines/language/render";
import { plantRelease } from "../../pipelines/language/example";

const { name, parameters } = backfillPipeline(plantRelease, "lake/");
const definition = loadFactory({
  name: "adf",
  globalParameters: Object.fromEntries(globalParameterNames.map((one) => [one, { type: "String", value: one }])),
  pipelines: [
    {
      name,
      properties: {
        activities: JSON.parse(activitiesJson(backfillPipeline(plantRelease, "lake/"))),
        parameters: Object.fromEntries(
          Object.keys(parameters).map((one) => [one, { type: "String", defaultValue: "" }]),
        ),
      },
    },
  ],
});

/** The notebooks of a release: each window range that is scored, and a failure of one that begins with `fails`. */
class Notebooks implements NotebookRunner {
  readonly scored: string[] = [];
  fails = "";

  async run(path: string, { start_date = "" }: Readonly<Record<string, string>>) {
    if (this.fails !== "" && start_date.startsWith(this.fails)) throw new Error("disk is full");
    if (path.endsWith("/scoring")) this.scored.push(start_date.slice(0, 7));
    const exitValue = JSON.stringify({ rows: 10, alerts: 1, model_version: "1", status: "scored" });
    return { exitValue, seconds: 1 };
  }
}

test("on a laptop, too, a part that failed is named, and the same command goes on there, unless the release has changed", async () => {
  const notebooks = new Notebooks();
  const factory = new Factory(definition, { notebooks, retries: false });
  const run = (release = "1a2b") => {
    const runs = new LocalRuns(factory, `/predictive-maintenance/dev/${release}/scoring`);
    const range = { from: "2015-01-01", to: "2015-03-31", modelVersion: "", since: undefined };
    return backfill({ runs, ...range, say: () => undefined });
  };

  notebooks.fails = "2015-02";
  await expect(run()).rejects.toThrow(
    /^part 2 of 3, 2015-02-01 to 2015-02-28: backfill \S+ is Failed: feature_engineering: disk is full; the same command/,
  );
  notebooks.fails = "";
  expect(await run()).toMatch(/^30 windows are as version 1 says, the champion of 20/);
  expect(notebooks.scored).toEqual(["2015-01", "2015-02", "2015-03"]);

  await expect(run("3c4d")).rejects.toThrow("the same command computes 3 of 3 parts again");
  expect(notebooks.scored).toHaveLength(6);
});
