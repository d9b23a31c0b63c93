import { PIPELINES } from "../contract/names";
import { awaitedPipelines, executedBy } from "./pipelines";
import { block, blocks, ofEach, resources, texts, type Rule } from "./rule";
import { containersOf } from "./storage";

const TRIGGERS = ["azurerm_data_factory_trigger_blob_event", "azurerm_data_factory_trigger_schedule"] as const;

/** Whoever drops the known plant waits for its run, and says so where none comes. */
const AWAITED: string = PIPELINES.verification;

export const triggers: readonly Rule[] = [
  {
    name: "triggers-wait-for-their-pipelines",
    otherwise:
      "the service refuses a trigger whose pipeline is missing, and a deletion of a pipeline that a trigger names",
    check: (stacks) =>
      TRIGGERS.flatMap((type) =>
        ofEach(type, (trigger) =>
          awaitedPipelines(trigger).length >= blocks(trigger["pipeline"]).length
            ? undefined
            : "does not depend on each of its pipelines",
        )(stacks),
      ),
  },
  {
    name: "triggers-are-made-stopped",
    otherwise:
      "the provider starts a trigger before it records it, so a failed start leaves one that is not in the state",
    thread: "hashicorp/terraform-provider-azurerm#31928",
    check: (stacks) =>
      TRIGGERS.flatMap((type) =>
        ofEach(type, ({ activated, lifecycle }) =>
          activated === false && texts(block(lifecycle)["ignore_changes"]).includes("activated")
            ? undefined
            : "is started by Terraform, or stopped again by its next apply",
        )(stacks),
      ),
  },
  {
    name: "events-have-a-catch-up",
    otherwise: "nothing recovers lost events: one user received 1,026 of 2,058",
    thread: "MicrosoftDocs/azure-docs#50654",
    check: (stacks) => {
      const started = (type: string) =>
        resources(stacks, type).flatMap(({ properties }) =>
          blocks(properties["pipeline"]).map(({ name }) => String(name)),
        );
      const scheduled = started("azurerm_data_factory_trigger_schedule");
      const isScheduled = (pipeline: string): boolean =>
        scheduled.includes(pipeline) || executedBy(stacks, pipeline).some(isScheduled);
      return started("azurerm_data_factory_trigger_blob_event")
        .filter((pipeline) => !isScheduled(pipeline) && pipeline !== AWAITED)
        .map((pipeline) => `pipeline ${pipeline} is started by events only`);
    },
  },
  {
    name: "events-of-folders-start-nothing",
    otherwise: "a hierarchical namespace creates an empty blob per folder, and each would start a run",
    thread: "Azure/Azure-DataFactory#152",
    check: ofEach("azurerm_data_factory_trigger_blob_event", ({ ignore_empty_blobs }) =>
      ignore_empty_blobs === true ? undefined : "does not ignore empty blobs",
    ),
  },
  {
    name: "events-are-those-of-a-container-of-the-stacks",
    otherwise: "the trigger silently watches a container that does not exist",
    check: ofEach("azurerm_data_factory_trigger_blob_event", ({ blob_path_begins_with }, stacks) => {
      const watched = String(blob_path_begins_with).split("/")[1];
      const containers = containersOf(stacks);
      return containers.includes(watched)
        ? undefined
        : `watches the container "${watched}"; there are: ${containers.join(", ")}`;
    }),
  },
];
