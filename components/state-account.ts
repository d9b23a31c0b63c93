import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import { Construct } from "constructs";
import type { EnvironmentSettings } from "../environments/settings";
import type { Placement } from "./placement";

export interface StateAccountProps extends Placement {
  readonly state: EnvironmentSettings["state"];
}

/** Days in which a deleted state, or an earlier version of one, can be brought back. */
const KEPT_DAYS = 90;

/** Where Terraform's states are kept: opened by identities only, every version kept, copied to the paired region. */
export class StateAccount extends Construct {
  readonly accountId: string;
  readonly containerId: string;

  constructor(scope: Construct, id: string, { resourceGroupName, location, state }: StateAccountProps) {
    super(scope, id);
    const account = new StorageAccount(this, "account", {
      resourceGroupName,
      location,
      name: state.storageAccountName,
      accountTier: "Standard",
      accountKind: "StorageV2",
      accountReplicationType: "GRS",
      sharedAccessKeyEnabled: false,
      defaultToOauthAuthentication: true,
      localUserEnabled: false,
      minTlsVersion: "TLS1_2",
      allowNestedItemsToBePublic: false,
      crossTenantReplicationEnabled: false,
      infrastructureEncryptionEnabled: true,
      blobProperties: {
        versioningEnabled: true,
        deleteRetentionPolicy: { days: KEPT_DAYS },
        containerDeleteRetentionPolicy: { days: KEPT_DAYS },
      },
    });
    this.accountId = account.id;
    this.containerId = new StorageContainer(this, "container", {
      name: state.containerName,
      storageAccountId: account.id,
      containerAccessType: "private",
    }).id;
  }
}
