import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { StorageAccountNetworkRulesA } from "@cdktf/provider-azurerm/lib/storage-account-network-rules";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import { StorageManagementPolicy } from "@cdktf/provider-azurerm/lib/storage-management-policy";
import { Construct } from "constructs";
import { isClosed, lettingIn } from "../../environments/settings/network";
import type { EnvironmentSettings } from "../../environments/settings/settings";
import type { Names } from "../../environments/naming";
import { INCOMING } from "../../contract/lake";
import type { Placement } from "../placement";

export interface DataLakeProps extends Placement {
  readonly names: Names;
  readonly storage: EnvironmentSettings["storage"];
  readonly network: EnvironmentSettings["network"];
  /** Azure resource id of the access connector that Unity Catalog reaches the lake through. */
  readonly accessConnectorId: string;
}

/** Days in which a deleted blob or container can be brought back; versioning does not exist with a hierarchical namespace. */
const SOFT_DELETE_DAYS = 14;

/** The storage account of an environment: raw files land in one container, Unity Catalog keeps its tables in another, and verifications drop a known plant in a third. */
export class DataLake extends Construct {
  readonly accountId: string;
  readonly landingContainerId: string;
  readonly lakeContainerId: string;
  readonly verificationContainerId: string;

  constructor(scope: Construct, id: string, props: DataLakeProps) {
    super(scope, id);
    const account = new StorageAccount(this, "account", {
      resourceGroupName: props.resourceGroupName,
      location: props.location,
      name: props.names.storageAccount,
      accountTier: "Standard",
      accountKind: "StorageV2",
      accountReplicationType: props.storage.replication,
      isHnsEnabled: true,
      sharedAccessKeyEnabled: false,
      defaultToOauthAuthentication: true,
      localUserEnabled: false,
      minTlsVersion: "TLS1_2",
      allowNestedItemsToBePublic: false,
      crossTenantReplicationEnabled: false,
      // Can only be chosen when the account is made.
      infrastructureEncryptionEnabled: true,
      publicNetworkAccessEnabled: !isClosed(props.network),
      blobProperties: {
        deleteRetentionPolicy: { days: SOFT_DELETE_DAYS },
        containerDeleteRetentionPolicy: { days: SOFT_DELETE_DAYS },
      },
    });
    // By the account's id the provider talks to Resource Manager, which works without keys and from outside a firewall.
    const container = (name: string) =>
      new StorageContainer(this, name, { name, storageAccountId: account.id, containerAccessType: "private" }).id;

    const { coolAfterDays, archiveAfterDays } = props.storage;
    new StorageManagementPolicy(this, "tiers", {
      storageAccountId: account.id,
      rule: [
        {
          name: "raw-files",
          enabled: true,
          filters: { blobTypes: ["blockBlob"], prefixMatch: [`${props.names.landingContainer}/${INCOMING}/`] },
          actions: {
            baseBlob: {
              tierToCoolAfterDaysSinceModificationGreaterThan: coolAfterDays,
              ...(archiveAfterDays && { tierToArchiveAfterDaysSinceModificationGreaterThan: archiveAfterDays }),
            },
          },
        },
      ],
    });

    if (props.network.access === "private") this.addFirewall(account.id, props);
    this.accountId = account.id;
    this.landingContainerId = container(props.names.landingContainer);
    this.lakeContainerId = container(props.names.lakeContainer);
    this.verificationContainerId = container(props.names.verificationContainer);
  }

  /** A resource of its own: taken away, it lets everybody in again, while rules stated in the account would stay in Azure. */
  private addFirewall(storageAccountId: string, { network, accessConnectorId }: DataLakeProps): void {
    new StorageAccountNetworkRulesA(this, "firewall", {
      storageAccountId,
      defaultAction: "Deny",
      // Event Grid is among them: without it no blob would start a pipeline.
      bypass: ["AzureServices"],
      ipRules: [...lettingIn(network)],
      // Databricks' control plane checks locations and keeps tables in order from outside the network.
      privateLinkAccess: [{ endpointResourceId: accessConnectorId }],
    });
  }
}
