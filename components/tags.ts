import { TerraformResource, type IAspect } from "cdktf";
import type { IConstruct } from "constructs";
import type { EnvironmentSettings } from "../environments/settings/settings";

/** The tags of an environment: its own, and those that every environment has. */
export function tagsOf({ tags, project, name }: EnvironmentSettings): Readonly<Record<string, string>> {
  return { ...tags, project, environment: name, "managed-by": "terraform" };
}

/** Puts the environment's tags on every Azure resource that can have some, and leaves those that others put beside them. */
export class Tags implements IAspect {
  private readonly left: readonly string[];

  constructor(
    private readonly tags: Readonly<Record<string, string>>,
    /** Names of the others' tags. */
    others: readonly string[],
  ) {
    this.left = others.map((name) => `tags[${JSON.stringify(name)}]`);
  }

  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node) || !node.terraformResourceType.startsWith("azurerm_")) return;
    if (!("tags" in node)) return;
    node.tags = this.tags;
    if (this.left.length > 0)
      node.lifecycle = { ...node.lifecycle, ignoreChanges: [...texts(node.lifecycle?.ignoreChanges), ...this.left] };
  }
}

/** What a resource ignores already; not `all`, which no resource does. */
const texts = (ignored: string | readonly string[] | undefined): readonly string[] =>
  Array.isArray(ignored) ? ignored : [];
