import { DataAzurermSubscription } from "@cdktf/provider-azurerm/lib/data-azurerm-subscription";
import { RoleDefinition } from "@cdktf/provider-azurerm/lib/role-definition";
import { Construct } from "constructs";

/**
 * A role that asks a data factory which runs it has, and may do nothing else: the built-in roles with that right may also change the factory.
 * Its scope is the subscription: with a smaller one the service gives the id back in another form, and every plan replaces the assignment
 * (hashicorp/terraform-provider-azurerm#8764).
 */
export class RunReader extends Construct {
  /** Resource id of the role. */
  readonly roleId: string;
  /** The same without the subscription, as conditions have it. */
  readonly definitionId: string;

  constructor(scope: Construct, id: string, { name }: { readonly name: string }) {
    super(scope, id);
    const subscription = new DataAzurermSubscription(this, "subscription");
    const role = new RoleDefinition(this, "role", {
      name,
      scope: subscription.id,
      description: "Asks a data factory which pipeline runs it has.",
      permissions: [{ actions: ["Microsoft.DataFactory/factories/querypipelineruns/action"] }],
      assignableScopes: [subscription.id],
    });
    this.roleId = role.roleDefinitionResourceId;
    this.definitionId = role.roleDefinitionId;
  }
}
