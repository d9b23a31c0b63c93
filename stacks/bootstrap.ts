import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";
import { DataAzurermSubscription } from "@cdktf/provider-azurerm/lib/data-azurerm-subscription";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { ONLY_ASSIGNABLE } from "../components/assignable-roles";
import { lockDeletion } from "../components/deletion-lock";
import { FederatedIdentity } from "../components/federated-identity";
import { namesOf } from "../components/naming";
import type { Placement } from "../components/placement";
import { useAzure } from "../components/providers";
import { RESOURCE_PROVIDERS } from "../components/resource-providers";
import { assignRole } from "../components/role";
import { StateAccount } from "../components/state-account";
import type { EnvironmentSettings } from "../environments/settings";
import { EnvironmentStack } from "./environment-stack";

/** What must be there before anything is deployed: where states are kept, and who deploys. Once, by an owner of the subscription. */
export class Bootstrap extends EnvironmentStack {
  constructor(scope: Construct, settings: EnvironmentSettings) {
    super(scope, "bootstrap", settings, "folder");
    const { state, location, federation, protect } = settings;
    useAzure(this, { register: RESOURCE_PROVIDERS, keepFilledResourceGroups: true });

    const resourceGroup = new ResourceGroup(this, "resource-group", { name: state.resourceGroupName, location });
    const placement = { resourceGroupName: resourceGroup.name, location };
    const account = new StateAccount(this, "state", { ...placement, state });
    if (protect)
      lockDeletion(this, "state-lock", { on: account.containerId, reason: "Terraform's states of this environment." });

    // Looked up by Azure: whether a person or an identity runs this, nobody can know before.
    new RoleAssignment(this, "mover", {
      scope: account.containerId,
      roleDefinitionName: "Storage Blob Data Contributor",
      principalId: new DataAzurermClientConfig(this, "mover-identity").objectId,
      description: "Whoever runs the bootstrap moves its own state here; keys are off.",
    });
    if (federation) this.addIdentities(settings, federation, placement, account.containerId);
  }

  private addIdentities(
    settings: EnvironmentSettings,
    { deployer, planner, ...federation }: NonNullable<EnvironmentSettings["federation"]>,
    placement: Placement,
    states: string,
  ): void {
    const names = namesOf(settings);
    const subscription = new DataAzurermSubscription(this, "subscription").id;
    const deploys = new FederatedIdentity(this, "deployer", {
      ...placement,
      ...federation,
      name: names.deployerIdentity,
      subjects: deployer,
    });
    const plans = new FederatedIdentity(this, "planner", {
      ...placement,
      ...federation,
      name: names.plannerIdentity,
      subjects: planner,
    });
    const give = (id: string, { principalId }: FederatedIdentity, role: string, on: string, reason: string) =>
      assignRole(this, id, { principalId, role, on, reason });

    give(
      "deployer-resources",
      deploys,
      "Contributor",
      subscription,
      "Makes the environment's resource groups and all that is in them.",
    );
    assignRole(this, "deployer-roles", {
      principalId: deploys.principalId,
      role: "Role Based Access Control Administrator",
      on: subscription,
      condition: ONLY_ASSIGNABLE,
      reason: "Gives the environment's identities their roles, of the few that the stacks assign.",
    });
    if (settings.protect)
      give(
        "deployer-locks",
        deploys,
        "Locks Contributor",
        subscription,
        "Locks what holds data, which a Contributor may not.",
      );
    give("deployer-states", deploys, "Storage Blob Data Contributor", states, "Reads, writes and locks the states.");
    give(
      "planner-resources",
      plans,
      "Reader",
      subscription,
      "Compares what is there with what is declared, and changes nothing.",
    );
    give("planner-states", plans, "Storage Blob Data Reader", states, "Reads the states; plans without a lock.");

    for (const [name, { clientId }] of Object.entries({ deployer: deploys, planner: plans }))
      new TerraformOutput(this, `${name}-client-id`, {
        value: clientId,
        description: `AZURE_CLIENT_ID of the pipeline runs that ${name === "deployer" ? "deploy" : "plan"}`,
      });
  }
}
