import { DataFactory } from "@cdktf/provider-azurerm/lib/data-factory";
import { DataFactoryCredentialUserManagedIdentity } from "@cdktf/provider-azurerm/lib/data-factory-credential-user-managed-identity";
import { DataFactoryIntegrationRuntimeAzure } from "@cdktf/provider-azurerm/lib/data-factory-integration-runtime-azure";
import { DataFactoryLinkedCustomService } from "@cdktf/provider-azurerm/lib/data-factory-linked-custom-service";
import { DataFactoryManagedPrivateEndpoint } from "@cdktf/provider-azurerm/lib/data-factory-managed-private-endpoint";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { EnvironmentSettings } from "../../environments/settings/settings";
import type { Names } from "../../environments/naming";
import type { Placement } from "../placement";

export interface FactoryProps extends Placement {
  readonly names: Names;
  /** `private`: the factory is reached by private endpoints only, and enters the workspace by one of its own. */
  readonly access: EnvironmentSettings["network"]["access"];
  /** Resource id of the user-assigned identity that the factory opens the workspace with. */
  readonly identityId: string;
  /** Values that pipelines read as `@pipeline().globalParameters.<name>`. */
  readonly globalParameters: Readonly<Record<string, string>>;
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
      publicNetworkEnabled: props.access === "public",
      // Where access is public too, unused: it cannot be taken away without replacing the factory.
      managedVirtualNetworkEnabled: true,
      identity: { type: "SystemAssigned, UserAssigned", identityIds: [props.identityId] },
      globalParameter: Object.entries(props.globalParameters).map(([name, value]) => ({ name, type: "String", value })),
    });
    const credential = new DataFactoryCredentialUserManagedIdentity(this, "credential", {
      dataFactoryId: factory.id,
      name: names.credential,
      identityId: props.identityId,
    });
    const runtime = this.addRuntime(factory, props);
    if (props.access === "private") this.addEndpoint(factory, props);
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
      ...(props.access === "private" && { integrationRuntime: { name: runtime.name } }),
      dependsOn: [credential],
    });
    this.dataFactoryId = factory.id;
  }

  /** In the factory's managed network, where private access finds it; it costs nothing while no linked service uses it. */
  private addRuntime(factory: DataFactory, { names, location }: FactoryProps): DataFactoryIntegrationRuntimeAzure {
    return new DataFactoryIntegrationRuntimeAzure(this, "managed-runtime", {
      dataFactoryId: factory.id,
      name: names.integrationRuntime,
      location,
      virtualNetworkEnabled: true,
    });
  }

  /** The managed network's way into the workspace, where somebody must approve it once. */
  private addEndpoint(factory: DataFactory, { names, workspaceResourceId }: FactoryProps): void {
    new DataFactoryManagedPrivateEndpoint(this, "workspace-endpoint", {
      dataFactoryId: factory.id,
      name: names.managedEndpoint,
      targetResourceId: workspaceResourceId,
      subresourceName: "databricks_ui_api",
    });
  }
}
