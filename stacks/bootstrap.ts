import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";
import { DataAzurermSubscription } from "@cdktf/provider-azurerm/lib/data-azurerm-subscription";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { lockDeletion } from "../components/deletion-lock";
import { DeploymentIdentities } from "../components/access/deployment-identities";
import { RunReader } from "../components/access/run-reader";
import { namesOf } from "../environments/naming";
import type { Placement } from "../components/placement";
import { useAzure } from "../components/providers";
import { RESOURCE_PROVIDERS } from "../components/resource-providers";
import { StateAccount } from "../components/storage/state-account";
import type { EnvironmentSettings } from "../environments/settings/settings";
import { EnvironmentStack } from "./environment-stack";

/** What must be there before anything is deployed: where states are kept, and who deploys. Once, by an owner of the subscription. */
export class Bootstrap extends EnvironmentStack {
  constructor(scope: Construct, settings: EnvironmentSettings) {
    super(scope, "bootstrap", settings);
    const { state, location, federation, protect } = settings;
    useAzure(this, { register: RESOURCE_PROVIDERS, keep: true });

    const resourceGroup = new ResourceGroup(this, "resource-group", { name: state.resourceGroupName, location });
    const placement = { resourceGroupName: resourceGroup.name, location };
    const account = new StateAccount(this, "state", { ...placement, state });
    // Looked up by Azure: whether a person or an identity runs this, nobody can know before. Whoever does so later keeps the first one's role.
    new RoleAssignment(this, "mover", {
      scope: account.accountId,
      roleDefinitionName: "Storage Blob Data Contributor",
      principalId: new DataAzurermClientConfig(this, "mover-identity").objectId,
      description: "Whoever runs the bootstrap first moves its own state here, and can deploy; keys are off.",
      lifecycle: { ignoreChanges: ["principal_id"] },
    });
    if (federation) this.addIdentities(settings, federation, placement, account);
    if (protect)
      lockDeletion(this, "state-lock", {
        on: account.containerId,
        after: this.node.findAll().filter((node) => node instanceof RoleAssignment),
        reason: "Terraform's states of this environment.",
      });
  }

  private addIdentities(
    settings: EnvironmentSettings,
    federation: NonNullable<EnvironmentSettings["federation"]>,
    placement: Placement,
    state: StateAccount,
  ): void {
    const names = namesOf(settings);
    // Who may write roles could write one with all rights: the deployer is given this one ready-made.
    const runReader = new RunReader(this, "run-reader", { name: names.bootstrapRunReaderRole });
    const identities = new DeploymentIdentities(this, "identities", {
      ...placement,
      ...federation,
      names,
      subscriptionId: new DataAzurermSubscription(this, "subscription").id,
      runReaderId: runReader.definitionId,
      state,
      locks: settings.protect,
    });
    for (const name of ["deployer", "planner"] as const)
      new TerraformOutput(this, `${name}-client-id`, {
        value: identities[name].clientId,
        description: `AZURE_CLIENT_ID of the pipeline runs that ${name === "deployer" ? "deploy" : "plan"}`,
      });
  }
}
