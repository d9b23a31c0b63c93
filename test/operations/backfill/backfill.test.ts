import { backfill } from "../../../operations/backfill/backfill";
import { DeployedRuns } from "../../../operations/backfill/deployed-runs";
import { PipelineRuns } from "../../../operations/pipeline-runs";
import { FactoryService } from "../factory-service";

const RELEASE = "/plant/1a2b/scoring";
const MONTHS = [
  { from: "2015-01-01T00:00:00Z", to: "2015-01-31T23:59:59Z", model_version: "" },
  { from: "2015-02-01T00:00:00Z", to: "2015-02-28T23:59:59Z", model_version: "" },
  { from: "2015-03-01T00:00:00Z", to: "2015-03-31T23:59:59Z", model_version: "" },
];

let service: FactoryService;
let said: string[];

beforeEach(() => {
  jest.spyOn(console, "log").mockImplementation(() => undefined);
  service = new FactoryService({});
  service.pipelines["backfill"] = { scoring: RELEASE };
  said = [];
});
afterEach(() => jest.restoreAllMocks());

interface Scored {
  readonly rows?: number;
  readonly version?: string;
  readonly status?: string;
  readonly notebook?: string;
}

/** What the activities of a run say that scored. */
function scored({ rows = 62, version = "5", status = "scored", notebook = RELEASE }: Scored = {}): readonly object[] {
  const runOutput = { rows, alerts: 2, model_version: version, status };
  return [
    { activityName: "feature_engineering", status: "Succeeded", output: { runOutput: { rows } } },
    { activityName: "scoring", status: "Succeeded", input: { notebookPath: notebook }, output: { runOutput } },
  ];
}

/** A run of an earlier command. */
function before(runId: string, parameters: Readonly<Record<string, string>>, status: string, outcome: Scored = {}) {
  const runStart = new Date(Date.UTC(2026, 10, 1, 0, service.runs.length)).toISOString();
  service.runs.push({ runId, pipelineName: "backfill", status, runStart, parameters });
  service.activities[runId] = scored(outcome);
}

/** Each run is under way when the factory is first asked about it, and has then ended as `end` says, by its id. */
function runsEnd(
  end: (id: string) => { readonly status?: string; readonly activities?: readonly object[] } = () => ({}),
) {
  const seen = new Set<string>();
  service.passTime = () => {
    for (const { runId, status } of service.runs)
      if (!seen.has(runId)) seen.add(runId);
      else if (status === "InProgress") {
        const { status: ended = "Succeeded", activities = scored() } = end(runId);
        service.activities[runId] = activities;
        service.end(runId, ended);
      }
  };
}

function run({ modelVersion = "", since }: { readonly modelVersion?: string; readonly since?: Date } = {}) {
  const runs = new DeployedRuns(new PipelineRuns(service.deployed), { timeout: 10_000, interval: 1 });
  return backfill({ runs, from: "2015-01-01", to: "2015-03-31", modelVersion, since, say: (line) => said.push(line) });
}

const started = () => service.runs.filter(({ runId }) => runId.startsWith("run-")).map(({ parameters }) => parameters);

test("a range is computed a month after the other, and told with what is left", async () => {
  runsEnd();
  expect(await run()).toMatch(/^186 windows are as version 5 says, the champion of 20/);
  expect(started()).toEqual(MONTHS);
  expect(said).toEqual([
    "2015-01-01 to 2015-03-31, by the champion: 3 of 3 parts to compute",
    "part 1 of 3, 2015-01-01 to 2015-01-31: run-1 has started",
    "part 1 of 3, 2015-01-01 to 2015-01-31: 62 windows, 2 alerts, by version 5; 2 left, about 1 min",
    "part 2 of 3, 2015-02-01 to 2015-02-28: run-2 has started",
    "part 2 of 3, 2015-02-01 to 2015-02-28: 62 windows, 2 alerts, by version 5; 1 left, about 1 min",
    "part 3 of 3, 2015-03-01 to 2015-03-31: run-3 has started",
    "part 3 of 3, 2015-03-01 to 2015-03-31: 62 windows, 2 alerts, by version 5; none left",
  ]);
});

