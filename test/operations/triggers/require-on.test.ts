import { FactoryTriggers, requireOn } from "../../../operations/triggers/factory-triggers";
import { FactoryService } from "../factory-service";

const service = new FactoryService({
  new_blobs: { type: "BlobEventsTrigger", runtimeState: "Started", events: "Enabled" },
  known_plant: { type: "BlobEventsTrigger", runtimeState: "Stopped", events: "Disabled" },
  nightly: { type: "ScheduleTrigger", runtimeState: "Stopped" },
});
const triggers = new FactoryTriggers({
  ...service.deployed,
  declared: [],
  patience: { timeout: 100, interval: 1 },
});

test("a trigger that is on is", async () => {
  await expect(requireOn(triggers, "new_blobs", "dev")).resolves.toBeUndefined();
});

test.each([
  ["known_plant", "trigger known_plant is Stopped, its blob events Disabled, and would start nothing"],
  ["nightly", "trigger nightly is Stopped, and would start nothing"],
  ["weekly", "trigger weekly is missing, and would start nothing"],
])("%s would start nothing, and the command that starts it is named", async (name, problem) => {
  await expect(requireOn(triggers, name, "dev")).rejects.toThrow(
    `${problem}: npm run triggers -- start --environment dev`,
  );
});
