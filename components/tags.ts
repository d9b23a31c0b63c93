import { TerraformResource, type IAspect } from "cdktf";
import type { IConstruct } from "constructs";

/** Puts the environment's tags on every Azure resource that can have some. */
export class Tags implements IAspect {
  constructor(private readonly tags: Readonly<Record<string, string>>) {}

  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node) || !node.terraformResourceType.startsWith("azurerm_")) return;
    if ("tags" in node) node.tags = this.tags;
  }
}
