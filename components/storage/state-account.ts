import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import { StorageManagementPolicy } from "@cdktf/provider-azurerm/lib/storage-management-policy";
import { Construct } from "constructs";
import type { EnvironmentSettings } from "../../environments/settings/settings";
import type { Placement } from "../placement";

export interface StateAccountProps extends Placement {
  readonly state: EnvironmentSettings["state"];
}

/** Days in which a deleted state, or an earlier version of one, can be brought back. */
const KEPT_DAYS = 90;

/** Container of plans on their way from whoever plans to whoever applies. */
export const PLANS = "plans";

/** Container of what was deployed, so that whoever deploys can go back. */
export const RELEASES = "releases";

/** Days until a plan is deleted; by then it is stale. */
const PLAN_DAYS = 14;

/** Where Terraform's states are kept, the plans against them and what was deployed: opened by identities only, every version kept, copied to the paired region. */
export class StateAccount extends Construct {
  readonly accountId: string;
  readonly containerId: string;
  readonly plansId: string;
  readonly releasesId: string;

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
    const container = (id: string, name: string) =>
      new StorageContainer(this, id, { name, storageAccountId: account.id, containerAccessType: "private" }).id;
    this.containerId = container("container", state.containerName);
    this.plansId = container("plans", PLANS);
    this.releasesId = container("releases", RELEASES);
    new StorageManagementPolicy(this, "old-plans", {
      storageAccountId: account.id,
      rule: [
        {
          name: "old-plans",
          enabled: true,
          filters: { blobTypes: ["blockBlob"], prefixMatch: [`${PLANS}/`] },
          actions: {
            baseBlob: { deleteAfterDaysSinceModificationGreaterThan: PLAN_DAYS },
            version: { deleteAfterDaysSinceCreation: PLAN_DAYS },
          },
        },
      ],
    });
  }
}
