import type { DatabricksAccessConnector } from "@cdktf/provider-azurerm/lib/databricks-access-connector";
import { Construct } from "constructs";
import type { DataLake } from "../storage/data-lake";
import { assignRole } from "./role";

export interface LakeAccessProps {
  readonly connector: DatabricksAccessConnector;
  readonly lake: DataLake;
}

/** What the access connector may do, whose managed identity is the only one that touches the lake: Unity Catalog acts through it. */
export class LakeAccess extends Construct {
  constructor(scope: Construct, id: string, props: LakeAccessProps) {
    super(scope, id);
    const principalId = props.connector.identity.principalId;
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
    assignRole(this, "verification-reader", {
      role: "Storage Blob Data Reader",
      on: props.lake.verificationContainerId,
      principalId,
      reason: "A verification reads the known plant.",
    });
    assignRole(this, "lake-contributor", {
      role: "Storage Blob Data Contributor",
      on: props.lake.lakeContainerId,
      principalId,
      reason: "Unity Catalog keeps tables, volumes and models here.",
    });
  }
}
