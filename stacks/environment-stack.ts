import { Aspects, AzurermBackend, LocalBackend, TerraformElement, TerraformResource, TerraformStack } from "cdktf";
import type { Construct, Node } from "constructs";
import { Protection } from "../components/protection";
import { stackId, type StackName, stateBlob } from "../components/stack-ids";
import { Tags, tagsOf } from "../components/tags";
import type { EnvironmentSettings } from "../environments/settings/settings";

/**
 * A stack of one environment, `<environment>-<name>`, with its own state in the environment's state account. One that makes that account
 * keeps its state beside itself at first, and is called `<name>-<environment>`, so that `<environment>-*` is what people deploy.
 */
export abstract class EnvironmentStack extends TerraformStack {
  constructor(scope: Construct, name: StackName | "bootstrap", settings: EnvironmentSettings) {
    const id = name === "bootstrap" ? `bootstrap-${settings.name}` : stackId(settings.name, name);
    super(scope, id);
    if (name === "bootstrap") new LocalBackend(this, { path: "terraform.tfstate" });
    else new AzurermBackend(this, { ...settings.state, key: stateBlob(id), useAzureadAuth: true });
    Aspects.of(this).add(new Tags(tagsOf(settings), settings.policyTags));
    if (settings.protect) Aspects.of(this).add(new Protection());
    this.node.addValidation({ validate: () => this.sharedAddresses() });
  }

  /** Addresses that an operator can read: the ids below the stack, without the hash that cdktf adds. */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const path = node.scopes.slice(node.scopes.indexOf(this) + 1).map((scope) => scope.node.id);
    return path.join("_").replace(/\W/g, "_");
  }

  /** Without the hash two resources could get one address, and the later would silently take the place of the earlier. */
  private sharedAddresses(): string[] {
    const addresses = this.node
      .findAll()
      .filter((node) => TerraformResource.isTerraformResource(node))
      .map((resource) => `${resource.terraformResourceType}.${resource.friendlyUniqueId}`);
    return [...new Set(addresses.filter((address, index) => addresses.indexOf(address) < index))].map(
      (address) => `several resources have the address ${address}`,
    );
  }
}
