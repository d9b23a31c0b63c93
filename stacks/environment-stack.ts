import { Aspects, AzurermBackend, TerraformElement, TerraformStack } from "cdktf";
import type { Construct, Node } from "constructs";
import { Protection } from "../components/protection";
import { Tags } from "../components/tags";
import type { EnvironmentSettings } from "../environments/settings";

/** A stack of one environment, `<environment>-<name>`, with its own state in the environment's state account. */
export abstract class EnvironmentStack extends TerraformStack {
  constructor(scope: Construct, name: string, settings: EnvironmentSettings) {
    const id = `${settings.name}-${name}`;
    super(scope, id);
    new AzurermBackend(this, { ...settings.state, key: `${id}.tfstate`, useAzureadAuth: true });
    Aspects.of(this).add(new Tags(settings.tags));
    if (settings.protect) Aspects.of(this).add(new Protection());
  }

  /** Addresses that an operator can read: the path of ids below the stack, without cdktf's hash. */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : (element as Node);
    const path = node.scopes.slice(node.scopes.indexOf(this) + 1).map((scope) => scope.node.id);
    return path.join("_").replace(/\W/g, "_");
  }
}
