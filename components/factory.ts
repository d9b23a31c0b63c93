import { DataFactory } from "@cdktf/provider-azurerm/lib/data-factory";
import { DataFactoryCredentialUserManagedIdentity } from "@cdktf/provider-azurerm/lib/data-factory-credential-user-managed-identity";
import { DataFactoryLinkedCustomService } from "@cdktf/provider-azurerm/lib/data-factory-linked-custom-service";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { GlobalParameters } from "../pipelines/global-parameters";
import type { Names } from "./naming";
import type { Placement } from "./placement";

export interface FactoryProps extends Placement {
  readonly names: Names;
  /** Resource id of the user-assigned identity that the factory opens the workspace with. */
  readonly identityId: string;
  /** Values that pipelines read as `@pipeline().globalParameters.<name>`. */
  readonly globalParameters: GlobalParameters;
  /** Host name of the workspace, without a scheme. */
  readonly workspaceUrl: string;
  readonly workspaceResourceId: string;
  /** The existing cluster that notebook activities run on. */
  readonly clusterId: string;
}

/** A Data Factory that is linked to a Databricks cluster by a managed identity: no token, no key. */
export class Factory extends Construct {
  readonly dataFactoryId: string;
  readonly linkedService: DataFactoryLinkedCustomService;

  constructor(scope: Construct, id: string, props: FactoryProps) {
    super(scope, id);
    const { names } = props;
    const factory = new DataFactory(this, "factory", {
      resourceGroupName: props.resourceGroupName,
      location: props.location,
      name: names.dataFactory,
      identity: { type: "SystemAssigned, UserAssigned", identityIds: [props.identityId] },
      globalParameter: Object.entries(props.globalParameters).map(([name, value]) => ({ name, type: "String", value })),
    });
    const credential = new DataFactoryCredentialUserManagedIdentity(this, "credential", {
      dataFactoryId: factory.id,
      name: names.credential,
      identityId: props.identityId,
    });
    // The provider's own Databricks linked service knows no credential, hence no user-assigned identity.
    this.linkedService = new DataFactoryLinkedCustomService(this, "databricks", {
      dataFactoryId: factory.id,
      name: names.linkedService,
      type: "AzureDatabricks",
      typePropertiesJson: Fn.jsonencode({
        domain: `https://${props.workspaceUrl}`,
        authentication: "MSI",
        workspaceResourceId: props.workspaceResourceId,
        existingClusterId: props.clusterId,
        credential: { referenceName: names.credential, type: "CredentialReference" },
      }),
      dependsOn: [credential],
    });
    this.dataFactoryId = factory.id;
  }
}
