import { FactoryTriggers } from "../../../operations/triggers/factory-triggers";
import { DataFactoryManagementClient } from "@azure/arm-datafactory";
import { operateTriggers, type TriggerAction } from "../../../operations/triggers/operate";
import { FactoryService } from "../factory-service";

let printed: string[] = [];

beforeEach(() => {
  printed = [];
  jest.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => jest.restoreAllMocks());

/** Waits for what comes as long as a busy machine may need; in milliseconds. */
function operate(action: TriggerAction, service: FactoryService, timeout = 10_000): Promise<void> {
  return operateTriggers(action, {
    client: new DataFactoryManagementClient(service.credential, "subscription", {
      httpClient: service,
      retryOptions: { retryDelayInMs: 1 },
    }),
    resourceGroup: "rg",
    factory: "adf",
    declared: ["new_blobs", "catch_up"],
    patience: { timeout, interval: 1 },
  });
}

const deployed = () =>
  new FactoryService({
    new_blobs: { type: "BlobEventsTrigger", runtimeState: "Stopped", events: "Disabled" },
    catch_up: { type: "ScheduleTrigger", runtimeState: "Stopped" },
  });

test("start subscribes, waits until Azure has done so, and starts only then", async () => {
  const service = deployed();
  await operate("start", service);
  expect(service.triggers).toMatchObject({
    new_blobs: { runtimeState: "Started", events: "Enabled" },
    catch_up: { runtimeState: "Started" },
  });
  expect(service.actions).toEqual(["new_blobs subscribeToEvents", "new_blobs start", "catch_up start"]);
});

test("start does nothing to what is on", async () => {
  const service = deployed();
  await operate("start", service);
  service.actions.length = 0;
  await operate("start", service);
  expect(service.actions).toEqual([]);
});

test("start finishes what an earlier one began: a trigger that is started without its subscription", async () => {
  const service = deployed();
  service.triggers["new_blobs"] = { type: "BlobEventsTrigger", runtimeState: "Started", events: "Disabled" };
  await operate("start", service);
  expect(service.actions).toEqual(["new_blobs subscribeToEvents", "catch_up start"]);
});

test("a trigger that Azure does not start is an error, never a green end", async () => {
  const service = deployed();
  service.ignores = "catch_up start";
  await expect(operate("start", service, 40)).rejects.toThrow("catch_up is still Stopped after");
});

test("a subscription that is never enabled is an error, and its trigger is not started", async () => {
  const service = deployed();
  service.ignores = "new_blobs subscribeToEvents";
  await expect(operate("start", service, 40)).rejects.toThrow("new_blobs's subscription is still Disabled after");
  expect(service.triggers["new_blobs"]).toMatchObject({ runtimeState: "Stopped" });
});

test("requests that Azure puts off are sent again", async () => {
  const service = deployed();
  service.refuseNext(429, 500);
  await operate("start", service);
  expect(service.triggers["catch_up"]).toMatchObject({ runtimeState: "Started" });
});

test.each([
  ["Provisioning", []],
  ["Deprovisioning", ["new_blobs subscribeToEvents"]],
])(
  "start waits while Event Grid is at work (%s), and only then decides whether to subscribe",
  async (events, before) => {
    const service = deployed();
    service.questionsUntilSettled = 3;
    service.triggers["new_blobs"] = { type: "BlobEventsTrigger", runtimeState: "Stopped", events };
    await operate("start", service);
    expect(service.triggers["new_blobs"]).toMatchObject({ runtimeState: "Started", events: "Enabled" });
    expect(service.actions).toEqual([...before, "new_blobs start", "catch_up start"]);
    expect(printed).toContain(`new_blobs's subscription is ${events}; waiting until it is settled`);
  },
);

test.each(["Provisioning", "Deprovisioning"])("stop waits while Event Grid is at work (%s)", async (events) => {
  const service = deployed();
  service.questionsUntilSettled = 3;
  service.triggers["new_blobs"] = { type: "BlobEventsTrigger", runtimeState: "Started", events };
  await operate("stop", service);
  expect(service.triggers["new_blobs"]).toMatchObject({ runtimeState: "Stopped", events: "Disabled" });
});

test.each(["start", "stop"] as const)(
  "%s asks again where Azure is at work on the trigger and does not show it",
  async (action) => {
    const service = deployed();
    if (action === "stop") await operate("start", service);
    service.provisioningUnseen = 2;
    await operate(action, service);
    expect(printed).toContain("new_blobs is being provisioned by Azure; waiting until it is changed");
  },
);

test("a subscription that never settles is an error, and nothing is asked of its trigger", async () => {
  const service = deployed();
  service.questionsUntilSettled = 1_000_000;
  service.triggers["new_blobs"] = { type: "BlobEventsTrigger", runtimeState: "Stopped", events: "Provisioning" };
  await expect(operate("start", service, 40)).rejects.toThrow("new_blobs's subscription is still Provisioning after");
  expect(service.actions).toEqual([]);
});

test("stop stops, then gives the subscription up", async () => {
  const service = deployed();
  await operate("start", service);
  service.actions.length = 0;
  await operate("stop", service);
  expect(service.actions).toEqual(["new_blobs stop", "new_blobs unsubscribeFromEvents", "catch_up stop"]);
  expect(printed.at(-1)).toContain("Disabled");
});

test("a trigger that does not stop is an error", async () => {
  const service = deployed();
  await operate("start", service);
  service.ignores = "catch_up stop";
  await expect(operate("stop", service, 40)).rejects.toThrow("catch_up is still Started after");
});

test.each<[string, Partial<FactoryService["triggers"][string]>]>([
  ["is stopped", { runtimeState: "Stopped" }],
  ["has no subscription", { events: "Disabled" }],
  ["is being subscribed", { events: "Provisioning" }],
])("status fails and names the trigger that %s", async (_, change) => {
  const service = deployed();
  await operate("start", service);
  service.triggers["new_blobs"] = { ...service.triggers["new_blobs"]!, ...change };
  await expect(operate("status", service)).rejects.toThrow(/^not on: new_blobs$/);
});

test("status fails and names a trigger that the factory has not", async () => {
  const service = deployed();
  await operate("start", service);
  delete service.triggers["catch_up"];
  await expect(operate("status", service)).rejects.toThrow(/^not on: catch_up$/);
  expect(printed.at(-1)).toMatch(/catch_up.*missing/);
});

test("nothing is started where a declared trigger is missing", async () => {
  const service = deployed();
  delete service.triggers["catch_up"];
  await expect(operate("start", service)).rejects.toThrow(
    "has no trigger catch_up: deploy the environment's stacks first",
  );
  expect(service.actions).toEqual([]);
});

test("a Reader sees which triggers are on, and that the subscriptions are not readable; starting needs the role", async () => {
  const service = new FactoryService({
    new_blobs: { type: "BlobEventsTrigger", runtimeState: "Started", events: "Enabled" },
  });
  service.onlyReads = true;
  const triggers = new FactoryTriggers({
    ...service.deployed,
    declared: ["new_blobs"],
    patience: { timeout: 50, interval: 1 },
  });
  expect(await triggers.states()).toEqual([
    { name: "new_blobs", declared: true, runtimeState: "Started", events: "not readable" },
  ]);
  await expect(triggers.start()).rejects.toThrow("getEventSubscriptionStatus");
});

test("a trigger that somebody else made is shown and left alone", async () => {
  const service = deployed();
  service.triggers["by_hand"] = { type: "ScheduleTrigger", runtimeState: "Stopped" };
  await operate("start", service);
  expect(service.triggers["by_hand"]).toMatchObject({ runtimeState: "Stopped" });
  expect(printed.at(-1)).toMatch(/by_hand.*not declared here/);
});
