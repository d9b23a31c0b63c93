import { Construct } from "constructs";
import type { EnvironmentSettings } from "../../environments/settings/settings";
import type { DataLake } from "../storage/data-lake";
import { assignRole } from "./role";

export interface ProducerAccessProps {
  readonly producers: EnvironmentSettings["access"]["producers"];
  readonly lake: DataLake;
}

/** Who delivers raw files. Keys are off, and not even an owner of the subscription writes without a role of the data. */
export class ProducerAccess extends Construct {
  constructor(scope: Construct, id: string, { producers, lake }: ProducerAccessProps) {
    super(scope, id);
    for (const { objectId, type } of producers)
      assignRole(this, objectId, {
        role: "Storage Blob Data Contributor",
        on: lake.landingContainerId,
        principalId: objectId,
        principalType: type,
        reason: "Delivers raw files, and may take back what it has delivered.",
      });
  }
}
