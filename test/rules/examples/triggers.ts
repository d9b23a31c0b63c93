import { change, type Examples, remove, without } from "../spoil";

const onBlob = "azurerm_data_factory_trigger_blob_event";

export const triggers: Examples = {
  "triggers-wait-for-their-pipelines": { spoil: without(onBlob, "depends_on"), found: "each of its pipelines" },
  "triggers-are-made-stopped": { spoil: change(onBlob, { activated: true }), found: "is started by Terraform" },
  "events-have-a-catch-up": { spoil: remove("azurerm_data_factory_trigger_schedule"), found: "events only" },
  "events-of-folders-start-nothing": { spoil: without(onBlob, "ignore_empty_blobs"), found: "empty blobs" },
  "events-are-those-of-a-container-of-the-stacks": {
    spoil: change(onBlob, { blob_path_begins_with: "/raw/blobs/incoming/telemetry/" }),
    found: 'watches the container "raw"; there are: lake, landing, verification',
  },
};
