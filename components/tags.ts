import { TerraformResource, type IAspect } from "cdktf";
import type { IConstruct } from "constructs";
import type { EnvironmentSettings } from "../environments/settings";

/** The tags of an environment: its own, and those that every environment has. */
export function tagsOf({ tags, project, name }: EnvironmentSettings): Readonly<Record<string, string>> {
  return { ...tags, project, environment: name, "managed-by": "terraform" };
}

/** Puts the environment's tags on every Azure resource that can have some. */
export class Tags implements IAspect {
  constructor(private readonly tags: Readonly<Record<string, string>>) {}

  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node) || !node.terraformResourceType.startsWith("azurerm_")) return;
    if ("tags" in node) node.tags = this.tags;
  }
}
