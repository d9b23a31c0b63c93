import { DatabricksAccessConnector } from "@cdktf/provider-azurerm/lib/databricks-access-connector";
import { Construct } from "constructs";
import type { DataLake } from "./data-lake";
import type { Names } from "./naming";
import type { Placement } from "./placement";
import { assignRole } from "./role";

export interface LakeAccessProps extends Placement {
  readonly names: Names;
  readonly lake: DataLake;
}

/** The access connector, whose managed identity is the only one that touches the lake: Unity Catalog acts through it. */
export class LakeAccess extends Construct {
  readonly accessConnectorId: string;

  constructor(scope: Construct, id: string, props: LakeAccessProps) {
    super(scope, id);
    const connector = new DatabricksAccessConnector(this, "connector", {
      resourceGroupName: props.resourceGroupName,
      location: props.location,
      name: props.names.accessConnector,
      identity: { type: "SystemAssigned" },
    });
    const principalId = connector.identity.principalId;
    assignRole(this, "delegator", {
      role: "Storage Blob Delegator",
      on: props.lake.accountId,
      principalId,
      reason: "Unity Catalog signs the short-lived tokens that clusters read and write with.",
    });
    assignRole(this, "landing-reader", {
      role: "Storage Blob Data Reader",
      on: props.lake.landingContainerId,
      principalId,
      reason: "Ingestion reads raw files and never changes them.",
    });
    assignRole(this, "lake-contributor", {
      role: "Storage Blob Data Contributor",
      on: props.lake.lakeContainerId,
      principalId,
      reason: "Unity Catalog keeps tables, volumes and models here.",
    });
    this.accessConnectorId = connector.id;
  }
}
