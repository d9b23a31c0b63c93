import { FactoryTraffic } from "../../../operations/deploy/factory-traffic";
import { PipelineRuns } from "../../../operations/pipeline-runs";
import { FactoryTriggers } from "../../../operations/triggers/factory-triggers";
import { FactoryService } from "../factory-service";

let printed: string[] = [];

beforeEach(() => {
  printed = [];
  jest.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => jest.restoreAllMocks());

const ON = { type: "ScheduleTrigger", runtimeState: "Started" } as const;
const OFF = { type: "ScheduleTrigger", runtimeState: "Stopped" } as const;

const running = () =>
  new FactoryService({
    new_blobs: { type: "BlobEventsTrigger", runtimeState: "Started", events: "Enabled" },
    catch_up: ON,
  });

/** What comes is waited for however slow this machine is; with `timeout`, in milliseconds, what never comes is given up. */
function trafficOf(service: FactoryService, { declared = ["new_blobs", "catch_up"], timeout = 60_000 } = {}) {
  const patience = { timeout, interval: 1 };
  return new FactoryTraffic({
    triggers: new FactoryTriggers({ ...service.deployed, declared, patience }),
    runs: new PipelineRuns(service.deployed),
    catchUp: "scoring",
    patience,
  });
}

const BRIEF = { timeout: 60 };

const isOn = (service: FactoryService, name: string): boolean => service.triggers[name]!.runtimeState === "Started";

test("triggers are stopped, and runs that are under way are waited for", async () => {
  const service = running();
  service.runs.push({ runId: "r1", pipelineName: "training", status: "InProgress", invokedBy: { name: "manual" } });
  let questions = 0;
  service.passTime = () => {
    if ((questions += 1) === 3) service.end("r1", "Succeeded");
  };
  await trafficOf(service).stop();
  expect([isOn(service, "new_blobs"), isOn(service, "catch_up")]).toEqual([false, false]);
  expect(questions).toBeGreaterThanOrEqual(3);
  expect(printed).toContain("waiting for training r1 (manual)");
});

test("a run that does not end is named, nothing is changed, and everything is on again with a catch-up", async () => {
  const service = running();
  service.runs.push({ runId: "r1", pipelineName: "training", status: "InProgress", invokedBy: { name: "schedule" } });
  await expect(trafficOf(service, BRIEF).stop()).rejects.toThrow(
    /nothing was changed, and the triggers are started again:\n {2}training r1 \(schedule\) is InProgress/,
  );
  expect([isOn(service, "new_blobs"), isOn(service, "catch_up")]).toEqual([true, true]);
  expect(service.actions.at(-1)).toBe("scoring createRun");
});

test("a trigger that does not stop ends the deployment, and those that have stopped are on again", async () => {
  const service = running();
  service.ignores = "catch_up stop";
  await expect(trafficOf(service, BRIEF).stop()).rejects.toThrow("catch_up is still Started");
  expect([isOn(service, "new_blobs"), isOn(service, "catch_up")]).toEqual([true, true]);
  expect(service.triggers["new_blobs"]).toMatchObject({ events: "Enabled" });
  expect(service.actions.at(-1)).toBe("scoring createRun");
});

test("afterwards all declared triggers are on, and what landed meanwhile is taken in by one run", async () => {
  const service = running();
  const traffic = trafficOf(service);
  await traffic.stop();
  await traffic.resume();
  expect([isOn(service, "new_blobs"), isOn(service, "catch_up")]).toEqual([true, true]);
  expect(service.actions.filter((action) => action === "scoring createRun")).toHaveLength(1);
});

test("where all was on and nothing was stopped there is nothing to catch up", async () => {
  const service = running();
  await trafficOf(service).resume();
  expect(service.actions).toEqual([]);
});

test("triggers that another deployment left stopped are started, with a catch-up", async () => {
  const service = running();
  service.triggers["catch_up"] = OFF;
  await trafficOf(service).resume();
  expect(service.actions).toEqual(["catch_up start", "scoring createRun"]);
});

test("a trigger that somebody else made is stopped too, and started again only if it was on", async () => {
  const service = running();
  service.triggers["by_hand"] = ON;
  service.triggers["unused"] = OFF;
  const traffic = trafficOf(service);
  await traffic.stop();
  expect(isOn(service, "by_hand")).toBe(false);
  await traffic.resume();
  expect([isOn(service, "by_hand"), isOn(service, "unused")]).toEqual([true, false]);
});

test("a trigger that is gone with the new release is not missed", async () => {
  const service = running();
  const traffic = trafficOf(service, { declared: ["new_blobs"] });
  await traffic.stop();
  delete service.triggers["catch_up"];
  await traffic.resume();
  expect(isOn(service, "new_blobs")).toBe(true);
});

test("where there is no factory yet there is nothing to stop", async () => {
  const service = new FactoryService({});
  service.sendRequest = async (request) => ({ request, status: 404, headers: request.headers, bodyAsText: "{}" });
  await expect(trafficOf(service).stop()).resolves.toBeUndefined();
});

test("a trigger that does not start fails the deployment", async () => {
  const service = running();
  service.triggers["catch_up"] = OFF;
  service.ignores = "catch_up start";
  await expect(trafficOf(service, BRIEF).resume()).rejects.toThrow("catch_up is still Stopped");
});
