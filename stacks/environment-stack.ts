import { Aspects, AzurermBackend, LocalBackend, TerraformElement, TerraformResource, TerraformStack } from "cdktf";
import type { Construct, Node } from "constructs";
import { Protection } from "../components/protection";
import { Tags, tagsOf } from "../components/tags";
import type { EnvironmentSettings } from "../environments/settings";

/**
 * A stack of one environment, `<environment>-<name>`, with its own state in the environment's state account. One that makes that account
 * keeps its state beside itself at first, and is called `<name>-<environment>`, so that `<environment>-*` is what people deploy.
 */
export abstract class EnvironmentStack extends TerraformStack {
  constructor(
    scope: Construct,
    name: string,
    settings: EnvironmentSettings,
    stateIn: "account" | "folder" = "account",
  ) {
    const id = stateIn === "account" ? `${settings.name}-${name}` : `${name}-${settings.name}`;
    super(scope, id);
    if (stateIn === "account")
      new AzurermBackend(this, { ...settings.state, key: `${id}.tfstate`, useAzureadAuth: true });
    else new LocalBackend(this, { path: "terraform.tfstate" });
    Aspects.of(this).add(new Tags(tagsOf(settings)));
    if (settings.protect) Aspects.of(this).add(new Protection());
    this.node.addValidation({ validate: () => this.sharedAddresses() });
  }

  /** Addresses that an operator can read: the ids below the stack, without the hash that cdktf adds. */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : (element as Node);
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