test("a part that fails ends the command, which names it and its run, and starts no further one", async () => {
  const failed = [{ activityName: "feature_engineering", status: "Failed", error: { message: "no cluster" } }];
  runsEnd((id) => (id === "run-2" ? { status: "Failed", activities: failed } : {}));
  await expect(run()).rejects.toThrow(
    "part 2 of 3, 2015-02-01 to 2015-02-28: backfill run-2 is Failed: feature_engineering: no cluster; the same command goes on with this part",
  );
  expect(started()).toHaveLength(2);

  runsEnd();
  await run();
  expect(started()).toEqual([MONTHS[0], MONTHS[1], MONTHS[1], MONTHS[2]]);
});

test("given again after an interruption, it repeats nothing and waits for the run that is under way", async () => {
  before("old-1", MONTHS[0]!, "Succeeded");
  before("old-2", MONTHS[1]!, "InProgress");
  runsEnd();
  expect(await run()).toMatch(/^186 windows are as version 5 says, the champion of 20/);
  expect(started()).toEqual([MONTHS[2]]);
  expect(said).toContain("part 1 of 3, 2015-01-01 to 2015-01-31: done by old-1, 62 windows, 2 alerts, by version 5");
  expect(said).toContain("part 2 of 3, 2015-02-01 to 2015-02-28: old-2 is under way");
});

test("runs beyond the first hundred that the factory tells at once count as well", async () => {
  for (let index = 0; index < 100; index += 1) before(`other-${index}`, { from: "", to: "" }, "Succeeded");
  for (const [index, month] of MONTHS.entries()) before(`old-${index}`, month, "Succeeded");
  expect(await run()).toMatch(/^186 windows are as version 5 says, the champion of 20/);
  expect(started()).toEqual([]);
});

test("runs of another version, of other days, and those before the given time do not count", async () => {
  before("other-version", { ...MONTHS[0]!, model_version: "4" }, "Succeeded");
  before("other-days", { ...MONTHS[1]!, to: "2015-02-10T23:59:59Z" }, "Succeeded");
  before("earlier", MONTHS[2]!, "Succeeded");
  runsEnd();
  await run({ since: new Date("2026-11-02T00:00:00Z") });
  expect(started()).toEqual(MONTHS);
});

test("what another release or the champion of before has computed is computed again", async () => {
  before("release", MONTHS[0]!, "Succeeded", { notebook: "/plant/0000/scoring" });
  before("champion", MONTHS[1]!, "Succeeded", { version: "4" });
  before("newest", MONTHS[2]!, "Succeeded");
  runsEnd();
  await run();
  expect(started()).toEqual([MONTHS[0], MONTHS[1]]);
});

test("a champion that changes meanwhile is told, and the same command makes all parts the same", async () => {
  runsEnd((id) => ({ activities: scored({ version: id === "run-1" ? "5" : "6" }) }));
  await expect(run()).rejects.toThrow(
    "release or champion have changed meanwhile: the same command computes 1 of 3 parts again",
  );
  expect(await run()).toMatch(/^186 windows are as version 6 says, the champion of 20/);
  expect(started()).toEqual([...MONTHS, MONTHS[0]]);
});

test("what another version than the champion says is told to be beside", async () => {
  runsEnd(() => ({ activities: scored({ version: "3", status: "compared" }) }));
  expect(await run({ modelVersion: "3" })).toBe(
    "186 windows as version 3 says: it is not the champion, so they are in compared_predictions and what is current stays",
  );
  expect(started()[0]).toEqual({ ...MONTHS[0], model_version: "3" });
});

test("a range without data and a model without a champion are one line", async () => {
  runsEnd(() => ({ activities: scored({ rows: 0 }) }));
  await expect(run()).rejects.toThrow(
    "no window ends from 2015-01-01 to 2015-03-31: the tables have no telemetry of these days",
  );
  const status = "no champion yet: what is new waits until training has made one";
  runsEnd(() => ({ activities: scored({ rows: 0, version: "", status }) }));
  await expect(run({ modelVersion: "3" })).rejects.toThrow(
    "part 1 of 3, 2015-01-01 to 2015-01-31: backfill run-4 scored nothing: no champion yet",
  );
});

test("a factory without the pipeline is one line", async () => {
  delete service.pipelines["backfill"];
  await expect(run()).rejects.toThrow(
    "the factory adf has no pipeline backfill: deploy the environment's stacks first",
  );
});
