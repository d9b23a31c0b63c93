import { FederatedIdentityCredential } from "@cdktf/provider-azurerm/lib/federated-identity-credential";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { Construct } from "constructs";
import type { Placement } from "../placement";

export interface FederatedIdentityProps extends Placement {
  readonly name: string;
  readonly issuer: string;
  readonly audience: string;
  /** Whose tokens stand for the identity; a token must have one of them, letter by letter. */
  readonly subjects: readonly string[];
}

/** An identity that a pipeline takes with a token of its own service, without a secret. */
export class FederatedIdentity extends Construct {
  readonly principalId: string;
  readonly clientId: string;

  constructor(scope: Construct, id: string, props: FederatedIdentityProps) {
    super(scope, id);
    const { resourceGroupName, location, name, issuer, audience, subjects } = props;
    const identity = new UserAssignedIdentity(this, "identity", { resourceGroupName, location, name });
    subjects.reduce<FederatedIdentityCredential | undefined>(
      (earlier, subject, index) =>
        new FederatedIdentityCredential(this, `credential-${index}`, {
          resourceGroupName,
          name: `subject-${index}`,
          parentId: identity.id,
          issuer,
          audience: [audience],
          subject,
          // Entra refuses two at once for one identity.
          ...(earlier && { dependsOn: [earlier] }),
        }),
      undefined,
    );
    this.principalId = identity.principalId;
    this.clientId = identity.clientId;
  }
}
