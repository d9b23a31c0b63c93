import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/**
 * Something that changes whenever `stated` does, for what is to be replaced then: Terraform's `terraform_data`. The class that cdktf has for it
 * asks the Terraform of the machine for its version, and there need not be one to synthesize.
 */
export class Revision extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly stated: object,
  ) {
    super(scope, id, { terraformResourceType: "terraform_data" });
  }

  /** Its address in a plan, for `replaceTriggeredBy`: of the resource cdktf would make an expression, which Terraform refuses there. */
  get address(): string {
    return `${this.terraformResourceType}.${this.friendlyUniqueId}`;
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return { triggers_replace: this.stated };
  }
}
